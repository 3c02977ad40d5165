"""The operator's numbers: how much there is of what, and whether the store answers."""

from __future__ import annotations

from dataclasses import dataclass

from data import counts
from services.errors import store_errors
from services.shop import Shop


@dataclass(frozen=True)
class Counts:
    """`orders` by (payment status, fulfilment status), `messages` by state, `webhooks` by (source, outcome),
    `commits` of this process."""

    orders: dict[tuple[str, str], int]
    messages: dict[str, int]
    webhooks: dict[tuple[str, str], int]
    rejected_rows: int
    commits: int


def count(shop: Shop) -> Counts:
    """All of them, of one moment."""
    with store_errors(), shop.store.read() as read:
        return Counts(
            counts.orders_by_status(read),
            counts.messages_by_state(read),
            counts.webhooks(read),
            counts.rejects(read),
            shop.store.changes,
        )


def check(shop: Shop) -> None:
    """Raises `Unavailable` while the store does not answer."""
    with store_errors(), shop.store.read() as read:
        counts.answers(read)
