"""What a person reads when something did not work: one sentence, what was kept, what to do."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.escaping import md
from pages.parts.places import ORDERS
from services.language import _

_KEY = "told"


def show(sentence: str) -> None:
    """In the place of what could not be drawn."""
    again, orders = escape(_("Try again")), escape(ORDERS.title())
    ways = f'<a href="" target="_self">{again}</a> · <a href="{ORDERS.address}" target="_self">{orders}</a>'
    st.html(
        f'<section class="ct-problem" role="alert"><p class="ct-problem-sign" aria-hidden="true">!</p>'
        f"<p>{escape(sentence)}</p><p>{ways}</p></section>"
    )


def tell(sentence: str) -> None:
    """Keep a sentence for the next drawing: a callback has no place of its own on the screen."""
    st.session_state.setdefault(_KEY, []).append(sentence)


def say_told() -> None:
    """Show the sentences kept since the last drawing, over whatever is drawn."""
    for sentence in st.session_state.pop(_KEY, []):
        st.toast(md(sentence), icon=":material/error:", duration="long")
