"""Reports that go out by mail at their hour, and what became of each time they were due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.store import Reader, Row, Writer

_FROM = (
    "select r.*, coalesce(b.title, c.title) as of_title, l.due_on, l.made_at, l.count_mails, l.sentence from reports r "
    "left join boards b on b.id = r.board_id left join kept_charts c on c.id = r.chart_id "
    "left join (select report_id, max(due_on) as due_on, arg_max(made_at, due_on) as made_at, "
    "arg_max(count_mails, due_on) as count_mails, arg_max(sentence, due_on) as sentence "
    "from report_runs group by report_id) l on l.report_id = r.id"
)


def every(read: Reader) -> list[Row]:
    """Every report, oldest first, with `of_title` (null when what it is of is gone) and its last run."""
    return read.rows(f"{_FROM} order by r.id")


def one(read: Reader, report_id: str) -> Row | None:
    """One of them."""
    return read.one(f"{_FROM} where r.id = try_cast(? as uuid)", [report_id])


def keep(write: Writer, row: Mapping[str, object]) -> None:
    """Keep a report, or keep it as it is now when its id is known."""
    write.execute("delete from reports where id = ?::uuid", [row["id"]])
    write.insert("reports", [row])


def pause(write: Writer, report_id: str, is_paused: bool, updated_at: object) -> None:
    """Send a report no more, or again from `updated_at` on."""
    write.execute(
        "update reports set is_paused = ?, updated_at = ? where id = try_cast(? as uuid)",
        [is_paused, updated_at, report_id],
    )


def remove(write: Writer, report_id: str) -> None:
    """Let a report go, with what became of it; its mails stay."""
    write.execute("delete from report_runs where report_id = try_cast(? as uuid)", [report_id])
    write.execute("delete from reports where id = try_cast(? as uuid)", [report_id])


def has_run(read: Reader, report_id: str, due_on: date) -> bool:
    """Whether a report was made for a day."""
    sql = "select count(*) from report_runs where report_id = try_cast(? as uuid) and due_on = ?"
    return bool(read.value(sql, [report_id, due_on]))


def note(write: Writer, row: Mapping[str, object]) -> None:
    """Say what became of a report on a day."""
    write.insert("report_runs", [row])
