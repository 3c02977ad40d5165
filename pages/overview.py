"""Overview: one look says whether the shop is well. Five figures with how they moved, what waits, the curve of the
sales, and what they are made of."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    overview_attention,
    overview_curve,
    overview_figures,
    overview_panels,
    overview_questions,
    period_picker,
    sales_nav,
    sales_screen,
)
from pages.parts.components import written
from pages.parts.places import OVERVIEW
from pages.parts.remembered import remembered
from pages.parts.running import drawing
from pages.parts.sales_screen import SalesScreen
from services import clock
from services.analytics.overview import Overview, overview
from services.language import current


@drawing
def show() -> None:
    st.html(f"<style>{written('overview.css')}</style>")
    sales_nav.draw(OVERVIEW)
    screen = sales_screen.asked(OVERVIEW, has_clock=True)
    if screen is None:
        return
    shop, view = screen.shop, screen.view
    found = _found(screen)
    overview_figures.show(found)
    overview_attention.show(found)
    if found.is_empty:
        overview_figures.say_nothing(shop, view, found)
        return
    overview_curve.show(shop, view, found)
    overview_panels.show(shop, screen.period, screen.filter, screen.currency)
    overview_questions.show()


def _found(screen: SalesScreen) -> Overview:
    """Asked of the store only if it has changed since, or another hour has begun."""
    shop, period, currency = screen.shop, screen.period, screen.currency
    counted = period_picker.counted()
    hour = period.at.replace(minute=0, second=0, microsecond=0) if period.at else None
    question = (
        "overview",
        period.first,
        period.last,
        period.name,
        hour,
        screen.filter,
        currency,
        counted,
        current(),
        shop.profile().time_zone,
    )
    return remembered(shop, question, lambda: overview(shop, period, clock.now(), screen.filter, currency, counted))


show()
