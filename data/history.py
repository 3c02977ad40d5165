"""An order with all that it ever held: payments, parcels and notes that were undone stand beside the others."""

from __future__ import annotations

from data.orders import CHILDREN, Children
from data.store import Reader

_UNDOABLE = ("payments", "shipments", "order_notes")


def children(read: Reader, order_id: str) -> Children:
    """The rows that belong or belonged to an order, by table, each table in the order of time or position."""
    found: Children = {}
    for table, (columns, order) in CHILDREN.items():
        rows = read.rows(f"select {columns} from {table} where order_id = ?::uuid", [order_id])
        found[table] = sorted(rows, key=lambda row: [(row[name] is not None, row[name]) for name in order])
    return found


def undone(read: Reader, order_id: str) -> frozenset[str]:
    """The ids of those that were undone."""
    ids: set[str] = set()
    for table in _UNDOABLE:
        rows = read.rows(f"select id from {table} where order_id = ?::uuid and voided_at is not null", [order_id])
        ids |= {row["id"] for row in rows}
    return frozenset(ids)
