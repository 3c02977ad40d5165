"""A board: its charts in their cards, under one filter and one period, and arranging them."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts import board_arranging, board_bar, figure_card, filter_piece, list_words, period_words
from pages.parts.figure_card import Kind
from pages.parts.list_address import read_view, understood
from pages.parts.places import BOARDS, SALES
from pages.parts.running import acting, drawing
from services import clock
from services.analytics import periods
from services.boards import keeping
from services.boards.chart import Moving, moving
from services.boards.keeping import Board, Placed
from services.errors import ShopError
from services.language import _
from services.shop import Shop

PERIOD = "board_period"


def show(shop: Shop) -> None:
    """Draw the board that is asked for."""
    every = keeping.boards_of(shop)
    if not every:
        return _none_yet()
    found = board_bar.chosen(every)
    assert found is not None  # there are some  # noqa: S101
    with st.container(key="board_bar", horizontal=True, vertical_alignment="center"):
        board_bar.draw(every, found)
        period = _period()
        board_arranging.tools(shop, found)
    board = keeping.board(shop, found.id)
    if not board.charts:
        return _empty(found.title)
    view = read_view(st.query_params, BOARDS)
    view = replace(view, besides=(("board", found.id), *view.besides))  # its links lead to this very board
    filter, mistake = understood(view)
    words = list_words.filter_words(found.title)
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": words})
    if filter is not None:
        _cards(shop, board, filter, period)


def _cards(shop: Shop, board: Board, filter: Filter, period: Moving | None) -> None:
    """Two in a row, or one that takes it whole."""
    left = None
    for placed in board.charts:
        if placed.is_wide:
            left = None
            _card(shop, board, placed, filter, period)
            continue
        if left is None:
            here, left = st.columns(2, gap="medium")
        else:
            here, left = left, None
        with here:
            _card(shop, board, placed, filter, period)


def _card(shop: Shop, board: Board, placed: Placed, filter: Filter, period: Moving | None) -> None:
    with st.container(key=f"placed_{placed.id}"):
        if board_arranging.is_on():
            board_arranging.row(board, placed)
        if placed.chart is None:
            return _faulty(placed.title, placed.fault)
        chart = placed.chart
        kind = Kind(chart.kind) if chart.kind in tuple(Kind) else Kind.TABLE
        _drawn(shop, placed.title, chart, kind, filter, period)


@drawing
def _drawn(shop: Shop, title: str, chart: keeping.Chart, kind: Kind, filter: Filter, period: Moving | None) -> None:
    at = periods.shop_clock(clock.now(), shop.profile().time_zone)
    try:
        asked = chart.asked(at, period, filter)
        figure_card.show(shop, title, asked, kind, f"b{chart.id}", figure_card.Ways(note=_note(chart, period)))
    except ShopError as error:
        _faulty(title, error.sentence)


def _note(chart: keeping.Chart, period: Moving | None) -> str:
    """Of which days a card is."""
    own = period or chart.moving
    if own.name is periods.Named.OWN:
        days = period_words.days(periods.own(own.first, own.last, clock.now()))
        return _("Period: {period}", period=days)
    return _("Period: {period}", period=period_words.names()[own.name])


def _period() -> Moving | None:
    """The period of all cards, or None for each its own."""
    names = period_words.names()
    asked = moving(st.query_params.get("period", ""))
    st.session_state[PERIOD] = asked.name.value if asked else ""
    st.selectbox(
        _("Period"),
        ["", *(name.value for name in names)],
        key=PERIOD,
        format_func=lambda name: names[periods.Named(name)] if name else _("Each chart its own period"),
        label_visibility="collapsed",
        width=240,
        on_change=_to_period,
    )
    return asked


@acting
def _to_period() -> None:
    asked = str(st.session_state[PERIOD])
    if asked:
        st.query_params["period"] = asked
    else:
        st.query_params.pop("period", None)


def _faulty(title: str, sentence: str) -> None:
    st.html(f"<div class='ct-board-fault'><b>{escape(title)}</b><span>{escape(sentence)}</span></div>")


def _none_yet() -> None:
    board_bar.title(BOARDS.title())
    said = _("No chart is kept yet.")
    how = _("Every chart of the Sales screens has “Keep on a board” behind its three dots.")
    link = f"<a href='{SALES.address}' target='_self'>{escape(_('Go to the charts'))}</a>"
    st.html(f"<div class='ct-board-empty'><b>{escape(said)}</b><span>{escape(how)}</span>{link}</div>")


def _empty(title: str) -> None:
    board_bar.title(title)
    how = _("This board has no chart yet. Open it, then choose “Keep on a board” behind the three dots of any chart.")
    st.html(f"<div class='ct-board-empty'><span>{escape(how)}</span></div>")
