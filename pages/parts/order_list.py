"""The order list: filters and table, two pieces of screen over one view. Drawn anew on a click, and by itself when
the store has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from data.filters import Filter
from pages.parts import (
    bulk_bar,
    bulk_papers,
    bulk_sheet,
    filter_piece,
    list_events,
    list_filters,
    list_preview,
    list_states,
    list_table,
    list_words,
)
from pages.parts.components import component, written
from pages.parts.list_address import ListView, read_view, understood
from pages.parts.list_covers import covers
from pages.parts.places import AGEING, JOBS
from pages.parts.remembered import remembered
from pages.parts.running import live
from services import clock
from services import shop as shops
from services.analytics.of_which import of_which
from services.errors import Invalid, NotFound
from services.language import _, current
from services.orders import reading
from services.orders import views as saved_views
from services.orders.around import change_mark, coverage
from services.orders.finding import find, why
from services.orders.todo import todo_counts
from services.query import Misread
from services.shop import Shop

_table = component(
    "orders",
    written("table.html"),
    ("base.css", "table.css", "bulk.css"),
    ("base.js", "rows.js", "preview.js", "bulk.js", "table.js"),
)
_KEPT = "orders_drawn"


@dataclass(frozen=True)
class _Asked:
    """What one drawing is about. `filter` is None when the query is not understood; `mistake` says why."""

    shop: Shop
    view: ListView
    filter: Filter | None
    mistake: Misread | None
    now: datetime
    zone: str


@live(every=2)
def show() -> None:
    """Draw it: the table first, so that it is on its way while the choices are counted."""
    bulk_sheet.open_if_asked()
    bulk_papers.open_if_asked()
    shop = shops.current()
    asked = _read(shop)
    above, below = st.container(), st.container()
    mark = (change_mark(shop), asked.view, current(), f"{asked.now:%Y%m%d%H%M}")
    with below:
        _table(
            key=list_events.TABLE,
            data=_kept("table", mark, lambda: _table_data(asked))
            | {"preview": _preview(asked), "bulk": bulk_bar.data(asked.view, _total(mark))},
            on_bulk_change=bulk_bar.asked,
            on_asked_change=list_events.asked_of_table,
            on_look_change=list_events.look,
            on_place_change=list_events.place,
            on_fill_demo_change=list_events.fill_demo,
        )
    wanted = (*mark, st.session_state.get(list_events.MORE), st.session_state.get(list_events.VIEWS))
    with above:
        filter_piece.draw(_kept("filters", wanted, lambda: _filters_data(asked)))


def _read(shop: Shop) -> _Asked:
    view, now, zone = read_view(st.query_params), clock.now(), shop.profile().time_zone
    return _Asked(shop, view, *understood(view), now, zone)


def _kept(piece: str, mark: object, make: Any) -> dict[str, Any]:
    """Data of a piece as made before, while nothing that it says can have changed; made once for all who see the
    same."""
    kept = st.session_state.setdefault(_KEPT, {})
    if kept.get(piece, (None, None))[0] != mark:
        kept[piece] = (mark, remembered(shops.current(), (piece, mark), make))
    data: dict[str, Any] = kept[piece][1]
    return data


def _total(mark: object) -> int:
    """How many orders match, as counted for the table that is on the screen."""
    told, data = st.session_state[_KEPT]["table"]
    return int(data.get("total", 0)) if told == mark else 0


def _table_data(asked: _Asked) -> dict[str, Any]:
    about = remembered(asked.shop, "coverage", lambda: coverage(asked.shop))
    data: dict[str, Any] = {
        "view": asked.view.link,
        "language": current(),
        "words": list_words.table_words(),
        "columns": list_table.columns(asked.view),
        "rows": [],
        "foot": None,
        "state": None,
        "covers": covers(about, asked.now),
    }
    if not about.sources:
        return data | {"state": list_states.first_use(), "covers": ""}
    if asked.filter is None:
        return data | {"state": list_states.not_understood(asked.view)}
    try:
        found = find(asked.shop, asked.view.view(asked.filter))
    except Invalid as error:
        return data | {"state": list_states.past_the_end(asked.view, int(error.fields.get("page", "1")))}
    if not found.rows:
        return data | {"state": list_states.nothing_matches(asked.view, asked.filter)}
    reasons = why(asked.shop, asked.filter, [row["id"] for row in found.rows])
    return data | {
        "rows": list_table.rows(asked.view, found, reasons, asked.now, asked.zone),
        "foot": list_table.foot(asked.view, found, of_which(asked.shop, asked.filter)),
        "total": found.total,
    }


def _preview(asked: _Asked) -> dict[str, Any] | None:
    looked = st.session_state.get(list_events.LOOKED)
    if not looked:
        return None
    try:
        return list_preview.preview(asked.view, reading.order(asked.shop, looked), asked.zone)
    except NotFound:
        return None


def _views(asked: _Asked) -> list[dict[str, str]]:
    """The saved views, counted once somebody has opened their menu."""
    if not st.session_state.get(list_events.VIEWS):
        return []
    kept = remembered(asked.shop, "views", lambda: saved_views.counted(asked.shop))
    return [list_filters.saved_view(asked.view, view) for view in kept]


def _filters_data(asked: _Asked) -> dict[str, Any]:
    today = clock.day(asked.now, asked.zone)
    heaps = remembered(asked.shop, ("todo", today), lambda: todo_counts(asked.shop, asked.now))
    return filter_piece.data(asked.shop, asked.view, asked.filter, asked.mistake) | {
        "words": list_words.filter_words(_("Orders"), can_place=True),
        "bare": not remembered(asked.shop, "coverage", lambda: coverage(asked.shop)).sources,
        "heaps": list_filters.heaps(asked.view, asked.filter, heaps),
        "boards": [{"title": place.title(), "href": place.address} for place in (JOBS, AGEING)],
        "sorts": list_table.sorts(asked.view),
        "exports": list_filters.exports(asked.view),
        "views": _views(asked),
    }
