"""Best products, and the classes A, B and C that they are in."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, figure_words, products_table
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services.analytics import Answer, products
from services.analytics.products import Letter
from services.language import _, current, n_, number
from services.money import shown
from services.shop import Shop

SHOWN = 12


def show(shop: Shop, filter: Filter, currency: str) -> bool:
    """Draw the card of the best; whether any product was sold."""
    asked = products.asked(products.BEST, filter, currency)
    if not products.named(figure_card.answered(shop, asked).rows):
        nothing = _("No product was sold here: choose a longer period, loosen the filters, or take another currency.")
        st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
        return False
    figure_card.show(shop, _("Best products"), asked, Kind.TABLE, "best", Ways(draw=_best, narrows=False))
    return True


def classes(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of the classes."""
    note = _("Classes go by what was ordered in the period, in one currency, from the best product on.")
    asked = products.asked(products.BEST, filter, currency)
    ways = Ways(draw=_classes, narrows=False, note=note)
    figure_card.show(shop, _("A, B and C: where the sales come from"), asked, Kind.TABLE, "abc", ways)


def _best(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    rows = products.ranked(found)
    heads = (_("Product"), _("Ordered"), _("Share"), _("Class"), _("Orders"), _("Items"))
    cells = [
        [
            products_table.name(one.row),
            products_table.said(found, one.row, Measure.PLACED),
            f"{escape(figure_words.percent(one.share))}"
            + products_table.bar(
                one.share / (rows[0].share or 1) * 100,
                _("{share} up to here", share=figure_words.percent(one.until)),
            ),
            letter(one.letter),
            products_table.linked(found, one.row, Measure.ORDERS),
            products_table.said(found, one.row, Measure.ITEMS),
        ]
        for one in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 4, 5), kind="ct-figures ct-products"))
    if len(rows) > SHOWN:
        more = n_("{count} product more in the files", "{count} products more in the files", len(rows) - SHOWN)
        st.html(f"<p class='ct-figure-note'>{escape(more)}</p>")


def _classes(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    rows = products.ranked(found)
    heads = (_("Class"), _("Products"), _("Share"), _("Ordered"))
    cells = [
        [
            f"{letter(one.letter)}<span class='ct-under'>{escape(products.rule(one.letter))}</span>",
            f"{escape(number(one.products))}"
            f"<span class='ct-under'>{escape(figure_words.percent(one.products_share))}</span>",
            escape(figure_words.percent(one.share))
            + products_table.bar(one.share, _("{share} of what was ordered", share=figure_words.percent(one.share))),
            escape(shown(one.placed, found.currency, current())),
        ]
        for one in products.classes(rows)
    ]
    st.html(table(heads, cells, numbers=(1, 3), kind="ct-figures ct-products"))


def letter(of: Letter) -> str:
    """A class as a badge."""
    return f"<span class='ct-letter ct-letter-{of.value}'>{of.value}</span>"
