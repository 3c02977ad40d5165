"""Who is asking, and in which language: the one place that pages, fragments and callbacks ask.

Until there are accounts everybody at the counter is the merchant. When accounts come, only this file learns of them.
"""

from __future__ import annotations

import streamlit as st

from services import shop as shops
from services.language import LANGUAGES, known
from services.people import MERCHANT, Actor

LANGUAGE_COOKIE = "comptoir_language"


def actor() -> Actor:
    """Who stands at this screen; every change records it."""
    return MERCHANT


def language() -> str:
    """What this screen speaks: as chosen in the address or the menu, else the browser's last choice, else the
    shop's."""
    wanted = st.session_state.get("language") or st.context.cookies.get(LANGUAGE_COOKIE)
    if isinstance(wanted, str) and wanted in LANGUAGES:
        return wanted
    return known(shops.current().profile().language)


def speak(wanted: str) -> None:
    """Change the language of this session; the header keeps it in the browser."""
    if wanted in LANGUAGES:
        st.session_state["language"] = wanted
