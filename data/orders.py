"""One order with all that it holds, as rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from data import cards
from data.cards import COLUMNS as COLUMNS
from data.store import Reader, Row, Writer

# table -> (columns, what orders them, empty first); rows that were undone are left out where a row can be undone
CHILDREN = {
    "order_lines": (
        "id, position, sku, name, options_json, kind, quantity, unit_price, discount, tax, total, "
        "shipped, returned, refunded",
        ("position", "id"),
    ),
    "payments": (
        "id, happened_at, kind, amount, currency, method, provider, reference, failure_reason, event_id",
        ("happened_at", "id"),
    ),
    "shipments": (
        "id, happened_at, carrier, tracking_number, tracking_url, delivered_at, event_id",
        ("happened_at", "id"),
    ),
    "shipment_lines": ("shipment_id, line_id, quantity, returned", ("line_id",)),
    "order_notes": ("id, happened_at, author, text, event_id", ("happened_at", "id")),
    "order_events": (
        "id, happened_at, kind, actor, before_json, after_json, made_json, reason, cause, undoes",
        ("happened_at", "id"),
    ),
    "messages": (
        "id, event_id, happened_at, channel, template, language, recipient, subject, state, send_after, attempts, "
        "error, dedupe_key",
        ("happened_at", "id"),
    ),
}
UNDOABLE = ("payments", "shipments", "order_notes")

Children = dict[str, list[Row]]

_DECIMALS = ("quantity", "unit_price", "discount", "tax", "total", "shipped", "returned", "refunded", "amount")
READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_DECIMALS, Decimal),
    **dict.fromkeys(("happened_at", "delivered_at", "send_after"), datetime.fromisoformat),
}
_COLUMNS = {table: [name.strip() for name in columns.split(",")] for table, (columns, _order) in CHILDREN.items()}
_CARD = "order_cards"


def _part(table: str, names: list[str], *, ever: bool) -> str:
    values = ", ".join(f"{name}::varchar" if name in _DECIMALS else name for name in names)
    standing = " and voided_at is null" if table in UNDOABLE and not ever else ""
    return f"select '{table}', json_array({values})::varchar from {table} where order_id = $order_id::uuid{standing}"


_WHOLE, _EVER = (
    " union all ".join(
        [
            f"select '{_CARD}', card from {_CARD} where order_id = $order_id::uuid",
            *(_part(table, names, ever=ever) for table, names in _COLUMNS.items()),
        ]
    )
    for ever in (False, True)
)


def one(read: Reader, order_id: str) -> Row | None:
    """An order's own row with `COLUMNS`, `source_status_json` and `import_run_id`, or None."""
    return cards.one(read, order_id)


def whole(read: Reader, order_id: str, *, ever: bool = False) -> tuple[Row, Children] | None:
    """An order's own row and the rows that belong to it, by table, each table in the order of time or position; or
    None. With `ever`, payments, parcels and notes that were undone stand among the others. One question: each costs
    its planning, about as much as to find the rows."""
    own: Row | None = None
    children: Children = {table: [] for table in CHILDREN}
    for table, told in read.known(_EVER if ever else _WHOLE, {"order_id": order_id}):
        if table == _CARD:
            own = cards.row(told)
        else:
            children[table].append(_row(_COLUMNS[table], told))
    if own is None:
        return None
    if isinstance(read, Writer):
        read.seen[order_id] = own
    for table, (_columns, order) in CHILDREN.items():
        # a handful of rows: to let the engine sort them costs twice what it costs to read them
        children[table].sort(key=lambda row: [(row[name] is not None, row[name]) for name in order])
    return own, children


def _row(names: list[str], told: str) -> Row:
    """A row that travelled as a JSON array."""
    found: Row = {}
    for name, value in zip(names, json.loads(told), strict=True):
        decode = READ.get(name)
        found[name] = value if decode is None or value is None else decode(value)
    return found


def by_number(read: Reader, number: str) -> list[Row]:
    """id, number, source and placed_at of the orders that bear a number (with or without `#`), newest first."""
    digits = re.search(r"([0-9]{1,18})[^0-9]*$", number)
    if digits:
        # compared plainly, so that blocks without this figure are skipped; what else the number says, and the order of
        # the one or two that are found, cost more to ask for than to see to here
        wanted = number.lstrip("#").lower()
        rows = read.rows("select id, number, source, placed_at from orders where number_sort = ?", [int(digits[1])])
        rows = [row for row in rows if row["number"].lstrip("#").lower() == wanted]
    else:
        rows = read.rows(
            "select id, number, source, placed_at from orders where number_sort is null "
            "and lower(ltrim(number, '#')) = lower(ltrim(?, '#'))",
            [number],
        )
    return sorted(sorted(rows, key=lambda row: str(row["id"])), key=lambda row: row["placed_at"], reverse=True)


def by_source(read: Reader, source: str, source_id: str) -> str | None:
    """The id of the order that a source knows by its own id, or None."""
    found: str | None = read.value("select id from orders where source = ? and source_id = ?", [source, source_id])
    return found


def raws(read: Reader, order_id: str) -> list[Row]:
    """What came from outside for an order, as it came, newest first: happened_at, import_run_id, raw."""
    return read.rows(
        "select happened_at, import_run_id, raw from order_raws where order_id = ?::uuid order by happened_at desc",
        [order_id],
    )
