"""The outbox: messages as rows, before they are mails; what a person may still do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import messages
from data.store import Row, Writer
from services import clock
from services.errors import Conflict, NotFound, store_errors
from services.language import _
from services.messages.states import MessageEventKind
from services.messages.states import MessageState as MessageState
from services.people import Actor
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Stopped:
    """What an undo did to the messages of an event: rows that will not leave, and rows that have left."""

    stopped: tuple[Row, ...]
    gone: tuple[Row, ...]


def put(write: Writer, rows: Iterable[Mapping[str, Any] | None]) -> list[str]:
    """Keep drafted messages in the caller's transaction; those whose dedupe key is there already are left out.
    The ids that were kept."""
    drafted: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if row is not None:
            drafted.setdefault(row["dedupe_key"], row)
    if not drafted:
        return []
    there = messages.kept_keys(write, list(drafted.values()))
    fresh = [row for key, row in drafted.items() if key not in there]
    if fresh:
        messages.add(write, fresh)
    return [row["id"] for row in fresh]


def stop_for_event(write: Writer, event_id: str, now: datetime) -> Stopped:
    """Stop what an event drafted and has not left, in the caller's transaction."""
    rows = messages.of_event(write, event_id)
    waiting = [row for row in rows if MessageState(row["state"]).can_be_stopped]
    _stop(write, [row["id"] for row in waiting], now, "undo")
    return Stopped(tuple(waiting), tuple(row for row in rows if MessageState(row["state"]).has_left))


def stop(shop: Shop, message_id: str, actor: Actor) -> Row:
    """Stop a waiting message for good. Raises `Conflict` when it has left."""
    with store_errors(), shop.store.write() as write:
        row = _known(messages.one(write, message_id))
        if not MessageState(row["state"]).can_be_stopped:
            raise Conflict(_("This message can no longer be stopped: it is no longer waiting."))
        _stop(write, [row["id"]], clock.now(), actor.name)
        return _known(messages.one(write, message_id))


def _stop(write: Writer, ids: list[str], now: datetime, who: str) -> None:
    if ids:
        messages.change(write, ids, {"state": MessageState.CANCELLED.value, "updated_at": now})
        messages.note(write, ids, MessageEventKind.STOPPED, now, who)


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("There is no such message."))
    return row
