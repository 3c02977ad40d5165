"""Runs: who makes a backup or tries one, and what became of it. Kept in the store, so that of many processes one does
it, and nothing that fails is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from data import backup_runs
from data.ids import new_id
from data.store import HOLDER, Row, Writer
from services import clock
from services.errors import store_errors
from services.language import _
from services.shop import Shop

# Of one who did not say for so long that he is still at it, nothing is expected any more; on a shared store.
_SILENT = timedelta(hours=1)
_SAYS = timedelta(minutes=1)
_AGAIN = timedelta(hours=1)  # after a try that failed
_REMEMBERED = timedelta(days=90)

_at_work: set[str] = set()  # runs that this process is at


class Kind(StrEnum):
    """What is done."""

    BACKUP = "backup"
    DRILL = "drill"


class Outcome(StrEnum):
    """What became of it."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One try. `folder` is the name of its backup; `orders` and `bytes` are those of the backup, 0 when it failed;
    `sentence` says what went wrong, or what is to be known."""

    id: str
    kind: Kind
    due_on: date | None
    worker: str
    begun_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    folder: str
    orders: int
    bytes: int
    sentence: str


def every(shop: Shop) -> list[Run]:
    """Every run, newest first."""
    with store_errors(), shop.store.read() as read:
        return [_run(row) for row in backup_runs.every(read)]


def claim(shop: Shop, kind: Kind, due_on: date | None, folder: str, now: datetime) -> Run | None:
    """Begin a run, unless somebody is at one, it was done already, or it failed within the last hour; one that a person
    asks for (no `due_on`) waits for nobody's hour."""
    with store_errors(), shop.store.write() as write:
        runs = [_settled(write, run, shop, now) for run in map(_run, backup_runs.every(write))]
        if any(run.outcome is Outcome.RUNNING for run in runs):
            return None
        if due_on and not is_open(runs, kind, due_on, now):
            return None
        row = {
            "id": new_id(), "kind": kind.value, "due_on": due_on, "worker": HOLDER, "begun_at": now, "seen_at": now,
            "ended_at": None, "outcome": Outcome.RUNNING.value, "folder": folder, "orders": None, "bytes": None,
            "sentence": "",
        }  # fmt: skip
        backup_runs.add(write, row)
    _at_work.add(str(row["id"]))
    return _run(row)


def is_open(runs: list[Run], kind: Kind, due_on: date, now: datetime) -> bool:
    """Whether a day's run is still to be done, and may be tried now."""
    tried = [run for run in runs if run.kind is kind and run.due_on == due_on]
    is_done = any(run.outcome is Outcome.DONE for run in tried)
    return not is_done and not any(run.begun_at > now - _AGAIN for run in tried)


class Pulse:
    """Says once a minute that a run is still under way; to be called as often as one likes."""

    def __init__(self, shop: Shop, run: Run) -> None:
        self._shop, self._run, self._said = shop, run, run.begun_at

    def __call__(self) -> None:
        now = clock.now()
        if now - self._said >= _SAYS:
            self._said = now
            with self._shop.store.write() as write:
                backup_runs.change(write, self._run.id, {"seen_at": now})


def end(shop: Shop, run: Run, sentence: str = "", *, orders: int = 0, size: int = 0, is_done: bool = True) -> None:
    """Say what became of a run."""
    outcome = Outcome.DONE if is_done else Outcome.FAILED
    values = {
        "ended_at": clock.now(), "outcome": outcome.value, "orders": orders, "bytes": size, "sentence": sentence,
    }  # fmt: skip
    _at_work.discard(run.id)
    with store_errors(), shop.store.write() as write:
        backup_runs.change(write, run.id, values)


def forget_old(shop: Shop, kept: list[str], now: datetime) -> None:
    """Let go of runs that tell nothing any more; those of backups that are `kept` stay."""
    with store_errors(), shop.store.write() as write:
        backup_runs.forget(write, now - _REMEMBERED, kept)


def _settled(write: Writer, run: Run, shop: Shop, now: datetime) -> Run:
    """The run; failed, when whoever was at it is gone. A store of one process has nobody else at it."""
    is_elsewhere = run.worker != HOLDER and not shop.store.home.is_embedded
    is_alive = run.seen_at >= now - _SILENT if is_elsewhere else run.id in _at_work
    if run.outcome is not Outcome.RUNNING or is_alive:
        return run
    values: Row = {
        "outcome": Outcome.FAILED.value,
        "ended_at": now,
        "sentence": _("Comptoir was stopped while it was at it."),
    }
    backup_runs.change(write, run.id, values)
    return _run({**{name: getattr(run, name) for name in Run.__slots__}, **values})


def _run(row: Row) -> Run:
    values = {**row, "kind": Kind(row["kind"]), "outcome": Outcome(row["outcome"])}
    return Run(**{**values, "orders": row["orders"] or 0, "bytes": row["bytes"] or 0})
