"""Overview: one look says whether the shop is well. Five figures with how they moved, what waits, the curve of the
sales, and what they are made of."""

from __future__ import annotations

import streamlit as st

from data.filters import Filter
from pages.parts import (
    filter_piece,
    list_words,
    overview_attention,
    overview_curve,
    overview_figures,
    overview_panels,
    period_picker,
    sales_nav,
)
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.places import OVERVIEW
from pages.parts.remembered import remembered
from pages.parts.running import drawing
from services import clock
from services import shop as shops
from services.analytics.overview import Overview, overview
from services.analytics.periods import Period
from services.language import _, current
from services.query import Misread, parse
from services.shop import Shop


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('overview.css')}</style>")
    sales_nav.draw(OVERVIEW)
    view = read_view(st.query_params, OVERVIEW)
    filter, mistake = _asked(view)
    words = list_words.filter_words(_("Overview"))
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop)
    period_picker.draw(shop, view, period)
    if filter is None:
        return
    found = _found(shop, period, filter)
    overview_figures.show(found)
    overview_attention.show(found)
    if found.is_empty:
        overview_figures.say_nothing(shop, view, found)
        return
    overview_curve.show(shop, view, found)
    overview_panels.show(shop, period, filter, period_picker.currency(shop))


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


def _found(shop: Shop, period: Period, filter: Filter) -> Overview:
    """Asked of the store only if it has changed since, or another hour has begun."""
    profile, currency = shop.profile(), period_picker.currency(shop)
    hour = period.at.replace(minute=0, second=0, microsecond=0) if period.at else None
    question = (
        "overview",
        period.first,
        period.last,
        period.name,
        hour,
        filter,
        currency,
        current(),
        profile.time_zone,
    )
    return remembered(shop, question, lambda: overview(shop, period, clock.now(), filter, currency))


show()
