"""What happened, said once on the next drawing."""

from __future__ import annotations

from html import escape

import streamlit as st

_KEY = "flash"


def tell(sentence: str, is_bad: bool = False) -> None:
    """Keep a sentence for the next drawing of a screen."""
    st.session_state[_KEY] = (sentence, is_bad)


def show() -> None:
    """Draw the sentence that is kept, if any."""
    kept = st.session_state.pop(_KEY, None)
    if kept:
        sentence, is_bad = kept
        st.html(
            f"<div class='ct-notice ct-notice-{'bad' if is_bad else 'good'}' role='status'>{escape(sentence)}</div>"
        )
