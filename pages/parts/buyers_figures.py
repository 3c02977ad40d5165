"""Who bought in a period: customers, new ones, those who come back, and what a customer orders."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_words
from pages.parts.figure_card import answered
from pages.parts.tiles import Tile, tiles
from services.analytics import Answer, Asked, Ratio
from services.language import _, n_, number
from services.shop import Shop

FIGURES = (
    Measure.CUSTOMERS,
    Measure.NEW_CUSTOMERS,
    Measure.RETURNING_CUSTOMERS,
    Ratio.RETURNING_SHARE,
    Ratio.AVERAGE_CUSTOMER,
    Measure.ORDERS,
    Measure.PLACED,
)


def show(shop: Shop, filter: Filter, currency: str) -> bool:
    """Draw them; whether there is any order at all."""
    found = answered(shop, Asked(FIGURES, (), filter, currency=currency))
    if not found.rows or not found.rows[0]["orders"]:
        return False
    row = found.rows[0]
    again = _("{share} of them", share=figure_words.percent(row["returning_share"] or Decimal(0)))
    orders = n_("{count} order", "{count} orders", row["orders"])
    st.html(
        tiles(
            (
                Tile(_("Customers"), number(row["customers"]), orders),
                Tile(_("New customers"), number(row["new_customers"]), _("their first order")),
                Tile(_("Customers who come back"), number(row["returning_customers"]), again),
                Tile(_("Ordered per customer"), _said(found, "average_customer")),
                Tile(_("Ordered"), _said(found, "placed")),
            )
        )
    )
    return True


def _said(found: Answer, name: str) -> str:
    column = next(column for column in found.columns if column.name == name)
    return figure_words.said(found.rows[0][name], column, found.currency)
