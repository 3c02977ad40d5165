"""The outbox's rows: messages and what became of them. States come in as parameters; their rules live in services."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from data.ids import new_id
from data.store import Reader, Row, Writer

_TEXT, _TIME = pa.string(), pa.timestamp("us")
SCHEMA = pa.schema(
    [("id", _TEXT), ("order_id", _TEXT), ("event_id", _TEXT), ("happened_at", _TIME)]
    + [
        (name, _TEXT)
        for name in ("channel", "template", "language", "recipient", "sender", "subject", "body_text", "body_html")
    ]
    + [("state", _TEXT), ("send_after", _TIME), ("attempts", pa.int32()), ("error", _TEXT), ("dedupe_key", _TEXT)]
    + [("provider_id", _TEXT), ("handed_at", _TIME), ("updated_at", _TIME)]
)
_UUIDS = ("id", "order_id", "event_id")
_FEW = 10
# all but the bodies: a list of messages stays narrow
HEAD = ", ".join(f"m.{name}" for name in SCHEMA.names if not name.startswith("body_"))

# how many keys are looked up one by one: constants let the engine skip what cannot hold them
FEW = 100


def kept_keys(read: Reader, rows: Sequence[Mapping[str, object]]) -> set[str]:
    """Which dedupe keys of `rows` the outbox holds already. Rows of one order are looked for among its messages."""
    keys = [row["dedupe_key"] for row in rows]
    orders = list({row["order_id"] for row in rows if row["order_id"]})
    if len(rows) <= FEW:
        has_order = f"order_id in ({', '.join(['?::uuid'] * len(orders))})" if orders else "false"
        has_none = "" if all(row["order_id"] for row in rows) else "or order_id is null"
        marks = ", ".join("?" * len(keys))
        found = read.rows(
            f"select dedupe_key from messages where ({has_order} {has_none}) and dedupe_key in ({marks})",
            [*orders, *keys],
        )
    else:
        found = read.rows("select dedupe_key from messages where dedupe_key in (select unnest(?))", [keys])
    return {row["dedupe_key"] for row in found}


def add(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Append messages, one or thousands. A few go in as they are: planning over an Arrow table costs ten times that."""
    if len(rows) <= _FEW:
        return write.insert("messages", [{name: row[name] for name in SCHEMA.names} for row in rows])
    table = pa.table([[row[name] for row in rows] for name in SCHEMA.names], schema=SCHEMA)
    values = ", ".join(f"{name}::uuid" if name in _UUIDS else name for name in SCHEMA.names)
    with write.shown("incoming_messages", table):
        write.execute(f"insert into messages ({', '.join(SCHEMA.names)}) select {values} from incoming_messages")


def note(write: Writer, notes: Sequence[tuple[str, str, str]], now: datetime) -> None:
    """Append events: (message, kind, detail)."""
    write.insert(
        "message_events",
        [
            {
                "id": new_id(),
                "message_id": message_id,
                "happened_at": now,
                "kind": kind,
                "detail": detail,
                "provider_event_id": "",
            }
            for message_id, kind, detail in notes
        ],
    )


def one(read: Reader, message_id: str) -> Row | None:
    """A message, whole."""
    return read.one(
        f"select {HEAD}, m.body_text, m.body_html from messages m where id = try_cast(? as uuid)", [message_id]
    )


def of_event(read: Reader, event_id: str) -> list[Row]:
    """The messages that an order's event made, oldest first."""
    return read.rows(f"select {HEAD} from messages m where event_id = ?::uuid order by id", [event_id])


def undone(read: Reader, ids: Sequence[str]) -> list[Row]:
    """Those of the messages whose event was undone: id, state."""
    return read.rows(
        "select m.id, m.state from messages m semi join order_events u on u.order_id = m.order_id "
        "and u.undoes = m.event_id where m.id in (select unnest(?)::uuid) order by m.id",
        [list(ids)],
    )


def events(read: Reader, message_id: str) -> list[Row]:
    """What became of a message, oldest first."""
    return read.rows("select * from message_events where message_id = ?::uuid order by happened_at, id", [message_id])


def counts(read: Reader, text: str) -> dict[str, int]:
    """How many messages hold `text`, by state."""
    holds, params = _holds(text)
    rows = read.rows(f"select state, count(*) as count_messages from messages where {holds} group by state", params)
    return {row["state"]: row["count_messages"] for row in rows}


def page(read: Reader, states: Sequence[str], text: str, limit: int, offset: int) -> list[Row]:
    """Messages in one of `states` (empty: any) that hold `text`, newest first, with the number of their order."""
    holds, params = _holds(text)
    if states:
        holds += f" and state in ({', '.join(f'$state_{index}' for index in range(len(states)))})"
        params |= {f"state_{index}": state for index, state in enumerate(states)}
    found = read.rows(
        f"select id from messages where {holds} order by id desc limit $limit offset $offset",
        {**params, "limit": limit, "offset": offset},
    )
    if not found:
        return []
    marks = ", ".join(["?::uuid"] * len(found))
    return read.rows(
        f"select {HEAD}, o.number as order_number from messages m left join orders o on o.id = m.order_id "
        f"where m.id in ({marks}) order by m.id desc",
        [row["id"] for row in found],
    )


def change(write: Writer, ids: Sequence[str], values: Mapping[str, object]) -> None:
    """Set columns of the messages; `values` names columns of ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update messages set {settings} where id in (select unnest(?)::uuid)", [*values.values(), list(ids)])


def _holds(text: str) -> tuple[str, dict[str, object]]:
    """SQL, with its parameters, for messages that hold a text in recipient, subject or order number."""
    wanted = text.strip()
    if not wanted:
        return "true", {}
    condition = """
        (recipient ilike $text escape '\\' or subject ilike $text escape '\\'
            or order_id in (select id from orders where number ilike $text escape '\\'))
    """
    return condition, {"text": "%" + re.sub(r"([\\%_])", r"\\\1", wanted) + "%"}
