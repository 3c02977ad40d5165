"""Correct the address and send again: one sheet, from the order and from the list of messages."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store import Row
from pages.parts import asking, flash
from pages.parts.pairs import lines
from pages.parts.running import acting, drawing
from services import shop as shops
from services.errors import ShopError
from services.language import _
from services.messages import outbox
from services.messages import words as mail_words
from services.orders import bounces, reading

_OPEN = "bounce"


@acting
def ask(message_id: str) -> None:
    """Open the sheet for a mail that did not arrive; for `on_click`."""
    st.session_state.pop("bounce_address", None)
    st.session_state.pop("reading", None)  # one sheet at a time
    st.session_state[_OPEN] = message_id


def is_open() -> bool:
    """Whether the sheet is asked for."""
    return bool(st.session_state.get(_OPEN))


def show() -> None:
    """Draw the sheet that is open, if any."""
    message_id = st.session_state.get(_OPEN)
    if not message_id:
        return

    @st.dialog(_("Correct the address and send again"), width="medium", on_dismiss=_close)
    @drawing
    def question() -> None:
        if st.session_state.get(_OPEN) != message_id:  # answered: the whole screen is drawn anew
            st.rerun()
        _question(outbox.message(shops.current(), message_id))

    question()


def _question(row: Row) -> None:
    shop = shops.current()
    pairs = [
        (_("Message"), mail_words.template(row["template"])),
        (_("Subject"), row["subject"]),
        (_("To"), row["recipient"]),
    ]
    why = f"<div class='ct-notice ct-notice-bad'>{escape(row['error'])}</div>" if row["error"] else ""
    st.html(f"{why}{lines(pairs)}")
    address = st.text_input(_("Corrected e-mail address"), row["recipient"], key="bounce_address", max_chars=254)
    order = reading.order(shop, row["order_id"]) if row["order_id"] else None
    is_orders = order is not None and order.email == row["recipient"] and address.strip() != row["recipient"]
    if is_orders:
        said = _("The order’s e-mail address is corrected too, and what still waits goes to the new address.")
    else:
        said = _("The mail goes out again word for word; nothing else changes.")
    st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Not now"), key="bounce_close", on_click=_close)
        st.button(_("Send again"), key="bounce_do", type="primary", on_click=_correct, args=(row["id"],))


@acting
def _close() -> None:
    st.session_state.pop(_OPEN, None)


@acting
def _correct(message_id: str) -> None:
    try:
        done = bounces.correct(shops.current(), message_id, st.session_state["bounce_address"], asking.actor())
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
    else:
        flash.tell(_("The mail goes out again to {address}.", address=done.message["recipient"]))
    _close()
