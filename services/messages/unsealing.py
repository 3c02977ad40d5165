"""Right before messages leave: secrets take the place of the words that stand for them, in memory only."""

from __future__ import annotations

from collections.abc import Sequence

from data.store import Row
from services.messages import sealed_words
from services.messages.courier import Courier, Fate
from services.messages.sendgrid_edge import NotSent
from services.shop import Shop


def send(shop: Shop, courier: Courier, rows: Sequence[Row], sender_name: str) -> list[Fate]:
    """Send a group of messages with their secrets in place; their fates in the same order. One whose secret cannot be
    read is not sent at all."""
    if not any(sealed_words.holds_any(row["body_text"], row["body_html"]) for row in rows):
        return courier.send(rows, sender_name)
    with shop.store.read() as read:
        filled, failed = sealed_words.filled(read, shop.settings.secret, rows)
    sent = courier.send(filled, sender_name) if filled else []
    fates: dict[str, Fate] = {row["id"]: fate for row, fate in zip(filled, sent, strict=True)}
    fates |= {message_id: NotSent(reason, permanent=True) for message_id, reason in failed.items()}
    return [fates[row["id"]] for row in rows]
