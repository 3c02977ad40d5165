"""Marks on orders whose kept figures may no longer be true, made in the transaction that changes the order.

The rows of `TABLES` that bear a marked order, customer or day do not count
until `data/refreshing.py` has written them anew; questions work these few out from the orders themselves. So whoever
changes what figures are counted from needs nothing but a mark: before the change when it takes away what was counted,
and after it. `data/cards.py` marks what it writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import md5

from data.doors import Row, Writer

# The tables that are kept, and those that they are made of besides orders and lines.
TABLES = ("order_figures", "line_shares", "product_days", "payment_figures")
PARTS = ("payments", "shipments")

# Columns of an order from which no figure is counted: their change needs no mark.
_UNCOUNTED = frozenset({"version", "updated_at", "customer_comment", "transaction_id", "is_muted"})


def customer(order: str = "o") -> str:
    """SQL for the number of an order's customer: 63 bits of a hash of its key, below zero for an order without one."""
    return (
        f"if({order}.customer_key = '', -1 - cast(md5_number_lower(cast({order}.id as varchar)) >> 1 as bigint), "
        f"cast(md5_number_lower({order}.customer_key) >> 1 as bigint))"
    )


def mark(
    write: Writer, condition: str, params: Mapping[str, object] | Sequence[object] | None = None, table: str = "orders"
) -> None:
    """Mark the orders that meet a condition (which may end in an order) as they are now; `table` may be another one
    with their rows."""
    write.execute(
        f"insert into stale_orders (order_id, customer, placed_on) select o.id, {customer()}, o.placed_on from "
        f"(from {table} where {condition}) o",
        params,
    )


def mark_change(write: Writer, before: Row, after: Row, changed: Mapping[str, object]) -> None:
    """Mark an order of which some columns are `changed`; `before` and `after` are its own row."""
    if not _UNCOUNTED.issuperset(changed):
        marks = dict.fromkeys((_mark(before), _mark(after)))
        write.insert("stale_orders", [{"order_id": i, "customer": c, "placed_on": day} for i, c, day in marks])
        write.marked.add(before["id"])


def mark_one(write: Writer, order_id: str) -> None:
    """Mark an order of which a part was changed, unless it was marked in this transaction."""
    if order_id not in write.marked:
        mark(write, "id = ?::uuid", [order_id])
        write.marked.add(order_id)


def forget(write: Writer) -> None:
    """Let all figures go when no order is left that they could be about."""
    if not write.value("select exists (from orders)"):
        for table in (*TABLES, "stale_orders"):
            write.execute(f"delete from {table}")


def number(row: Row) -> int:
    """The same as `customer`, of a row at hand."""
    key = row["customer_key"]
    low = int.from_bytes(md5((key or row["id"]).encode(), usedforsecurity=False).digest()[8:], "little") >> 1
    return low if key else -1 - low


def _mark(row: Row) -> tuple[str, int, object]:
    return row["id"], number(row), row["placed_on"]
