"""Views of the order list that people keep."""

from __future__ import annotations

from datetime import datetime

from data.store import Reader, Row, Writer


def every(read: Reader) -> list[Row]:
    """id, name and query of every kept view, in their order."""
    return read.rows("select id, name, query from saved_views order by position, id")


def add(write: Writer, view_id: str, name: str, query: str, actor: str, now: datetime) -> None:
    """Keep a view, after those that are there."""
    write.execute(
        "insert into saved_views (id, name, query, position, created_at, actor) "
        "select ?::uuid, ?, ?, coalesce(max(position), 0) + 1, ?, ? from saved_views",
        [view_id, name, query, now, actor],
    )


def rename(write: Writer, view_id: str, name: str) -> None:
    """Give a view another name."""
    write.execute("update saved_views set name = ? where cast(id as varchar) = ?", [name, view_id])


def remove(write: Writer, view_id: str) -> None:
    """Take a view away."""
    write.execute("delete from saved_views where cast(id as varchar) = ?", [view_id])
