"""Taking a run back: what it brought goes, what it changed is as before, unless something has happened to it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data import import_befores, import_runs, intake
from services import clock
from services.errors import Conflict, store_errors
from services.imports.history import found_row
from services.imports.result import RunState
from services.language import _, use
from services.orders.statuses import EventKind
from services.people import Actor
from services.shop import Shop


@dataclass(frozen=True)
class Undone:
    """What became of a run's orders: `removed` were taken out, `restored` are what they were before the run; `kept`
    (id, number) were changed since and stay; `changed` is how many known orders stay as the run left them because
    nobody remembers what they were."""

    removed: int
    restored: int
    kept: tuple[tuple[str, str], ...]
    changed: int


def undo(shop: Shop, run_id: str, actor: Actor, now: datetime | None = None) -> Undone:
    """Undo a run, in one transaction. Raises `NotFound`, or `Conflict` when it is not finished or was undone."""
    at = now or clock.now()
    with store_errors(), use(shop.profile().language), shop.store.write() as write:
        row = found_row(import_runs.one(write, run_id))
        if row["undone_at"]:
            raise Conflict(_("This import was undone already."))
        if row["state"] != RunState.DONE:
            raise Conflict(_("This import put nothing into the shop."))
        kept = import_runs.touched(write, run_id)
        changed_since = import_befores.touched(write, run_id)
        gone = import_runs.untouched(write, run_id)
        intake.remove(write, gone)
        restored = import_befores.put_back(
            write, run_id, now=at, event=EventKind.IMPORT_CHANGED, actor=actor.name, reason=_("The import was undone.")
        )
        import_runs.mark_undone(write, run_id, at)
    stay = tuple((order["id"], order["number"]) for order in (*kept, *changed_since))
    return Undone(len(gone), restored, stay, row["changed_count"] - restored - len(changed_since))
