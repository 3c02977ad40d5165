"""What customers were charged for shipping and handling; and what is not known of providers' fees."""

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


def show(shop: Shop, own: Filter, currency: str) -> None:
    """Draw both cards."""
    figures = (Measure.SHIPPING, Measure.HANDLING, Measure.ORDERS)
    note = _("Fees that payment providers keep are not known: no source of orders tells them.")
    with st.container(key="money_charged"):
        parts = (
            (_("Shipping charged, by method"), Dimension.SHIPPING_METHOD, "money_shipping_method", Ways()),
            (_("Shipping charged, by country"), Dimension.COUNTRY, "money_shipping_country", Ways(note=note)),
        )
        for place, (title, of, key, ways) in zip(st.columns(2, gap="small"), parts, strict=True):
            with place:
                figure_card.show(shop, title, Asked(figures, (of,), own, currency=currency), Kind.SIZES, key, ways)
