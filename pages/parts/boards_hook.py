"""Keeping a chart for a board: offered by every figure card once there is a screen of boards."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking
from pages.parts.escaping import md
from pages.parts.places import BOARDS, exists
from services import shop as shops
from services.analytics import Asked
from services.boards import keeping
from services.language import _

LAST = "board_last"  # the board that was looked at, or kept on, last


def can_keep() -> bool:
    """Whether there is a place to keep it in."""
    return exists(BOARDS)


def keep(asked: Asked, kind: str, title: str) -> None:
    """Keep what is asked under its title, drawn as it is drawn here, on the board that was used last."""
    said = {name: st.query_params.get(name, "") for name in ("period", "from", "to")}
    last = str(st.session_state.get(LAST, ""))
    _chart, board = keeping.keep(shops.current(), asked, kind, title, said, last, asking.actor())
    st.session_state[LAST] = board.id
    st.toast(md(_("Kept on the board “{board}”.", board=board.title)), icon=":material/dashboard:")
