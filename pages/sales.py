"""Sales: any figure by any dimension over time, under the filters of the order list. The address holds all of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.dimensions import Dimension
from pages.parts import (
    figure_card,
    filter_piece,
    list_words,
    period_picker,
    sales_asked,
    sales_chart,
    sales_choices,
    sales_nav,
    sales_parts,
)
from pages.parts.components import written
from pages.parts.list_address import read_view, understood
from pages.parts.places import SALES
from pages.parts.running import drawing
from pages.parts.sales_asked import SalesAsked, View
from services import shop as shops
from services.analytics.periods import Named
from services.analytics.selling import sales
from services.analytics.wishes import Sales, together
from services.errors import Invalid
from services.language import _
from services.shop import Shop


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('sales.css')}</style>")
    sales_nav.draw(SALES)
    view = read_view(st.query_params, SALES)
    filter, mistake = understood(view)
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": list_words.filter_words(_("Sales"))})
    if filter is None:
        return
    period = period_picker.chosen(shop, Named.YEAR)
    period_picker.draw(shop, view, period)
    asked = _possible(sales_asked.read(st.query_params, filter, period))
    try:
        made = sales(asked.wish, lambda one: figure_card.answered(shop, one))
    except Invalid as error:
        sales_choices.draw(view, asked, None)
        _say(error.sentence)
        return
    sales_choices.draw(view, asked, made.grain)
    for fault in asked.faults:
        _say(fault)
    _cards(shop, asked, made)


def _cards(shop: Shop, asked: SalesAsked, made: Sales) -> None:
    if asked.view is View.HEAT:
        sales_parts.hours(shop, made)
        return
    sales_chart.show(shop, asked, made)
    if made.answer.rows and asked.view in (View.BARS, View.LINES) and not made.wish.is_of_event:
        sales_parts.show(shop, made)


def _possible(asked: SalesAsked) -> SalesAsked:
    """What nothing is known of by the dimension is shown without; a pivot needs one."""
    wish = asked.wish
    if wish.by and not together(wish.figure, (wish.by,)):
        wish = replace(wish, by=None)
    if asked.view is View.PIVOT and not wish.by and together(wish.figure, (Dimension.PAYMENT_METHOD,)):
        wish = replace(wish, by=Dimension.PAYMENT_METHOD)
    return replace(asked, wish=wish)


def _say(sentence: str) -> None:
    st.html(f"<p class='ct-told' role='status'>{escape(sentence)}</p>")


show()
