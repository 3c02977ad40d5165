"""Questions in SQL that people asked, and those that they kept by name."""

from __future__ import annotations

from collections.abc import Mapping

from data.store import Reader, Row, Writer

# So many of each person's questions are remembered; when there are twice as many, the oldest are let go.
REMEMBERED = 200


def saved(read: Reader) -> list[Row]:
    """Every question that was kept, by name."""
    return read.rows("select * from workbench_queries order by lower(name), id")


def one_saved(read: Reader, query_id: str) -> Row | None:
    """A question that was kept, or None."""
    return read.one("select * from workbench_queries where cast(id as varchar) = ?", [query_id])


def keep(write: Writer, row: Mapping[str, object]) -> None:
    """Keep a question, or keep it as it is now when its id is known."""
    write.execute("delete from workbench_queries where id = ?::uuid", [row["id"]])
    write.insert("workbench_queries", [row])


def forget(write: Writer, query_id: str) -> None:
    """Let a kept question go."""
    write.execute("delete from workbench_queries where cast(id as varchar) = ?", [query_id])


def asked(read: Reader, actor: str, limit: int) -> list[Row]:
    """What somebody asked, newest first."""
    return read.rows(
        "select * from workbench_history where actor = ? order by happened_at desc, id desc limit ?", [actor, limit]
    )


def one_asked(read: Reader, asked_id: str) -> Row | None:
    """One question that was asked, or None when it is not remembered any more."""
    return read.one("select * from workbench_history where cast(id as varchar) = ?", [asked_id])


def remember(write: Writer, row: Mapping[str, object]) -> None:
    """Note a question that was asked."""
    write.insert("workbench_history", [row])
    count = write.value("select count(*) from workbench_history where actor = ?", [row["actor"]])
    if count > 2 * REMEMBERED:
        write.execute(
            "delete from workbench_history where actor = $actor and id not in (select id from workbench_history "
            "where actor = $actor order by happened_at desc, id desc limit $kept)",
            {"actor": row["actor"], "kept": REMEMBERED},
        )


def clear(write: Writer, actor: str) -> None:
    """Forget what somebody asked."""
    write.execute("delete from workbench_history where actor = ?", [actor])
