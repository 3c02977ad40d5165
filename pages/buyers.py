"""Buyers: who is new and who comes back, what becomes of them, what they are worth, and who stays away."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts import (
    buyers_away,
    buyers_cohorts,
    buyers_figures,
    buyers_lifetime,
    buyers_new,
    buyers_products,
    buyers_segments,
    filter_piece,
    list_words,
    period_picker,
    sales_nav,
)
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.places import BUYERS
from pages.parts.running import drawing
from services import shop as shops
from services.analytics import periods
from services.analytics.periods import Named
from services.language import _
from services.query import Misread, parse


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('buyers.css')}</style>")
    sales_nav.draw(BUYERS)
    view = read_view(st.query_params, BUYERS)
    filter, mistake = _asked(view)
    words = list_words.filter_words(_("Buyers"))
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop, Named.ALL)
    period_picker.draw(shop, view, period)
    if filter is None:
        return
    currency = period_picker.currency(shop)
    own = filter & periods.as_filter(period)
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


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


show()
