"""From a message's fate to its row: accepted, put off with growing pauses, given up, or left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from data import messages, sending
from data.store import Row
from services.language import _
from services.messages import outbox
from services.messages.courier import Fate
from services.messages.states import MessageEventKind, MessageState
from services.shop import Shop

# seconds after the first, second, … attempt; after the last one it is given up
PAUSES = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 14400, 14400, 14400)
MOST_ATTEMPTS = len(PAUSES) + 1


def settle(shop: Shop, rows: Sequence[Row], fates: Sequence[Fate], now: datetime) -> list[MessageState]:
    """Write what became of each message; the states, in the same order."""
    results = [result(row, fate, now) for row, fate in zip(rows, fates, strict=True)]
    with shop.store.write() as write:
        # a message that others took for lost is still ours to tell about
        sending.settle(write, results, (MessageState.SENDING.value, MessageState.UNSURE.value))
        messages.note(write, [(row["id"], row["event"], row["error"] or row["provider_id"]) for row in results], now)
        put_off = [row["id"] for row in results if row["state"] == MessageState.WAITING.value]
        outbox.stop_undone(write, put_off, now)
    return [MessageState(row["state"]) for row in results]


def result(row: Row, fate: Fate, now: datetime) -> dict[str, Any]:
    """The columns to set, and the event to note, for a message that was sent with this fate."""
    state, event, error, send_after = MessageState.ACCEPTED, MessageEventKind.ACCEPTED, "", row["send_after"]
    if not isinstance(fate, str):
        # attempts never start over (they number the claims), so a person's retry begins a new round of them
        tried = (row["attempts"] - 1) % MOST_ATTEMPTS
        error = fate.reason
        if fate.may_be_taken:
            state, event = MessageState.UNSURE, MessageEventKind.UNSURE
        elif fate.permanent or tried == len(PAUSES):
            state, event = MessageState.FAILED, MessageEventKind.FAILED
            if not fate.permanent:
                error = _("Given up after {count} attempts. {reason}", count=MOST_ATTEMPTS, reason=fate.reason)
        else:
            state, event = MessageState.WAITING, MessageEventKind.PUT_OFF
            pause = PAUSES[tried] if fate.retry_after is None else fate.retry_after
            send_after = now + timedelta(seconds=pause)
    return {
        "id": row["id"],
        "attempts": row["attempts"],
        "state": state.value,
        "event": event.value,
        "error": error,
        "provider_id": fate if isinstance(fate, str) else "",
        "send_after": send_after,
        "updated_at": now,
    }
