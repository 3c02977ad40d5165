"""Issued documents: numbered without gaps, kept as they were issued."""

from __future__ import annotations

from collections.abc import Sequence

from data.store import Reader, Row, Writer


def of_orders(read: Reader, order_ids: Sequence[str], kind: str) -> list[Row]:
    """The documents of a kind that orders have, oldest first."""
    if not order_ids:
        return []
    return read.rows(
        "select id, order_id, refund_id, kind, number, issued_at, issued_on, content_json from documents "
        "where kind = ? and order_id in (select unnest(?)::uuid) order by series, position",
        [kind, list(order_ids)],
    )


def next_position(write: Writer, series: str) -> int:
    """The place after the last of a series, from 1. Inside the one write transaction nobody else can take it."""
    return int(write.value("select coalesce(max(position), 0) + 1 from documents where series = ?", [series]))


def add(write: Writer, rows: Sequence[Row]) -> None:
    """Keep issued documents."""
    write.insert("documents", rows)
