"""What a person reads when something did not work: one sentence, what was kept, what to do."""

from __future__ import annotations

from html import escape

import streamlit as st

from services.language import _

_KEY = "told"


def show(sentence: str) -> None:
    """In the place of what could not be drawn."""
    again = _("Try again")
    st.html(
        f'<section class="ct-problem" role="alert"><p class="ct-problem-sign" aria-hidden="true">!</p>'
        f'<p>{escape(sentence)}</p><p><a href="" target="_self">{escape(again)}</a></p></section>'
    )


def tell(sentence: str) -> None:
    """Keep a sentence for the next drawing of the shell."""
    st.session_state.setdefault(_KEY, []).append(sentence)


def told() -> list[str]:
    """The sentences kept since the last drawing."""
    kept: list[str] = st.session_state.pop(_KEY, [])
    return kept
