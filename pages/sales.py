"""Sales: any figure by any dimension over time, under the filters of the order list."""

from __future__ import annotations

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, filter_piece, list_words, sales_nav
from pages.parts.components import written
from pages.parts.figure_card import Kind
from pages.parts.list_address import ListView, read_view
from pages.parts.places import SALES
from pages.parts.running import drawing
from services import shop as shops
from services.analytics import Asked, Figure
from services.analytics.dimensions import ABOUT
from services.analytics.measures import MEANINGS
from services.language import _
from services.query import Misread, parse


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}</style>")
    sales_nav.draw(SALES)
    view = read_view(st.query_params, SALES)
    filter, mistake = _asked(view)
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": list_words.filter_words(_("Sales"))})
    if filter is None:
        return
    figure_card.show(shop, title(Measure.PLACED, Dimension.MONTH), Asked((Measure.PLACED,), (Dimension.MONTH,), filter), Kind.BARS, "m")
    left, right = st.columns(2, gap="medium")
    with left:
        asked = Asked((Measure.PLACED,), (Dimension.PAYMENT_METHOD,), filter)
        figure_card.show(shop, title(Measure.PLACED, Dimension.PAYMENT_METHOD), asked, Kind.SIZES, "methods")
    with right:
        asked = Asked((Measure.PLACED,), (Dimension.WEEKDAY, Dimension.HOUR), filter)
        figure_card.show(shop, title(Measure.PLACED, Dimension.WEEKDAY, Dimension.HOUR), asked, Kind.HEAT, "hours")


def title(of: Figure, *by: Dimension) -> str:
    """What a chart shows: "Ordered by month"."""
    named = _(" and ").join(ABOUT[one].name().lower() for one in by)
    return _("{figure} by {dimension}", figure=MEANINGS[of].name(), dimension=named)


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


show()
