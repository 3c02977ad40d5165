"""Runs so far, and the row of the one that is under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from data import import_runs
from data.doors import Row
from services import clock
from services.errors import NotFound, store_errors
from services.imports.finding import Finding, Severity
from services.imports.result import Run, RunState
from services.language import _
from services.shop import Shop

# On a store that several machines share, a run of another process counts as broken off after this.
_PATIENCE = timedelta(hours=6)

_active: set[str] = set()  # runs of this process


@contextmanager
def running(shop: Shop, row: Row) -> Iterator[None]:
    """A run is under way: its row stands in the store while the block lasts, and says how it ended if it failed."""
    mark_interrupted(shop, row["started_at"])
    run_id = str(row["id"])
    _active.add(run_id)
    try:
        with shop.store.write() as write:
            import_runs.start(write, row)
        try:
            yield
        except BaseException as error:
            state = RunState.FAILED if isinstance(error, Exception) else RunState.INTERRUPTED
            with shop.store.write() as write:
                import_runs.finish(write, run_id, state.value, clock.now())
            raise
    finally:
        _active.discard(run_id)


def mark_interrupted(shop: Shop, now: datetime) -> int:
    """Mark runs that a killed process left behind; how many. Nothing of them is in the store. To be called at start."""
    with store_errors():
        with shop.store.read() as read:
            left = [
                row for row in import_runs.in_state(read, RunState.RUNNING.value)
                if row["id"] not in _active
                and (shop.store.home.is_embedded or row["started_at"] < now - _PATIENCE)
            ]  # fmt: skip
        if left:
            with shop.store.write() as write:
                for row in left:
                    import_runs.finish(write, row["id"], RunState.INTERRUPTED.value, now)
    return len(left)


def history(shop: Shop, limit: int = 50) -> list[Run]:
    """The newest runs first."""
    with store_errors(), shop.store.read() as read:
        return [_run(row) for row in import_runs.every(read, limit)]


def one(shop: Shop, run_id: str) -> Run:
    """A run. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        return _run(found_row(import_runs.one(read, run_id)))


def findings(shop: Shop, run_id: str, severity: Severity | None = None, limit: int = 1000) -> list[Finding]:
    """What was said about the rows of a run."""
    with store_errors(), shop.store.read() as read:
        return [
            Finding(
                Severity(row["severity"]), row["row_number"], row["column_name"], row["value"], row["reason"],
                row["order_number"],
            )
            for row in import_runs.findings(read, run_id, severity.value if severity else None, limit)
        ]  # fmt: skip


def orders_of(shop: Shop, run_id: str, limit: int = 200) -> list[tuple[str, str]]:
    """(id, number) of the orders that a run brought, newest first."""
    with store_errors(), shop.store.read() as read:
        return [(row["id"], row["number"]) for row in import_runs.order_ids(read, run_id, limit)]


def found_row(row: Row | None) -> Row:
    """The row of a run. Raises `NotFound` when there is none."""
    if row is None:
        raise NotFound(_("There is no such import."))
    return row


def _run(row: Row) -> Run:
    return Run(
        id=row["id"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        undone_at=row["undone_at"],
        state=RunState(row["state"]),
        actor=row["actor"],
        file_name=row["file_name"],
        format=row["format"],
        source=row["source"],
        rows=row["row_count"],
        orders=row["order_count"],
        new=row["new_count"],
        changed=row["changed_count"],
        same=row["same_count"],
        rejected=row["rejected_count"],
        warnings=row["warning_count"],
    )
