"""Reconcile: why the shop's two clocks differ, why a figure of somebody else's does, what a bank's list lacks, and
periods that are closed."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts import agree_bridge, agree_closing, agree_figure, agree_statement, flash, period_picker, sales_nav
from pages.parts.components import written
from pages.parts.list_address import read_view
from pages.parts.places import AGREE
from pages.parts.running import drawing
from services import shop as shops
from services.analytics.periods import Named
from services.language import _

CLOCKS, FIGURE, LIST, CLOSE = "clocks", "figure", "list", "close"


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('agree.css')}</style>")
    sales_nav.draw(AGREE)
    st.html(f"<h1 class='ct-agree-title'>{escape(_('Reconcile'))}</h1>")
    with st.empty():
        flash.show()
    section = _section()
    period = period_picker.chosen(shop, Named.LAST_MONTH)
    period_picker.draw(shop, read_view(st.query_params, AGREE), period)
    currency = period_picker.currency(shop)
    with st.container(key="agree"):
        match section:
            case "figure":
                agree_figure.show(shop, period, currency)
            case "list":
                agree_statement.show(shop, period, currency)
            case "close":
                agree_closing.show(shop, period, currency)
            case _:
                agree_bridge.show(shop, period, Filter(), currency)


def _section() -> str:
    names = {
        CLOCKS: _("The two clocks"),
        FIGURE: _("Why is it different?"),
        LIST: _("A bank’s list"),
        CLOSE: _("Closing"),
    }
    asked = st.query_params.get("section", CLOCKS)
    chosen = st.segmented_control(
        _("Reconcile"),
        list(names),
        default=asked if asked in names else CLOCKS,
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        key="agree_section",
    )
    if chosen != asked:
        st.query_params["section"] = chosen or CLOCKS
    return str(chosen or CLOCKS)


show()
