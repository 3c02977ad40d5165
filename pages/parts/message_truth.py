"""What became of an order's mails: those that did not arrive, to be settled, and each one's fate on the timeline."""

from __future__ import annotations

from collections import defaultdict
from html import escape

import streamlit as st

from pages.parts import bounce_sheet
from services.language import _, moment
from services.messages import words as mail_words
from services.messages.fates import Noted
from services.messages.states import MessageEventKind
from services.orders import bounces
from services.orders.order import Order
from services.orders.parts import Message

# what the state says already, or nobody needs to read
_UNTOLD = (MessageEventKind.PROCESSED,)


def show(order: Order) -> None:
    """Draw a notice for every mail that did not arrive, with what can be done about it."""
    for message in order.messages:
        if bounces.is_lost(message):
            _notice(message)


def _notice(message: Message) -> None:
    said = _("“{message}” did not reach {address}.", message=mail_words.template(message.template), address=message.to)
    reason = f"<span>{escape(message.error)}</span>" if message.error else ""
    with st.container(key=f"lost_{message.id}", horizontal=True, vertical_alignment="center"):
        st.html(f"<div class='ct-lost' role='note'><b>{escape(said)}</b>{reason}</div>")
        st.button(
            _("Correct the address and send again"),
            key=f"correct_{message.id}",
            on_click=bounce_sheet.ask,
            args=(message.id,),
        )


def fates(noted: dict[str, list[Noted]], zone: str) -> dict[str, list[str]]:
    """What the provider told of each message, in words with their moment, for the timeline."""
    told: dict[str, list[str]] = defaultdict(list)
    for message_id, notes in noted.items():
        for one in notes:
            if one.kind not in _UNTOLD:
                detail = f": {one.detail}" if one.detail and one.kind == MessageEventKind.DEFERRED else ""
                told[message_id].append(f"{mail_words.event(one.kind)}, {moment(one.at, zone)}{detail}")
    return told
