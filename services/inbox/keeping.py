"""Keeping webhooks as they came, before anything is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data import inbox
from data.store import Row
from services.errors import store_errors
from services.inbox.letters import Outcome, Source
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from a source: when the newest was digested that its signature vouches for, and how many were
    refused."""

    last_at: datetime | None
    refused: int


def keep(shop: Shop, rows: Sequence[Row]) -> None:
    """Keep webhooks in one commit. Raises `Unavailable`."""
    with store_errors(), shop.store.write() as write:
        inbox.add(write, rows)


def heard(shop: Shop, source: Source) -> Heard:
    """What came from a source so far."""
    with store_errors(), shop.store.read() as read:
        refused = [
            row["n"] for row in inbox.counts(read) if (row["source"], row["outcome"]) == (source, Outcome.REFUSED)
        ]
        return Heard(inbox.newest(read, source, Outcome.DIGESTED), sum(refused))
