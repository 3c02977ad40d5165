"""Webhooks received: kept as they came, then digested; what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from data.store import Reader, Row, Writer

_TEXT, _TIME, _COUNT = pa.string(), pa.timestamp("us"), pa.int64()
SCHEMA = pa.schema(
    {
        "id": _TEXT,
        "source": _TEXT,
        "received_at": _TIME,
        "verdict": _TEXT,
        "outcome": _TEXT,
        "provider_id": _TEXT,
        "content_hash": _TEXT,
        "size": _COUNT,
        "body": pa.binary(),
        "told_json": _TEXT,
        "event_count": _COUNT,
        "unknown_count": _COUNT,
        "detail": _TEXT,
        "digested_at": _TIME,
        "trimmed_at": _TIME,
    }
)
_SETTLED = pa.schema(
    {
        "id": _TEXT,
        "outcome": _TEXT,
        "event_count": _COUNT,
        "unknown_count": _COUNT,
        "detail": _TEXT,
        "digested_at": _TIME,
    }
)
_FEW = 4


def add(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Keep webhooks, one or thousands."""
    if len(rows) <= _FEW:
        return write.insert("inbox", [{name: row[name] for name in SCHEMA.names} for row in rows])
    table = pa.table([[row[name] for row in rows] for name in SCHEMA.names], schema=SCHEMA)
    values = ", ".join("id::uuid" if name == "id" else name for name in SCHEMA.names)
    with write.shown("incoming_webhooks", table):
        write.execute(f"insert into inbox ({', '.join(SCHEMA.names)}) select {values} from incoming_webhooks")


def waiting(read: Reader, outcome: str, count: int, size: int) -> list[Row]:
    """The oldest webhooks of an outcome, whole: at most `count`, together at most `size` bytes, but one at least."""
    return read.rows(
        """
        with oldest as (select id, size from inbox where outcome = ? order by id limit ?),
        summed as (select id, sum(size) over (order by id) - size as before from oldest)
        select id, source, received_at, content_hash, provider_id, body, told_json from inbox
        where id in (select id from summed where before < ?) order by id
        """,
        [outcome, count, size],
    )


def still(read: Reader, ids: Sequence[str], outcome: str) -> set[str]:
    """Which of these have that outcome yet."""
    rows = read.rows("select id from inbox where id in (select unnest(?)::uuid) and outcome = ?", [list(ids), outcome])
    return {row["id"] for row in rows}


def known(read: Reader, source: str, hashes: Sequence[str], outcome: str) -> set[str]:
    """Which content has come from a source before and has that outcome."""
    rows = read.rows(
        "select distinct content_hash from inbox where content_hash in (select unnest(?)) and source = ? "
        "and outcome = ?",
        [list(hashes), source, outcome],
    )
    return {row["content_hash"] for row in rows}


def settle(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Write what became of webhooks: rows with `id` and the columns to set."""
    table = pa.table([[row[name] for row in rows] for name in _SETTLED.names], schema=_SETTLED)
    values = ", ".join(f"{name} = s.{name}" for name in _SETTLED.names if name != "id")
    with write.shown("settled_webhooks", table):
        write.execute(f"update inbox set {values} from settled_webhooks s where inbox.id = s.id::uuid")


def counts(read: Reader) -> list[Row]:
    """Webhooks and their events by source and outcome: source, outcome, n, events, unknown."""
    return read.rows(
        "select source, outcome, count(*) as n, sum(event_count)::bigint as events, "
        "sum(unknown_count)::bigint as unknown from inbox group by source, outcome order by source, outcome"
    )


def newest(read: Reader, source: str, outcome: str) -> datetime | None:
    """When the newest webhook of a source and an outcome came."""
    moment: datetime | None = read.value(
        "select max(received_at) from inbox where source = ? and outcome = ?", [source, outcome]
    )
    return moment


def trim(write: Writer, waiting: str, before: datetime, now: datetime) -> int:
    """Blank the bodies of webhooks that came before a moment and do not wait; how many."""
    due = "received_at < ? and outcome <> ? and trimmed_at is null"
    count = int(write.value(f"select count(*) from inbox where {due}", [before, waiting]))
    if count:
        write.execute(
            f"update inbox set body = ''::blob, told_json = '{{}}', trimmed_at = ? where {due}", [now, before, waiting]
        )
    return count


def forget(write: Writer, waiting: str, before: datetime) -> int:
    """Let webhooks go that came before a moment and do not wait; how many."""
    due = "received_at < ? and outcome <> ?"
    count = int(write.value(f"select count(*) from inbox where {due}", [before, waiting]))
    if count:
        write.execute(f"delete from inbox where {due}", [before, waiting])
    return count
