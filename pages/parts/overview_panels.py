"""What the sales of a period are made of: best products, payment methods, countries."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, products_table
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from services.analytics import Answer, Asked, periods
from services.analytics.periods import Period
from services.language import _
from services.shop import Shop

SHOWN = 8  # bars of each
ASKED = 50  # rows of a panel's table and files


def show(shop: Shop, period: Period, filter: Filter, currency: str) -> None:
    """Draw them side by side; a click on a bar narrows the whole screen to it."""
    own = filter & periods.as_filter(period)
    with st.container(key="overview_panels"):
        panels = (
            (_("Best products"), Dimension.PRODUCT, "products"),
            (_("Payment methods"), Dimension.PAYMENT_METHOD, "methods"),
            (_("Countries"), Dimension.COUNTRY, "countries"),
        )
        for place, (title, of, key) in zip(st.columns(3, gap="small"), panels, strict=True):
            with place:
                asked = Asked((Measure.PLACED, Measure.ORDERS), (of,), own, currency=currency, limit=ASKED)
                ways = Ways(draw=partial(_products, asked)) if of is Dimension.PRODUCT else Ways(most=SHOWN)
                figure_card.show(shop, title, asked, Kind.SIZES, f"overview_{key}", ways)


def _products(asked: Asked, found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """The products alone: shipping and fees, which make the answer whole, are none."""
    charts.by_size(figure_card.bars(found, asked, products_table.places(found)[:SHOWN]), key, alt, chosen)
