"""Buyers: who is new and who comes back, what becomes of them, what they are worth, and who stays away."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import (
    buyers_away,
    buyers_cohorts,
    buyers_figures,
    buyers_lifetime,
    buyers_new,
    buyers_products,
    buyers_segments,
    sales_nav,
    sales_screen,
)
from pages.parts.components import written
from pages.parts.places import BUYERS
from pages.parts.running import drawing
from services.analytics.periods import Named
from services.language import _


@drawing
def show() -> None:
    st.html(f"<style>{written('buyers.css')}</style>")
    sales_nav.draw(BUYERS)
    screen = sales_screen.asked(BUYERS, Named.ALL)
    if screen is None:
        return
    shop, filter, own, currency = screen.shop, screen.filter, screen.own, screen.currency
    if buyers_figures.show(shop, own, currency):
        left, right = st.columns([1.35, 1], gap="small")
        with left:
            buyers_new.show(shop, own, currency)
        with right:
            buyers_products.show(shop, own, currency)
    else:
        nothing = _("Nobody ordered here: choose a longer period, loosen the filters, or take another currency.")
        st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
    st.html(f"<h2 class='ct-part'>{escape(_('Customers as they are today'))}</h2>")
    buyers_segments.show(shop, filter, currency)
    buyers_cohorts.show(shop, filter, currency)
    left, right = st.columns(2, gap="small")
    with left:
        buyers_away.show(shop, filter, currency)
    with right:
        buyers_lifetime.show(shop, filter, currency)


show()
