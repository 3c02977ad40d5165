"""Jobs: what was asked for many orders, its orders as they were chosen, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from data.store import Reader, Row, Writer

_ITEMS = pa.schema(
    [("position", pa.int32()), ("order_id", pa.string()), ("version", pa.int32()), ("params_json", pa.string())]
)
_RESULTS = pa.schema(
    {
        "position": pa.int32(),
        "order_id": pa.string(),
        "outcome": pa.string(),
        "sentence": pa.string(),
        "event_id": pa.string(),
        "message_count": pa.int32(),
        "happened_at": pa.timestamp("us"),
    }
)
_JOB = """
    select j.id, j.kind, j.state, j.actor, j.language, j.about_json, j.item_count, j.created_at, j.started_at,
        j.finished_at, j.fault, j.undoes,
        (select max(u.id) from jobs u where u.undoes = j.id) as undone_by
    from jobs j
"""


def add(write: Writer, job: Mapping[str, object], items: Sequence[Mapping[str, object]]) -> None:
    """Keep a new job with its items: position, order_id, version, params."""
    write.insert("jobs", [{**job, "holder": "", "lease_until": None}])
    table = pa.table(
        [
            [item["position"] for item in items],
            [item["order_id"] for item in items],
            [item["version"] for item in items],
            [json.dumps(item["params"]) if item["params"] else "" for item in items],
        ],
        schema=_ITEMS,
    )
    with write.shown("given_items", table):
        write.execute(
            "insert into job_items (job_id, position, order_id, version, params_json) "
            "select ?::uuid, position, order_id::uuid, version, params_json from given_items",
            [job["id"]],
        )


def one(read: Reader, job_id: str) -> Row | None:
    """A job's own row, with the newest job that undoes it, or None."""
    return read.one(f"{_JOB} where j.id = try_cast(? as uuid)", [job_id])


def recent(read: Reader, limit: int) -> list[Row]:
    """The newest jobs, newest first."""
    return read.rows(f"{_JOB} order by j.id desc limit ?", [limit])


def counts(read: Reader, job_ids: Sequence[str]) -> dict[str, list[Row]]:
    """outcome, orders and messages of what is settled, by job."""
    rows = read.rows(
        "select job_id, outcome, count(*) as orders, sum(message_count)::bigint as messages from job_results "
        "where job_id in (select unnest(?)::uuid) group by job_id, outcome",
        [list(job_ids)],
    )
    found: dict[str, list[Row]] = {job_id: [] for job_id in job_ids}
    for row in rows:
        found[row["job_id"]].append(row)
    return found


def unfinished(read: Reader, open_states: Sequence[str]) -> bool:
    """Whether any job is in one of these states."""
    marks = ", ".join("?" * len(open_states))
    return read.value(f"select 1 from jobs where state in ({marks}) limit 1", list(open_states)) is not None


def claim(
    write: Writer, waiting: str, running: str, holder: str, *, now: datetime, until: datetime, is_alone: bool
) -> str | None:
    """Take the oldest job that nobody works on; its id. `is_alone`: no other process can have this store open, so
    another holder is a dead one; elsewhere it counts as dead when its lease is over, or is longer than any that is
    given: then the clock was set back since."""
    is_left = (
        "holder <> $holder" if is_alone else "(holder <> $holder and (lease_until < $now or lease_until > $longest))"
    )
    found: str | None = write.value(
        f"select id from jobs where state = $waiting or (state = $running and (holder = $holder or {is_left})) "
        "order by id limit 1",
        {"waiting": waiting, "running": running, "holder": holder}
        | ({} if is_alone else {"now": now, "longest": until + (until - now)}),
    )
    if found:
        write.execute(
            "update jobs set state = ?, holder = ?, lease_until = ?, started_at = coalesce(started_at, ?) "
            "where id = ?::uuid",
            [running, holder, until, now, found],
        )
    return found


def hold(write: Writer, job_id: str, running: str, holder: str, until: datetime) -> bool:
    """Whether the job still runs and is still the holder's; then its lease is longer."""
    held = "id = ?::uuid and state = ? and holder = ?"
    if write.value(f"select 1 from jobs where {held}", [job_id, running, holder]) is None:
        return False
    write.execute(f"update jobs set lease_until = ? where {held}", [until, job_id, running, holder])
    return True


def change(write: Writer, job_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a job; the names are ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update jobs set {settings} where id = ?::uuid", [*values.values(), job_id])


def next_items(read: Reader, job_id: str, limit: int) -> list[Row]:
    """Items that are not settled, in the order of their orders' ids: near each other in the store."""
    rows = read.rows(
        "select position, order_id, version, params_json from job_items i "
        "where job_id = $job::uuid "
        "and position not in (select position from job_results where job_id = $job::uuid) "
        "order by order_id, position limit $limit",
        {"job": job_id, "limit": limit},
    )
    return [row | {"params": json.loads(row["params_json"] or "{}")} for row in rows]


def add_results(write: Writer, job_id: str, results: Sequence[Mapping[str, object]]) -> None:
    """Keep what became of items."""
    table = pa.table([[row[name] for row in results] for name in _RESULTS.names], schema=_RESULTS)
    with write.shown("given_results", table):
        write.execute(
            "insert into job_results "
            "(job_id, position, order_id, outcome, sentence, event_id, message_count, happened_at) "
            "select ?::uuid, position, order_id::uuid, outcome, sentence, event_id::uuid, message_count, happened_at "
            "from given_results",
            [job_id],
        )


def forget_results(write: Writer, job_id: str, outcomes: Sequence[str]) -> None:
    """Open items again that ended in one of these ways. They are taken as they are then: whoever asks again has seen
    what became of them."""
    marks = ", ".join("?" * len(outcomes))
    ended = f"job_id = ?::uuid and outcome in ({marks})"
    write.execute(
        f"update job_items set version = null where job_id = ?::uuid "
        f"and position in (select position from job_results where {ended})",
        [job_id, job_id, *outcomes],
    )
    write.execute(f"delete from job_results where {ended}", [job_id, *outcomes])


def results(read: Reader, job_id: str, outcome: str, limit: int, offset: int) -> list[Row]:
    """position, order_id, number, outcome, sentence, event_id, message_count and happened_at of settled items, in the
    order in which they were chosen; of one outcome, or all when it is empty."""
    return read.rows(
        "select r.position, r.order_id, coalesce(o.number, '') as number, r.outcome, r.sentence, r.event_id, "
        "r.message_count, r.happened_at from "
        "(select * from job_results where job_id = $job::uuid and ($outcome = '' or outcome = $outcome) "
        "order by position limit $limit offset $offset) r "
        "left join orders o on o.id = r.order_id order by r.position",
        {"job": job_id, "outcome": outcome, "limit": limit, "offset": offset},
    )


def reasons(read: Reader, job_id: str, done: str, limit: int) -> list[Row]:
    """outcome, sentence and orders of what was not done, the most frequent first."""
    return read.rows(
        "select outcome, sentence, count(*) as orders from job_results where job_id = ?::uuid and outcome <> ? "
        "group by all order by orders desc, sentence limit ?",
        [job_id, done, limit],
    )


def events_made(read: Reader, job_id: str) -> list[Row]:
    """order_id and event_id of what a job did, in the order in which the orders were chosen."""
    return read.rows(
        "select order_id, event_id from job_results where job_id = ?::uuid and event_id is not null order by position",
        [job_id],
    )


def mails(read: Reader, job_id: str) -> list[Row]:
    """state, messages and the earliest `send_after` of the messages that a job made."""
    return read.rows(
        "select m.state, count(*) as messages, min(m.send_after) as send_after from messages m "
        "where m.event_id in (select event_id from job_results where job_id = ?::uuid and event_id is not null) "
        "group by m.state",
        [job_id],
    )


def mails_in(read: Reader, job_id: str, state: str) -> list[Row]:
    """id and order_id of the messages of a job that are in a state."""
    return read.rows(
        "select m.id, m.order_id from messages m where m.state = ? and m.event_id in "
        "(select event_id from job_results where job_id = ?::uuid and event_id is not null) order by m.id",
        [state, job_id],
    )
