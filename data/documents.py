"""Issued documents: numbered without gaps, kept as they were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from data.store import Reader, Row, Writer


def of_orders(read: Reader, order_ids: Sequence[str], kind: str) -> list[Row]:
    """order_id, refund_id and number of the documents of a kind that orders have, oldest first."""
    return _asked(read, "order_id, refund_id, number", order_ids, kind)


def contents(read: Reader, order_ids: Sequence[str], kind: str) -> list[Row]:
    """number and content_json of the same."""
    return _asked(read, "number, content_json", order_ids, kind)


def _asked(read: Reader, columns: str, order_ids: Sequence[str], kind: str) -> list[Row]:
    if not order_ids:
        return []
    return read.rows(
        f"select {columns} from documents "
        "where kind = ? and order_id in (select unnest(?)::uuid) order by series, position",
        [kind, list(order_ids)],
    )


def numbers(read: Reader, order_id: str) -> list[Row]:
    """kind and number of every document of an order, oldest first."""
    return read.rows(
        "select kind, number from documents where order_id = ?::uuid order by kind, series, position", [order_id]
    )


def logos(read: Reader, names: Sequence[str]) -> dict[str, str]:
    """Kept logos as SVG, by name."""
    if not names:
        return {}
    rows = read.rows("select name, svg from document_logos where name in (select unnest(?))", [list(names)])
    return {row["name"]: row["svg"] for row in rows}


def next_position(write: Writer, series: str) -> int:
    """The place after the last of a series, from 1. Inside the one write transaction nobody else can take it."""
    return int(write.value("select coalesce(max(position), 0) + 1 from documents where series = ?", [series]))


def add(write: Writer, rows: Sequence[Row]) -> None:
    """Keep issued documents."""
    write.insert("documents", rows)


def keep_logos(write: Writer, svgs: Mapping[str, str], now: datetime) -> None:
    """Keep logos, by name, that are not kept yet."""
    known = logos(write, list(svgs))
    write.insert(
        "document_logos",
        [{"name": name, "svg": svg, "kept_at": now} for name, svg in svgs.items() if name not in known],
    )
