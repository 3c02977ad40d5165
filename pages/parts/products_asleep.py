"""Products that sold before and no longer do: dead stock that needs a look."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, products_table
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services import clock
from services.analytics import Answer, products
from services.language import _, n_
from services.shop import Shop

SHOWN = 5
CHOICES = (30, 60, 90, 180, 365)  # days


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card, with the choice of how long no sale is too long."""
    asked = products.asked(products.ASLEEP, filter, currency)
    title = _("Sold before, no longer")
    note = _("Whatever the period: by all orders under the filters up to today.")
    figure_card.show(shop, title, asked, Kind.TABLE, "asleep", Ways(draw=_draw, narrows=False, note=note))


def _draw(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    days = st.selectbox(
        _("Not sold"),
        CHOICES,
        CHOICES.index(products.DEAD_DAYS),
        format_func=products.asleep_for,
        key="products_dead_days",
        width=260,
    )
    rows = products.asleep(found, clock.day(found.asked_at, found.time_zone), days)
    if not rows:
        nothing = _("Every product that ever sold has sold since.")
        st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
        return
    heads = (_("Product"), _("Last sold"), _("Ordered"), _("Items"))
    cells = [
        [
            products_table.name(row),
            products_table.linked(found, row, Measure.LAST_SOLD_ON)
            + f"<span class='ct-under'>{escape(n_('{count} day ago', '{count} days ago', since))}</span>",
            products_table.said(found, row, Measure.PLACED),
            products_table.said(found, row, Measure.ITEMS),
        ]
        for row, since in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(2, 3), kind="ct-figures ct-products"))
    count = n_("{count} product", "{count} products", len(rows))
    st.html(f"<p class='ct-figure-note'>{escape(count)}</p>")
