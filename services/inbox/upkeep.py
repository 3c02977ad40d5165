"""Webhooks are kept whole for a month, to look at when something went wrong; then what people sent goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from data import inbox
from services.inbox.letters import Outcome
from services.shop import Shop

WHOLE, KNOWN = timedelta(days=30), timedelta(days=400)  # with their bodies; that they came at all


def inbox_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Blanks old bodies and lets very old rows go."""
    with shop.store.write() as write:
        trimmed = inbox.trim(write, Outcome.WAITING, now - WHOLE, now)
        gone = inbox.forget(write, Outcome.WAITING, now - KNOWN)
    return [f"blanked {trimmed} and forgot {gone} webhooks"] if trimmed or gone else []
