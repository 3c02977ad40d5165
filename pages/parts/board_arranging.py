"""Arranging a board: its title, its charts' places and widths, the first page; with buttons, so with the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import asking, board_bar, boards_hook, copying, flash, settings_saving
from pages.parts.escaping import md
from pages.parts.places import BOARDS
from pages.parts.running import acting
from services import shop as shops
from services.boards import keeping
from services.boards.keeping import Board, Placed
from services.errors import ShopError
from services.language import _
from services.shop import Shop

ON = "board_arranging"


def is_on() -> bool:
    """Whether the board is being arranged."""
    return bool(st.session_state.get(ON))


def tools(shop: Shop, board: Board) -> None:
    """The buttons beside the row of boards."""
    st.toggle(_("Arrange"), key=ON)
    with st.popover(_("Board"), icon=":material/more_horiz:"):
        with st.form(f"board_title_{board.id}", border=False):
            st.text_input(_("Title"), board.title, key=f"board_name_{board.id}", max_chars=keeping.LONGEST_TITLE)
            st.form_submit_button(_("Rename"), on_click=_rename, args=(board.id,))
        _first_page(shop, board)
        _link(shop, board)
        st.button(_("Remove this board"), key="board_remove", on_click=_remove, args=(board.id,))
        with st.form("board_new", border=False, clear_on_submit=True):
            st.text_input(_("A further board"), key="board_new_title", max_chars=keeping.LONGEST_TITLE)
            st.form_submit_button(_("Make the board"), on_click=_make)


def row(board: Board, placed: Placed) -> None:
    """The buttons above a chart that is being arranged."""
    key, last = placed.id, board.charts[-1].id
    with st.container(key=f"arrange_{key}", horizontal=True, vertical_alignment="center", gap="small"):
        up, down = _("Move up: {title}", title=placed.title), _("Move down: {title}", title=placed.title)
        is_first = board.charts[0].id == key
        _button("arrow_upward", up, f"up_{key}", is_first, _move, (board.id, key, -1))
        _button("arrow_downward", down, f"down_{key}", key == last, _move, (board.id, key, 1))
        st.toggle(_("Full width"), placed.is_wide, key=f"wide_{key}", on_change=_widen, args=(board.id, key))
        with st.popover(_("Edit")):
            with st.form(f"chart_title_{key}", border=False):
                st.text_input(_("Title"), placed.title, key=f"chart_name_{key}", max_chars=keeping.LONGEST_TITLE)
                st.form_submit_button(_("Rename"), on_click=_rename_chart, args=(key,))
            _other_boards(board, key)
            st.button(_("Remove from the board"), key=f"drop_{key}", on_click=_drop, args=(key,))


def _button(sign: str, said: str, key: str, is_off: bool, act: Callable[..., None], args: tuple[object, ...]) -> None:
    st.button("", key=key, icon=f":material/{sign}:", help=md(said), on_click=act, args=args, disabled=is_off)


def _other_boards(board: Board, chart_id: str) -> None:
    others = {one.id: one.title for one in keeping.boards_of(shops.current()) if one.id != board.id}
    if others:
        st.selectbox(
            _("To another board"),
            list(others),
            None,
            key=f"bring_{chart_id}",
            format_func=lambda board_id: others[board_id],
            on_change=_bring,
            args=(chart_id, board.id),
        )


def _link(shop: Shop, board: Board) -> None:
    """The board's address, for whoever may sign in."""
    link = f"{shop.settings.public_url}{BOARDS.address}?board={board.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_("Link to this board"))
        copying.show(link, f"board_link_{board.id}", _("Link to this board"))


def _first_page(shop: Shop, board: Board) -> None:
    is_first = shop.profile().rule("first_page") == board.id
    st.checkbox(
        _("Open Comptoir on this board"), is_first, key=f"board_first_{board.id}", on_change=_first, args=(board.id,)
    )


@acting
def _first(board_id: str) -> None:
    is_first = st.session_state[f"board_first_{board_id}"]
    settings_saving.save({"first_page": board_id if is_first else ""})


@acting
def _rename(board_id: str) -> None:
    _told(lambda: keeping.rename_board(shops.current(), board_id, str(st.session_state[f"board_name_{board_id}"])))


@acting
def _rename_chart(chart_id: str) -> None:
    _told(lambda: keeping.rename_chart(shops.current(), chart_id, str(st.session_state[f"chart_name_{chart_id}"])))


@acting
def _make() -> None:
    def made() -> None:
        board = keeping.new_board(shops.current(), str(st.session_state["board_new_title"]), asking.actor())
        board_bar.go(board.id)

    _told(made)


@acting
def _remove(board_id: str) -> None:
    keeping.remove_board(shops.current(), board_id)
    st.session_state.pop(boards_hook.LAST, None)
    st.query_params.pop("board", None)


@acting
def _move(board_id: str, chart_id: str, by: int) -> None:
    keeping.move(shops.current(), board_id, chart_id, by)


@acting
def _widen(board_id: str, chart_id: str) -> None:
    keeping.widen(shops.current(), board_id, chart_id, bool(st.session_state[f"wide_{chart_id}"]))


@acting
def _bring(chart_id: str, board_id: str) -> None:
    to = st.session_state[f"bring_{chart_id}"]
    if to:
        _told(lambda: keeping.bring(shops.current(), chart_id, board_id, str(to)))


@acting
def _drop(chart_id: str) -> None:
    keeping.remove_chart(shops.current(), chart_id)


def _told(act: Callable[[], None]) -> None:
    """Do it; what it refuses is said on the board."""
    try:
        act()
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
