"""Taxes by rate and country."""

from __future__ import annotations

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card
from pages.parts.figure_card import Kind, Ways
from services.analytics import Asked
from services.language import _
from services.shop import Shop

COLUMNS = ("taxable", "tax", "orders")


def show(shop: Shop, own: Filter, currency: str) -> None:
    """Draw both cards."""
    figures = (Measure.TAX, Measure.TAXABLE, Measure.ORDERS)
    with st.container(key="money_taxes"):
        left, right = st.columns([2, 3], gap="small")
        with left:
            asked = Asked(figures, (Dimension.TAX_RATE,), own, currency=currency)
            note = _(
                "A line's rate is the known one that its tax makes to the smallest unit. Where a line is too small to "
                "tell, or its rate is no known one, that is said."
            )
            ways = Ways(columns=COLUMNS, note=note)
            figure_card.show(shop, _("Taxes by rate"), asked, Kind.SIZES, "money_rates", ways)
        with right:
            asked = Asked(figures, (Dimension.COUNTRY, Dimension.TAX_RATE), own, currency=currency)
            title = _("Taxes by country and rate")
            figure_card.show(shop, title, asked, Kind.TABLE, "money_taxes_table", Ways(columns=COLUMNS))
