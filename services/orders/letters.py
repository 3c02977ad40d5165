"""A message as a person may read it before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.messages.sealed_words import masked
from services.orders.parts import Message

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
