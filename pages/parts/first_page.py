"""The screen on which Comptoir opens: Orders, unless a board was chosen for it."""

from __future__ import annotations

import streamlit as st

from pages.parts.places import ORDERS, Place
from services.boards import keeping
from services.shop import Shop

_BEGUN = "session_begun"


def board(shop: Shop, here: Place) -> str:
    """The board to open in the place of Orders, or nothing: only as a session begins, at an address that asks for
    nothing. From there *Orders* in the menu leads to Orders."""
    has_begun = bool(st.session_state.get(_BEGUN))
    st.session_state[_BEGUN] = True
    if has_begun or here is not ORDERS or st.query_params:
        return ""
    chosen = str(shop.profile().rule("first_page"))
    return chosen if chosen and any(one.id == chosen for one in keeping.boards_of(shop)) else ""
