"""What the provider reports of messages: which messages are meant, what is noted of them, what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from data.store import Reader, Row, Writer

_TEXT, _TIME = pa.string(), pa.timestamp("us")
_EVENTS = pa.schema(
    {
        "id": _TEXT,
        "message_id": _TEXT,
        "happened_at": _TIME,
        "kind": _TEXT,
        "detail": _TEXT,
        "provider_event_id": _TEXT,
    }
)
_STATES = pa.schema({"id": _TEXT, "state": _TEXT, "error": _TEXT, "provider_id": _TEXT, "updated_at": _TIME})
_FEW = 10
_HEAD = "id, order_id, state, error, provider_id"


def by_ids(read: Reader, ids: Sequence[str]) -> list[Row]:
    """The messages of these ids: id, order_id, state, error, provider_id. Unknown ids have none."""
    if len(ids) <= _FEW:  # constants let the engine skip what cannot hold them
        marks = ", ".join(["?::uuid"] * len(ids))
        return read.rows(f"select {_HEAD} from messages where id in ({marks})", list(ids)) if ids else []
    return read.rows(f"select {_HEAD} from messages where id in (select unnest(?)::uuid)", [list(ids)])


def by_provider_ids(read: Reader, ids: Sequence[str]) -> list[Row]:
    """The messages that bear the provider's own ids."""
    if not ids:
        return []
    return read.rows(f"select {_HEAD} from messages where provider_id in (select unnest(?))", [list(ids)])


def noted(read: Reader, message_ids: Sequence[str]) -> list[Row]:
    """Everything noted about messages: id, message_id, kind, happened_at, detail, provider_event_id."""
    if not message_ids:
        return []
    return read.rows(
        "select id, message_id, kind, happened_at, detail, provider_event_id from message_events "
        "where message_id in (select unnest(?)::uuid) order by happened_at, id",
        [list(message_ids)],
    )


def of_order(read: Reader, order_id: str, kinds: Sequence[str]) -> list[Row]:
    """What is noted, of these kinds, about the messages of an order, oldest first: message_id, kind, happened_at,
    detail."""
    return read.rows(
        "select message_id, kind, happened_at, detail from message_events where kind in (select unnest(?)) "
        "and message_id in (select id from messages where order_id = ?::uuid) order by happened_at, id",
        [list(kinds), order_id],
    )


def add(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Note reports, one or thousands."""
    if len(rows) <= _FEW:
        return write.insert("message_events", [{name: row[name] for name in _EVENTS.names} for row in rows])
    table = pa.table([[row[name] for row in rows] for name in _EVENTS.names], schema=_EVENTS)
    values = ", ".join(f"{name}::uuid" if name in ("id", "message_id") else name for name in _EVENTS.names)
    with write.shown("incoming_reports", table):
        write.execute(f"insert into message_events ({', '.join(_EVENTS.names)}) select {values} from incoming_reports")


def take_out(write: Writer, event_ids: Sequence[str]) -> None:
    """Take notes out again: an earlier one of their kind has come, and only the first is kept."""
    if event_ids:
        write.execute("delete from message_events where id in (select unnest(?)::uuid)", [list(event_ids)])


def change(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Set state, error, provider_id and updated_at of messages."""
    table = pa.table([[row[name] for row in rows] for name in _STATES.names], schema=_STATES)
    values = ", ".join(f"{name} = r.{name}" for name in _STATES.names if name != "id")
    with write.shown("judged_messages", table):
        write.execute(f"update messages set {values} from judged_messages r where messages.id = r.id::uuid")
