"""A status as a badge: a sign of its own shape, its word, the colour of its role."""

from __future__ import annotations

from html import escape

from services.messages import words as mail_words
from services.messages.states import MessageState
from services.orders import words
from services.orders.statuses import FulfilmentStatus, PaymentStatus


def payment_badge(status: str) -> dict[str, str]:
    """Badge of a payment status, as data for our components."""
    sign = words.sign(PaymentStatus(status))
    return {"sign": sign.shape, "role": sign.role.value, "word": words.payment_status(status)}


def fulfilment_badge(status: str) -> dict[str, str]:
    """Badge of a fulfilment status, as data for our components."""
    sign = words.sign(FulfilmentStatus(status))
    return {"sign": sign.shape, "role": sign.role.value, "word": words.fulfilment_status(status)}


def message_badge(state: str) -> dict[str, str]:
    """Badge of a message's state, as data for our components."""
    sign = mail_words.SIGNS[MessageState(state)]
    return {"sign": sign.shape, "role": sign.role.value, "word": mail_words.state(state)}


def html(badge: dict[str, str]) -> str:
    """A badge as HTML, for screens that are not components."""
    return (
        f"<span class='ct-badge ct-role-{badge['role']}'><span aria-hidden='true'>{badge['sign']}</span>"
        f"{escape(badge['word'])}</span>"
    )
