"""What comes back, and what is sold below its list price."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, products_table
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services.analytics import Answer, Ratio, products
from services.language import _
from services.shop import Shop

SHOWN = 10


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of what comes back."""
    asked = products.asked(products.RETURNS, filter, currency)
    ways = Ways(draw=_returns, narrows=False)
    figure_card.show(shop, _("Returns by product"), asked, Kind.TABLE, "returns", ways)


def prices(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of prices and discounts."""
    note = _("The list price is what the lines say before their discounts; discounts of whole orders lower all lines.")
    asked = products.asked(products.PRICES, filter, currency)
    ways = Ways(draw=_prices, narrows=False, note=note)
    figure_card.show(shop, _("Price paid against list price"), asked, Kind.TABLE, "prices", ways)


def _returns(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    rows = [row for row in products.named(found.rows) if row["returned_items"]]
    rows.sort(key=lambda row: (-row["returned_items"], -row["refunded"]))
    if not rows:
        st.html(f"<div class='ct-figure-empty'>{escape(_('Nothing came back.'))}</div>")
        return
    heads = (_("Product"), _("Items returned"), _("Share returned"), _("Items"), _("Given back"))
    cells = [
        [
            products_table.name(row),
            products_table.linked(found, row, Measure.RETURNED_ITEMS),
            products_table.said(found, row, Ratio.RETURN_RATE),
            products_table.said(found, row, Measure.ITEMS),
            products_table.said(found, row, Measure.REFUNDED),
        ]
        for row in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 2, 3, 4), kind="ct-figures ct-products"))


def _prices(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    rows = [row for row in products.named(found.rows) if row["items"]]
    rows.sort(key=lambda row: -row["markdown"])
    heads = (_("Product"), _("Average price"), _("List price"), _("Share taken off"), _("Taken off in all"))
    cells = [
        [
            products_table.name(row),
            products_table.linked(found, row, Ratio.AVERAGE_PRICE),
            products_table.said(found, row, Ratio.LIST_PRICE),
            products_table.said(found, row, Ratio.MARKDOWN_RATE),
            products_table.said(found, row, Measure.MARKDOWN),
        ]
        for row in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 2, 3, 4), kind="ct-figures ct-products"))
