"""Products: what sells, what comes back, at which price, with which margin, what sleeps, and what sells together."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    flash,
    products_asleep,
    products_best,
    products_costs,
    products_margin,
    products_returns,
    products_together,
    sales_nav,
    sales_screen,
)
from pages.parts.components import written
from pages.parts.places import PRODUCTS
from pages.parts.running import drawing
from services.analytics.periods import Named


@drawing
def show() -> None:
    st.html(f"<style>{written('buyers.css')}{written('products.css')}</style>")
    sales_nav.draw(PRODUCTS)
    flash.show()
    screen = sales_screen.asked(PRODUCTS, Named.YEAR)
    if screen is None:
        return
    shop, own, currency = screen.shop, screen.own, screen.currency
    left, right = st.columns([1.5, 1], gap="small")
    with left:
        is_sold = products_best.show(shop, own, currency)
    with right:
        if is_sold:
            products_best.classes(shop, own, currency)
        products_asleep.show(shop, screen.filter, currency)
    if is_sold:
        with left:
            products_returns.show(shop, own, currency)
            products_returns.prices(shop, own, currency)
        products_together.show(shop, own, currency)
        products_margin.show(shop, own, currency)
    products_costs.show(shop, currency)


show()
