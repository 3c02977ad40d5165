"""How backups stand: the last one, the last trial, and what is wrong, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from services import clock
from services.backups import runs, scheduled
from services.backups.runs import Kind, Outcome, Run
from services.language import _, day
from services.scheduled.schedule import last_due, next_due
from services.shop import Shop

# How late a backup may be before it is missed, and how old the last trial that went well.
LATE, STALE = timedelta(hours=12), timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Standing:
    """`folder` is None where no backups are made by themselves. `last` is the newest backup that was made, `drill` the
    newest trial that ended, `running` what is under way; `trouble` is empty while all is well."""

    folder: Path | None
    last: Run | None
    drill: Run | None
    running: Run | None
    next_at: datetime | None
    trouble: str


def standing(shop: Shop, now: datetime) -> Standing:
    """How they stand now."""
    rules = shop.profile()
    folder = scheduled.where(shop, rules)
    every = runs.every(shop)
    ended = [run for run in every if run.outcome is not Outcome.RUNNING]
    backups = [run for run in ended if run.kind is Kind.BACKUP]
    drills = [run for run in ended if run.kind is Kind.DRILL]
    last = next((run for run in backups if run.outcome is Outcome.DONE), None)
    running = next((run for run in every if run.outcome is Outcome.RUNNING), None)
    if folder is None:
        return Standing(None, last, next(iter(drills), None), running, None, "")
    schedule, zone = scheduled.daily(rules), rules.time_zone
    due_at = schedule.at(last_due(schedule, now, zone), zone)
    next_at = schedule.at(next_due(schedule, now, zone), zone)
    trouble = _of_backups(backups, last, due_at, now, zone) or _of_drills(drills, last, now, zone)
    return Standing(folder, last, next(iter(drills), None), running, next_at, trouble)


def _of_backups(backups: list[Run], last: Run | None, due_at: datetime, now: datetime, zone: str) -> str:
    if backups and backups[0].outcome is Outcome.FAILED:
        return _("The last backup failed: {reason}", reason=backups[0].sentence)
    if last and last.begun_at < due_at and now - due_at > LATE:
        return _("No backup was made since {day}.", day=day(clock.day(last.begun_at, zone)))
    return last.sentence if last else ""


def _of_drills(drills: list[Run], last: Run | None, now: datetime, zone: str) -> str:
    if drills and drills[0].outcome is Outcome.FAILED:
        return _("The last backup did not pass its trial: {reason}", reason=drills[0].sentence)
    if drills and last and now - drills[0].begun_at > STALE:
        return _("No backup was tried since {day}.", day=day(clock.day(drills[0].begun_at, zone)))
    return ""
