"""A message of a plan drafted for the outbox, and as a person may read it before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.messages import drafting
from services.messages.sealed_words import masked
from services.orders.order import Order
from services.orders.parts import Message
from services.orders.plan import Asked, ToSend
from services.profile import Profile
from services.settings import Settings

_SAME = (
    "id", "channel", "template", "language", "subject", "state", "send_after", "attempts", "error", "event_id",
    "dedupe_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its bodies."""

    message: Message
    text: str
    html: str


def letter(row: Mapping[str, Any]) -> Letter:
    """A drafted row of the outbox as a letter."""
    message = Message(at=row["happened_at"], to=row["recipient"], **{name: row[name] for name in _SAME})
    return Letter(message, masked(row["body_text"]), masked(row["body_html"]))


def drafted(mail: ToSend, order: Order, rules: Profile, settings: Settings, asked: Asked) -> dict[str, Any] | None:
    """The row of the outbox for a message of the event that `asked` names; None when there is nobody to tell. What it
    is about tells it from others of its kind, and what is sent again from what went out before."""
    return drafting.draft(
        mail.template,
        order,
        rules,
        settings,
        asked.at,
        event_id=asked.event_id,
        parcel=mail.parcel,
        key_parts=(mail.about_id,) * bool(mail.about_id) + (asked.event_id,) * mail.is_again,
        about=mail.about,
        to=mail.to,
        not_before=mail.not_before,
    )
