"""The worker's questions to the outbox: what is due, whose it is, what became of it.

`attempts` is the claim's number: it only grows, and whoever writes about a message must still hold the claim it made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from data.messages import HEAD
from data.store import Reader, Row, Writer

_TEXT, _TIME = pa.string(), pa.timestamp("us")
_RESULT = pa.schema(
    {
        "id": _TEXT,
        "attempts": pa.int32(),
        "state": _TEXT,
        "error": _TEXT,
        "provider_id": _TEXT,
        "send_after": _TIME,
        "updated_at": _TIME,
    }
)


def next_due(read: Reader, waiting: str, channel: str) -> datetime | None:
    """When the earliest waiting message of a channel may leave; None when none waits."""
    moment: datetime | None = read.value(
        "select min(send_after) from messages where state = ? and channel = ?", [waiting, channel]
    )
    return moment


def overdue(read: Reader, waiting: str, before: datetime, channel: str) -> list[str]:
    """Ids of waiting messages of a channel that should have left before a moment."""
    rows = read.rows(
        "select id from messages where state = ? and send_after < ? and channel = ? order by id",
        [waiting, before, channel],
    )
    return [row["id"] for row in rows]


def waiting_since(read: Reader, waiting: str, now: datetime) -> list[datetime]:
    """When each message that is due was written."""
    rows = read.rows("select happened_at from messages where state = ? and send_after <= ?", [waiting, now])
    return [row["happened_at"] for row in rows]


def stale(read: Reader, waiting: str, now: datetime, before: datetime) -> list[str]:
    """Ids of messages that are due and were written before a moment."""
    rows = read.rows(
        "select id from messages where state = ? and send_after <= ? and happened_at < ?", [waiting, now, before]
    )
    return [row["id"] for row in rows]


def put_off(write: Writer, waiting: str, now: datetime) -> None:
    """Make what should have left leave now."""
    write.execute("update messages set send_after = ? where state = ? and send_after < ?", [now, waiting, now])


def claim(write: Writer, waiting: str, sending: str, now: datetime, limit: int, channel: str) -> dict[str, int]:
    """Take up to `limit` messages of a channel that are due, oldest first: id -> number of the claim, its attempt."""
    rows = write.rows(
        "select id, attempts from messages where state = ? and send_after <= ? and channel = ? "
        "order by send_after, id limit ?",
        [waiting, now, channel, limit],
    )
    claims: dict[str, int] = {row["id"]: row["attempts"] + 1 for row in rows}
    if claims:
        write.execute(
            "update messages set state = ?, attempts = attempts + 1, handed_at = null, updated_at = ? "
            "where id in (select unnest(?)::uuid)",
            [sending, now, list(claims)],
        )
    return claims


def claimed(read: Reader, claims: Mapping[str, int], sending: str) -> list[Row]:
    """Messages whose claim still stands and that are not handed, whole, oldest first."""
    rows = read.rows(
        f"select {HEAD}, m.body_text, m.body_html from messages m "
        "where id in (select unnest(?)::uuid) and state = ? and handed_at is null order by send_after, id",
        [list(claims), sending],
    )
    return [row for row in rows if row["attempts"] == claims[row["id"]]]


def hand(write: Writer, ids: Sequence[str], sender: str, now: datetime) -> None:
    """Note that the requests for these messages begin now, and from which address they go."""
    write.execute(
        "update messages set handed_at = ?, updated_at = ?, sender = ? where id in (select unnest(?)::uuid)",
        [now, now, sender, list(ids)],
    )


def settle(write: Writer, results: Sequence[Mapping[str, object]], open_states: Sequence[str]) -> None:
    """Write what became of handed messages: rows with `id`, `attempts` and the columns to set. A message whose claim
    has passed to another since is left alone."""
    table = pa.table([[row[name] for row in results] for name in _RESULT.names], schema=_RESULT)
    values = ", ".join(f"{name} = r.{name}" for name in _RESULT.names if name not in ("id", "attempts"))
    with write.shown("incoming_results", table):
        write.execute(
            f"update messages set {values} from incoming_results r where messages.id = r.id::uuid "
            "and messages.attempts = r.attempts and messages.state in (select unnest(?))",
            [list(open_states)],
        )


def stranded(read: Reader, sending: str, alive: tuple[datetime, datetime], held: Sequence[str]) -> list[Row]:
    """Messages whose claim was last touched outside of the time in which its holder counts as alive, from and to, and
    is not among `held`: id, channel, handed_at. A time without length leaves none out."""
    return read.rows(
        "select id, channel, handed_at from messages where state = $state "
        "and ($since = $until or updated_at < $since or updated_at > $until) "
        "and id not in (select unnest($held::varchar[])::uuid) order by id",
        {"state": sending, "since": alive[0], "until": alive[1], "held": list(held)},
    )
