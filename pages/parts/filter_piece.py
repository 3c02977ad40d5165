"""Search box and filters with counts, as a piece of screen: of the order list, and of every screen whose figures are
about orders. One query text is the truth; it stands in the address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.filters import Field, Filter
from pages.parts import list_events, list_filters
from pages.parts.components import component, written
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from services.language import _
from services.orders.finding import Choice, facets
from services.query import Misread
from services.shop import Shop

_filters = component("filters", written("filters.html"), ("base.css", "filters.css"), ("base.js", "filters.js"))


def draw(data: dict[str, Any]) -> None:
    """Draw it; what a person does with it changes the address."""
    _filters(
        key=list_events.FILTERS,
        data=data,
        on_asked_change=list_events.asked_of_filters,
        on_narrow_change=list_events.narrow,
        on_more_change=list_events.more,
        on_views_change=list_events.views,
        on_keep_view_change=list_events.keep_view,
        on_drop_view_change=list_events.drop_view,
        on_place_change=list_events.place,
    )


def data(shop: Shop, view: ListView, filter: Filter | None, mistake: Misread | None) -> dict[str, Any]:
    """What it shows of a view, without words, heaps of work, files and saved views. No filter: the query is not
    understood, and `mistake` says why."""
    known = filter or Filter()
    counted = _counted(shop, known, list_filters.AT_HAND)
    further = _counted(shop, known, list_filters.FURTHER) if st.session_state.get(list_events.MORE) else {}
    parts = list_filters.said(view, known, counted | further)
    return {
        "bare": False,
        "heaps": [],
        "box": {"text": view.q, "rest": ""} if mistake else list_filters.search_box(known),
        "mistake": list_filters.mistake(view, mistake) if mistake else None,
        "groups": list_filters.groups(view, known, counted),
        "further": list_filters.groups(view, known, further) or None,
        "further_chosen": list_filters.further_chosen(known),
        "ranges": list_events.ranges(known),
        "said": [part | {"without": _("Without “{part}”", part=part["text"])} for part in parts],
        "clear": view.searched(Filter()).link,
        "sorts": [],
        "exports": [],
        "views": None,
    }


def _counted(shop: Shop, filter: Filter, fields: tuple[Field, ...]) -> dict[Field, list[Choice]]:
    """Choices of each field. What a field's own choices count does not depend on which of them are ticked."""
    return {
        field: remembered(shop, (filter.without_field(field), field), lambda f=field: facets(shop, filter, (f,))[f])
        for field in fields
    }
