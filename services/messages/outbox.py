"""The outbox: messages as rows, before they are mails; what a person may still do with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import attachments, messages
from data.store import Row, Writer
from services import clock
from services.errors import Conflict, NotFound, store_errors
from services.language import _
from services.messages import enclosing, sealed_words
from services.messages.states import MessageEventKind
from services.messages.states import MessageState as MessageState
from services.orders.statuses import EventKind
from services.orders.writing import noted
from services.people import Actor
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Stopped:
    """What an undo did to the messages of an event: rows that will not leave, and rows that have left."""

    stopped: tuple[Row, ...]
    gone: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page of the outbox; `total` counts what matches, `counts` what matches the text, by state."""

    rows: tuple[Row, ...]
    total: int
    counts: dict[MessageState, int]


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


def redraw(write: Writer, rows: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Put other words into messages that wait, in the caller's transaction; when and to whom they go stays."""
    for row in rows:
        words = {name: row[name] for name in ("subject", "body_text", "body_html", "language")}
        messages.change(write, [row["id"]], words | {"updated_at": now})


def stop_for_event(write: Writer, event_id: str, now: datetime) -> Stopped:
    """Stop what an event drafted and has not left, in the caller's transaction."""
    rows = messages.of_event(write, event_id)
    waiting = [row for row in rows if MessageState(row["state"]).can_be_stopped]
    _stop(write, [row["id"] for row in waiting], now, "undo")
    return Stopped(tuple(waiting), tuple(row for row in rows if MessageState(row["state"]).has_left))


def stop_undone(write: Writer, ids: Sequence[str], now: datetime) -> None:
    """Stop those of the messages whose step was undone while they were on their way: they come back to wait, and must
    not leave any more."""
    if ids:
        undone = messages.undone(write, ids)
        _stop(write, [row["id"] for row in undone if MessageState(row["state"]).can_be_stopped], now, "undo")


def stop_some(write: Writer, ids: Sequence[str], now: datetime, who: str) -> None:
    """Stop waiting messages in the caller's transaction: what they would bring was withdrawn, or nobody is to be told
    any more."""
    _stop(write, list(ids), now, who)


def stop(shop: Shop, message_id: str, actor: Actor) -> Row:
    """Stop a waiting message for good. Raises `Conflict` when it is on its way already."""
    with _changing(shop, message_id) as (write, row, now):
        if not MessageState(row["state"]).can_be_stopped:
            raise Conflict(_("This message can no longer be stopped: it is no longer waiting."))
        _stop(write, [row["id"]], now, actor.name)
        if row["order_id"]:
            write.insert("order_events", [stopped_event(row, actor, now)])
    return message(shop, message_id)


def send_now(shop: Shop, message_id: str, actor: Actor) -> Row:
    """Let a waiting message leave at the worker's next turn, whatever it waits for. Raises `Conflict`."""
    with _changing(shop, message_id) as (write, row, now):
        if MessageState(row["state"]) is not MessageState.WAITING:
            raise Conflict(_("This message is no longer waiting."))
        messages.change(write, [row["id"]], {"send_after": min(now, row["send_after"]), "updated_at": now})
        messages.note(write, [(row["id"], MessageEventKind.SENT_NOW.value, actor.name)], now)
    return message(shop, message_id)


def retry(shop: Shop, message_id: str, actor: Actor) -> Row:
    """Send a failed, bounced or unsure message once more: a person's decision. Raises `Conflict` otherwise, and when
    the step that it tells of was undone."""
    with _changing(shop, message_id) as (write, row, now):
        if not MessageState(row["state"]).can_be_retried:
            raise Conflict(_("This message cannot be sent again: it has not failed."))
        if messages.undone(write, [row["id"]]):
            raise Conflict(_("This message cannot be sent again: the step that it tells of was undone."))
        values = {"state": MessageState.WAITING.value, "send_after": now, "error": "", "updated_at": now}
        messages.change(write, [row["id"]], values)
        messages.note(write, [(row["id"], MessageEventKind.RETRIED.value, actor.name)], now)
    return message(shop, message_id)


def dismiss(shop: Shop, message_id: str, actor: Actor) -> Row:
    """Settle a failed, bounced or unsure message without sending it again; its error stays readable. Raises
    `Conflict` otherwise."""
    with _changing(shop, message_id) as (write, row, now):
        if not MessageState(row["state"]).can_be_retried:
            raise Conflict(_("There is nothing to decide about this message."))
        _stop(write, [row["id"]], now, actor.name)
    return message(shop, message_id)


def message(shop: Shop, message_id: str) -> Row:
    """One message whole: `body_text`, `body_html` with its pictures inside, its `events`, oldest first, and its
    `files` by name. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        row = _known(messages.one(read, message_id))
        bodies = {name: sealed_words.masked(row[name]) for name in ("body_text", "body_html")}
        bodies["body_html"] = enclosing.shown(read, row | bodies)
        return row | bodies | {"events": messages.events(read, row["id"]), "files": attachments.named(read, row["id"])}


def page(
    shop: Shop, states: Sequence[MessageState] = (), text: str = "", limit: int = 50, offset: int = 0
) -> MessagePage:
    """A page of messages without bodies, newest first, each with its `order_number`. `states` empty means all;
    `text` looks in recipient, subject and order number."""
    with store_errors(), shop.store.read() as read:
        counts = messages.counts(read, text)
        return MessagePage(
            rows=tuple(messages.page(read, [state.value for state in states], text, limit, offset)),
            total=sum(counts.get(state.value, 0) for state in states or MessageState),
            counts={state: counts.get(state.value, 0) for state in MessageState},
        )


@contextmanager
def _changing(shop: Shop, message_id: str) -> Iterator[tuple[Writer, Row, datetime]]:
    with store_errors(), shop.store.write() as write:
        yield write, _known(messages.one(write, message_id)), clock.now()


def _stop(write: Writer, ids: list[str], now: datetime, who: str) -> None:
    if ids:
        messages.change(write, ids, {"state": MessageState.CANCELLED.value, "updated_at": now})
        messages.note(write, [(id_, MessageEventKind.STOPPED.value, who) for id_ in ids], now)


def stopped_event(row: Row, actor: Actor, now: datetime) -> Row:
    """The order's timeline tells who stopped which message."""
    return noted(row["order_id"], EventKind.MESSAGE_STOPPED, actor, now, cause=row["id"])


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("There is no such message."))
    return row
