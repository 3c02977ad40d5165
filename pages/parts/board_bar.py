"""Which part of Boards is shown, and which board: chosen here, kept in the address."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import boards_hook
from pages.parts.escaping import md
from pages.parts.running import acting
from services.boards.keeping import Board
from services.language import _

CHARTS, ALERTS, REPORTS = "charts", "alerts", "reports"
KEY, BOARD = "boards_section", "boards_board"


def section() -> str:
    """The part that the address asks for, with the row in which another is chosen."""
    asked = st.query_params.get("show", "")
    here = asked if asked in (ALERTS, REPORTS) else CHARTS
    titles = {CHARTS: _("Boards"), ALERTS: _("Alerts"), REPORTS: _("Reports")}
    st.session_state[KEY] = here
    st.segmented_control(
        _("Part"),
        list(titles),
        key=KEY,
        required=True,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        on_change=_to_section,
    )
    return here


def title(words: str) -> None:
    """The title of the screen, where no board with its own stands there."""
    st.html(f"<h1 class='ct-boards-title'>{escape(words)}</h1>")


def chosen(every: list[Board]) -> Board | None:
    """The board that the address asks for, else the one used last, else the first."""
    ids = {board.id: board for board in every}
    asked = st.query_params.get("board", "")
    last = str(st.session_state.get(boards_hook.LAST, ""))
    found = ids.get(asked) or ids.get(last) or next(iter(every), None)
    if found:
        st.session_state[boards_hook.LAST] = found.id
    return found


def draw(every: list[Board], here: Board) -> None:
    """The row of boards."""
    titles = {board.id: board.title for board in every}
    st.session_state[BOARD] = here.id
    st.segmented_control(
        _("Board"),
        list(titles),
        key=BOARD,
        required=True,
        format_func=lambda board_id: md(titles.get(board_id, board_id)),
        label_visibility="collapsed",
        on_change=_to_board,
    )


@acting
def _to_section() -> None:
    chosen_part = str(st.session_state[KEY])
    st.query_params.from_dict({} if chosen_part == CHARTS else {"show": chosen_part})


@acting
def _to_board() -> None:
    go(str(st.session_state[BOARD]))


def go(board_id: str) -> None:
    """Show a board; its filter begins anew."""
    st.query_params.from_dict({"board": board_id})
