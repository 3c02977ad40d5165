"""The link or code in a mail: dots, until somebody asks to see it, which is kept on the order."""

from __future__ import annotations

import streamlit as st

from data.store import Row
from pages.parts import asking
from pages.parts.running import acting
from services import shop as shops
from services.goods import secrets_shown
from services.language import _
from services.messages.sealed_words import DOTS

_SHOWN = "mail_secrets_shown"


def told(row: Row) -> Row:
    """A message as it may be read here: its secret in place once it was asked for. Draws the button that asks."""
    if DOTS not in row["body_text"]:
        return row
    kept = st.session_state.get(_SHOWN)
    if kept and kept["id"] == row["id"]:
        return row | {name: kept[name] for name in ("body_text", "body_html")}
    st.button(
        _("Show the link or code"),
        key="mail_secret",
        on_click=_show,
        args=(row["id"],),
        help=_("The timeline of the order keeps that you saw it."),
    )
    return row


@acting
def forget() -> None:
    """Dots again."""
    st.session_state.pop(_SHOWN, None)


@acting
def _show(message_id: str) -> None:
    st.session_state[_SHOWN] = secrets_shown.message(shops.current(), message_id, asking.actor())
