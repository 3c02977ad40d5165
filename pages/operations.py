"""Operations: how long orders take to be paid, shipped and delivered, which of them wait, which payments fail and why,
what comes back, and what becomes of mails."""

from __future__ import annotations

import streamlit as st

from data.filters import Filter
from pages.parts import (
    filter_piece,
    list_words,
    operations_after,
    operations_payments,
    operations_times,
    period_picker,
    sales_nav,
)
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.places import OPERATIONS
from pages.parts.running import drawing
from services import shop as shops
from services.analytics import periods
from services.analytics.periods import Named
from services.language import _
from services.query import Misread, parse


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('operations.css')}</style>")
    sales_nav.draw(OPERATIONS)
    view = read_view(st.query_params, OPERATIONS)
    filter, mistake = _asked(view)
    words = list_words.filter_words(_("Operations"))
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop, Named.YEAR)
    period_picker.draw(shop, view, period)
    if filter is None:
        return
    currency, own = period_picker.currency(shop), filter & periods.as_filter(period)
    operations_times.show(shop, own, currency)
    operations_payments.show(shop, own, currency)
    operations_after.show(shop, filter, own, currency)


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


show()
