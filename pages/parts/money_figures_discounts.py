"""What discounts cost, month by month and by coupon."""

from __future__ import annotations

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, figure_words
from pages.parts.figure_card import Kind, Ways
from pages.parts.figure_tools import Lead
from services.analytics import Asked, Ratio
from services.analytics.meanings import column
from services.language import _
from services.shop import Shop


def show(shop: Shop, own: Filter, currency: str) -> None:
    """Draw both cards; above the months stands what they cost together."""
    figures = (Measure.DISCOUNT, Ratio.DISCOUNT_RATE, Measure.DISCOUNTED_ORDERS)
    whole = figure_card.answered(shop, Asked(figures, (), own, currency=currency))
    cost = whole.rows[0][Measure.DISCOUNT.value] if whole.rows else None
    lead = (
        Lead(figure_words.said(cost, column(Measure.DISCOUNT, whole.currency), whole.currency)) if whole.rows else None
    )
    with st.container(key="money_discounts"):
        left, right = st.columns(2, gap="small")
        with left:
            asked = Asked(figures, (Dimension.MONTH,), own, currency=currency)
            figure_card.show(shop, _("What discounts cost"), asked, Kind.BARS, "money_discounts", Ways(lead=lead))
        with right:
            asked = Asked(figures, (Dimension.COUPON,), own, currency=currency)
            figure_card.show(shop, _("Discounts by coupon"), asked, Kind.SIZES, "money_coupons")
