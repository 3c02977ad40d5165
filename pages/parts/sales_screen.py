"""What stands above the figures of a screen of Sales: filter and days, and what they ask of all that stands below."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.filters import Filter
from pages.parts import filter_piece, list_words, period_picker
from pages.parts.list_address import ListView, read_view, understood
from pages.parts.places import Place
from services import shop as shops
from services.analytics import periods
from services.analytics.periods import Named, Period
from services.shop import Shop


@dataclass(frozen=True)
class SalesScreen:
    """What a screen is asked: orders under `filter`, of the days of `period`."""

    shop: Shop
    view: ListView
    filter: Filter
    period: Period

    @property
    def own(self) -> Filter:
        """The filter with the days of the period."""
        return self.filter & periods.as_filter(self.period)

    @property
    def currency(self) -> str:
        """The currency that the address asks for, else the shop's own."""
        return period_picker.currency(self.shop)


def asked(place: Place, otherwise: Named = Named.MONTH, has_clock: bool = False) -> SalesScreen | None:
    """Draw filter and days; what they ask, None when the query is not understood, which the filter says. `otherwise` is
    the period unless one is chosen; `has_clock`: it can be chosen on which day money counts."""
    shop = shops.current()
    view = read_view(st.query_params, place)
    filter, mistake = understood(view)
    words = list_words.filter_words(place.title())
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    period = period_picker.chosen(shop, otherwise)
    period_picker.draw(shop, view, period, period_picker.counted() if has_clock else None)
    return None if filter is None else SalesScreen(shop, view, filter, period)
