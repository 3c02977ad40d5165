"""What became of each backup and of each trial restore."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from data.store import Reader, Row, Writer


def every(read: Reader) -> list[Row]:
    """Every run, newest first."""
    return read.rows("from backup_runs order by begun_at desc, id desc")


def add(write: Writer, row: Row) -> None:
    """A run that begins."""
    write.insert("backup_runs", [row])


def change(write: Writer, run_id: str, values: Mapping[str, object]) -> bool:
    """Set columns of a run that is under way; false when it is not any more. The names are ours."""
    is_running = "id = ?::uuid and outcome = 'running'"
    if not write.value(f"select count(*) from backup_runs where {is_running}", [run_id]):
        return False
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update backup_runs set {settings} where {is_running}", [*values.values(), run_id])
    return True


def forget(write: Writer, before: datetime, kept: list[str]) -> None:
    """Let go of runs that ended before a moment, but of those of backups that are still kept."""
    write.execute(
        "delete from backup_runs where begun_at < ? and outcome <> 'running' and folder not in (select unnest(?))",
        [before, [*kept, ""]],
    )


def forget_running(write: Writer) -> None:
    """Let go of runs under way: in a store that was restored nobody is at them."""
    write.execute("delete from backup_runs where outcome = 'running'")
