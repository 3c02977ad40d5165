"""Products: what sells, what comes back, at which price, with which margin, what sleeps, and what sells together."""

from __future__ import annotations

import streamlit as st

from data.filters import Filter
from pages.parts import (
    filter_piece,
    flash,
    list_words,
    period_picker,
    products_asleep,
    products_best,
    products_costs,
    products_margin,
    products_returns,
    products_together,
    sales_nav,
)
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.places import PRODUCTS
from pages.parts.running import drawing
from services import shop as shops
from services.analytics import periods
from services.analytics.periods import Named
from services.language import _
from services.query import Misread, parse


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('buyers.css')}{written('products.css')}</style>")
    sales_nav.draw(PRODUCTS)
    flash.show()
    view = read_view(st.query_params, PRODUCTS)
    filter, mistake = _asked(view)
    words = list_words.filter_words(_("Products"))
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop, Named.YEAR)
    period_picker.draw(shop, view, period)
    if filter is None:
        return
    currency = period_picker.currency(shop)
    own = filter & periods.as_filter(period)
    left, right = st.columns([1.5, 1], gap="small")
    with left:
        is_sold = products_best.show(shop, own, currency)
    with right:
        if is_sold:
            products_best.classes(shop, own, currency)
        products_asleep.show(shop, filter, currency)
    if is_sold:
        left, right = st.columns(2, gap="small")
        with left:
            products_returns.show(shop, own, currency)
        with right:
            products_returns.prices(shop, own, currency)
        products_together.show(shop, own, currency)
        products_margin.show(shop, own, currency)
    products_costs.show(shop, currency)


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


show()
