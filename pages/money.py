"""Money: taxes, discounts, what was charged for shipping, what is owed on gift cards, and what came in and went out day
by day, to be laid beside the bank's statement."""

from __future__ import annotations

import streamlit as st

from data.filters import Filter
from pages.parts import (
    filter_piece,
    list_words,
    money_figures_cards,
    money_figures_charged,
    money_figures_days,
    money_figures_discounts,
    money_figures_taxes,
    period_picker,
    sales_nav,
)
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.places import MONEY
from pages.parts.running import drawing
from services import shop as shops
from services.analytics import periods
from services.language import _
from services.query import Misread, parse


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('operations.css')}</style>")
    sales_nav.draw(MONEY)
    view = read_view(st.query_params, MONEY)
    filter, mistake = _asked(view)
    words = list_words.filter_words(_("Money"))
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop)
    period_picker.draw(shop, view, period)
    if filter is None:
        return
    currency, own = period_picker.currency(shop), filter & periods.as_filter(period)
    money_figures_days.show(shop, period, filter, currency)
    money_figures_taxes.show(shop, own, currency)
    money_figures_discounts.show(shop, own, currency)
    money_figures_charged.show(shop, own, currency)
    money_figures_cards.show(shop)


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


show()
