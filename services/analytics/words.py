"""What the shop calls things in the SQL of its figures, and the currency that is meant."""

from __future__ import annotations

import re
from datetime import date

from services.errors import Invalid
from services.language import _
from services.messages.kinds import Channel
from services.messages.states import MessageState
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentKind, PaymentStatus


def words(currency: str, today: date) -> dict[str, object]:
    """The values of the `$names` in the facts."""
    return {
        "cancelled": PaymentStatus.CANCELLED.value,
        "awaiting": PaymentStatus.AWAITING_PAYMENT.value,
        "received": [kind.value for kind in PaymentKind if kind.is_received],
        "given_back": [PaymentKind.REFUND.value],
        "failure": PaymentKind.FAILURE.value,
        "refunded": EventKind.REFUNDED.value,
        "tried": [PaymentKind.CHARGE.value, PaymentKind.AUTHORISATION.value, PaymentKind.FAILURE.value],
        "unfinished_payments": [status.value for status in PaymentStatus if status.has_money or status.is_open],
        "unfinished_fulfilments": [status.value for status in FulfilmentStatus if not status.is_over],
        "today": today,
        "email": Channel.EMAIL.value,
        "delivered": MessageState.DELIVERED.value,
        "undelivered": [MessageState.BOUNCED.value, MessageState.FAILED.value],
    }


def chosen_currency(given: str) -> str:
    """An ISO 4217 code in capitals, empty when none was given. Raises `Invalid` for what cannot be one."""
    code = given.strip().upper()
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise Invalid(
            _("“{currency}” is no currency; it takes an ISO 4217 code such as EUR.", currency=given),
            {"currency": _("It takes an ISO 4217 code such as EUR.")},
        )
    return code
