"""The mails of a bulk action: held until all of it is done, then they cool off together; stopped or sent as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import bulk as rows_of_bulk
from data import jobs as rows_of_jobs
from data import messages
from data.store import Row, Writer
from services import clock
from services.errors import store_errors
from services.messages.outbox import stopped_event
from services.messages.states import MessageEventKind, MessageState
from services.people import Actor
from services.shop import Shop

HELD = timedelta(days=30)  # far behind the end of any job; the end of the job says when they really leave


@dataclass(frozen=True, slots=True)
class Mails:
    """The messages that a job made: how many, how many still wait and since when they may leave, how many were
    stopped, how many have left, how many failed."""

    made: int
    waiting: int
    leave_at: datetime | None
    stopped: int
    gone: int
    failed: int


def held_until(now: datetime) -> datetime:
    """The moment before which no mail of a job leaves that is under way."""
    return now + HELD


def mails(shop: Shop, job_id: str) -> Mails:
    """The messages of a job as they are now."""
    with store_errors(), shop.store.read() as read:
        rows = rows_of_jobs.mails(read, job_id)
    count = {MessageState(row["state"]): row["messages"] for row in rows}
    waiting = [row["send_after"] for row in rows if row["state"] == MessageState.WAITING]
    return Mails(
        made=sum(count.values()),
        waiting=count.get(MessageState.WAITING, 0),
        leave_at=waiting[0] if waiting else None,
        stopped=count.get(MessageState.CANCELLED, 0),
        gone=sum(number for state, number in count.items() if state.has_left),
        failed=count.get(MessageState.FAILED, 0),
    )


def stop_mails(shop: Shop, job_id: str, actor: Actor, now: datetime | None = None) -> int:
    """Stop every message of a job that has not left; how many."""
    with store_errors(), shop.store.write() as write:
        return stop_in(write, job_id, actor, now or clock.now())


def stop_in(write: Writer, job_id: str, actor: Actor, now: datetime) -> int:
    """The same in the caller's transaction. Each order's timeline says who stopped its message."""
    rows = rows_of_jobs.mails_in(write, job_id, MessageState.WAITING)
    stop_rows(write, rows, actor.name, now)
    rows_of_bulk.append(write, "order_events", [stopped_event(row, actor, now) for row in rows if row["order_id"]])
    return len(rows)


def stop_rows(write: Writer, rows: Sequence[Row], who: str, now: datetime) -> None:
    """Stop messages that wait, and note who did."""
    ids = [row["id"] for row in rows]
    if ids:
        messages.change(write, ids, {"state": MessageState.CANCELLED.value, "updated_at": now})
        rows_of_bulk.note(write, ids, MessageEventKind.STOPPED, who, now)


def send_mails(shop: Shop, job_id: str, actor: Actor, now: datetime | None = None) -> int:
    """Let every message of a job that waits leave at the worker's next turn; how many."""
    at = now or clock.now()
    with store_errors(), shop.store.write() as write:
        ids = [row["id"] for row in rows_of_jobs.mails_in(write, job_id, MessageState.WAITING)]
        if ids:
            messages.change(write, ids, {"send_after": at, "updated_at": at})
            rows_of_bulk.note(write, ids, MessageEventKind.SENT_NOW, actor.name, at)
        return len(ids)


def put_off(write: Writer, job_id: str, until: datetime, now: datetime) -> None:
    """Let no waiting message of a job leave before a moment, and those that waited for a later one from then on."""
    ids = [row["id"] for row in rows_of_jobs.mails_in(write, job_id, MessageState.WAITING)]
    if ids:
        messages.change(write, ids, {"send_after": until, "updated_at": now})
