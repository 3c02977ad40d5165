"""The doors of jobs: ask for one, look at it, stop it, try again what was not done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data import jobs as rows_of_jobs
from data.ids import new_id
from data.store import Reader, Writer
from data.store import Row as StoreRow
from services import clock
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.jobs import waking
from services.jobs.job import Item, Job, JobKind, JobState, Outcome, Reason, Result, Row
from services.language import _, current, n_
from services.people import Actor
from services.shop import Shop

MOST_ITEMS = 100_000  # orders of one job
SHOWN = 50  # jobs of a list
LARGEST_PAGE = 1000  # results read at once


def start(shop: Shop, kind: JobKind, about: Mapping[str, Any], items: Sequence[Item], actor: Actor) -> Job:
    """Keep a job and let it begin. Raises `Invalid` when no order is chosen, or too many."""
    with store_errors(), shop.store.write() as write:
        made = started(write, kind, about, items, actor, clock.now())
    waking.wake()
    return made


def started(
    write: Writer,
    kind: JobKind,
    about: Mapping[str, Any],
    items: Sequence[Item],
    actor: Actor,
    now: datetime,
    undoes: str | None = None,
) -> Job:
    """The same in the caller's transaction; `waking.wake()` afterwards lets it begin at once."""
    if not items:
        raise Invalid(_("No order is selected."))
    if len(items) > MOST_ITEMS:
        raise Invalid(
            n_(
                "{count} order is selected; at most {most} can be changed at once.",
                "{count} orders are selected; at most {most} can be changed at once.",
                len(items),
                most=MOST_ITEMS,
            )
        )
    job_id = new_id()
    rows = [
        {"position": position, "order_id": item.order_id, "version": item.version, "params": dict(item.params)}
        for position, item in enumerate(items)
    ]
    rows_of_jobs.add(
        write,
        {
            "id": job_id,
            "kind": kind.value,
            "state": JobState.WAITING.value,
            "actor": actor.name,
            "language": current(),
            "about_json": json.dumps(dict(about)),
            "item_count": len(rows),
            "created_at": now,
            "started_at": None,
            "finished_at": None,
            "fault": "",
            "undoes": undoes,
        },
        rows,
    )
    return known(write, job_id)


def job(shop: Shop, job_id: str) -> Job:
    """A job as it is now. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        return known(read, job_id)


def recent(shop: Shop, limit: int = SHOWN) -> list[Job]:
    """The newest jobs, newest first."""
    with store_errors(), shop.store.read() as read:
        rows = rows_of_jobs.recent(read, limit)
        counts = rows_of_jobs.counts(read, [row["id"] for row in rows])
    return [_job(row, counts[row["id"]]) for row in rows]


def latest_open(shop: Shop) -> Job | None:
    """The newest job that is under way or waits for its turn, or None."""
    return next((one for one in recent(shop, 10) if one.state.is_open), None)


def results(shop: Shop, job_id: str, outcome: Outcome | None = None, limit: int = 100, offset: int = 0) -> list[Row]:
    """What became of a job's orders, in the order in which they were chosen; of one outcome, or all."""
    with store_errors(), shop.store.read() as read:
        size = max(1, min(limit, LARGEST_PAGE))
        rows = rows_of_jobs.results(read, job_id, outcome.value if outcome else "", size, offset)
    return [
        Row(
            Result(
                row["position"],
                row["order_id"],
                Outcome(row["outcome"]),
                row["sentence"],
                row["event_id"],
                row["message_count"],
            ),
            row["number"],
            row["happened_at"],
        )
        for row in rows
    ]


def reasons(shop: Shop, job_id: str, limit: int = 20) -> list[Reason]:
    """Why orders were not done, the most frequent reason first."""
    with store_errors(), shop.store.read() as read:
        rows = rows_of_jobs.reasons(read, job_id, Outcome.DONE, limit)
    return [Reason(Outcome(row["outcome"]), row["sentence"], row["orders"]) for row in rows]


def stop(shop: Shop, job_id: str, actor: Actor) -> Job:
    """Go no further: what is done stays, what is left is not begun. Raises `Conflict` when it is over already."""
    from services.jobs.kinds import WORK

    with store_errors(), shop.store.write() as write:
        found = known(write, job_id)
        if not found.state.is_open:
            raise Conflict(_("This is over already: nothing is left to stop."))
        now = clock.now()
        WORK[found.kind].stopped(write, shop, found, actor, now)
        rows_of_jobs.change(write, found.id, {"state": JobState.STOPPED.value, "finished_at": now, "holder": ""})
        return known(write, found.id)


def retry_failed(shop: Shop, job_id: str) -> Job:
    """Once more with what was not done: refused, failed, or not begun. Raises `Conflict` while it is under way, when
    all is done, and when the job was undone."""
    with store_errors(), shop.store.write() as write:
        found = known(write, job_id)
        if not found.can_be_retried:
            raise Conflict(_("Nothing is left to try again."))
        rows_of_jobs.forget_results(write, found.id, [one for one in Outcome if one is not Outcome.DONE])
        rows_of_jobs.change(
            write, found.id, {"state": JobState.WAITING.value, "finished_at": None, "fault": "", "holder": ""}
        )
        again = known(write, found.id)
    waking.wake()
    return again


def known(read: Reader, job_id: str) -> Job:
    """A job through an open door. Raises `NotFound`."""
    row = rows_of_jobs.one(read, job_id)
    if row is None:
        raise NotFound(_("There is no such job."))
    return _job(row, rows_of_jobs.counts(read, [row["id"]])[row["id"]])


def _job(row: StoreRow, counts: Sequence[StoreRow]) -> Job:
    orders = {count["outcome"]: count["orders"] for count in counts}
    same = ("id", "actor", "language", "item_count", "created_at", "started_at", "finished_at", "fault", "undoes")
    return Job(
        **{name: row[name] for name in same},
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        about=json.loads(row["about_json"]),
        undone_by=row["undone_by"],
        **{outcome.value: orders.get(outcome.value, 0) for outcome in Outcome},
        messages=sum(count["messages"] for count in counts),
    )
