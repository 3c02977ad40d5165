"""Backups that are made by themselves, every day at an hour of the shop's clock; each week the newest is tried.

A thread of its own does the work, so that nothing else that is due waits for it; the runs in the store see to it that
of many processes one is at it.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from data.backup_reading import look_at
from data.errors import StoreError
from data.ids import new_id
from services import clock, language
from services.backups import drill as drills
from services.backups import making, rotation, runs
from services.backups.leftovers import sweep
from services.backups.runs import Kind, Outcome, Pulse, Run
from services.errors import Conflict, Invalid, ShopError, store_errors
from services.language import _
from services.profile import Profile
from services.scheduled.schedule import Rhythm, Schedule, last_due
from services.shop import Shop

FIRST, EVERY = 90.0, 120.0  # seconds after the start, and between two looks

FOLDER, HOUR, DAILY, WEEKLY = "backup_folder", "backup_hour", "backup_daily", "backup_weekly"

_ABANDONED = 3600  # seconds

log = logging.getLogger("comptoir")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that lies in the folder: its name, when it was made (UTC), and what it holds."""

    name: str
    made_at: datetime
    orders: int
    bytes: int
    version: str


def where(shop: Shop, rules: Profile) -> Path | None:
    """The folder of the backups: what Settings say, else COMPTOIR_BACKUPS; None when none are made by themselves."""
    found = str(rules.rule(FOLDER)) or shop.settings.backups
    return Path(found).absolute() if found else None


def try_folder(given: str) -> None:
    """Raise `Invalid` with a sentence when backups cannot be written to a folder; it is made. None is fine."""
    try:
        if given:
            folder = Path(given).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            (trial := folder / f".{new_id()}").touch()
            trial.unlink()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Invalid(_("Backups cannot be written to {folder}: {reason}.", folder=given, reason=reason)) from error


def daily(rules: Profile) -> Schedule:
    """When backups are made."""
    return Schedule(Rhythm.DAILY, hour=int(rules.rule(HOUR)))


def weekly(rules: Profile) -> Schedule:
    """When the newest is tried: on Sundays, right after it was made."""
    return Schedule(Rhythm.WEEKLY, weekday=7, hour=int(rules.rule(HOUR)))


def backups_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Begin what is due, on a thread of its own."""
    if _at_work.locked() or not _due(shop, now):
        return []
    threading.Thread(target=_quietly, args=(shop, now), name="backup", daemon=True).start()
    return ["began a backup or a trial of one"]


def run_due(shop: Shop, now: datetime) -> list[Run]:
    """Make and try what is due now, one after the other; the runs as they ended."""
    ended = []
    with _at_work, language.use(shop.profile().language):
        while due := _due(shop, now):
            run = _begun(shop, *due, now)
            if run is None:
                break
            ended.append(_done(shop, run, now))
    return ended


def ask(shop: Shop, kind: Kind, *, waits: bool = False) -> None:
    """Begin a backup or a trial now, on a thread of its own. Raises `Conflict` while one is under way, `Invalid` when
    there is no folder for it."""
    now = clock.now()
    run = _begun(shop, kind, None, now)
    if run is None:
        raise Conflict(_("A backup, or a trial of one, is under way."))
    thread = threading.Thread(target=_asked, args=(shop, run, now), name="backup", daemon=True)
    thread.start()
    if waits:
        thread.join()


def kept(folder: Path) -> list[Kept]:
    """The whole backups that lie in `folder`, newest first. Others than ours are among them when somebody put them
    there."""
    found = []
    with suppress(OSError):
        for place in folder.iterdir():
            if place.name.startswith(".") or not place.is_dir():
                continue
            with suppress(StoreError, ValueError, KeyError):
                said = look_at(place)
                made_at = datetime.fromisoformat(said.made_at.removesuffix("Z"))
                found.append(Kept(place.name, made_at, said.tables["orders"].rows, said.bytes, said.version))
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def _due(shop: Shop, now: datetime) -> tuple[Kind, date] | None:
    """What is to be done now: a backup of the day; once a week, and after the very first, a trial of the newest."""
    rules = shop.profile()
    if where(shop, rules) is None:
        return None
    every = runs.every(shop)
    day, week = (last_due(schedule, now, rules.time_zone) for schedule in (daily(rules), weekly(rules)))
    if runs.is_open(every, Kind.BACKUP, day, now):
        return Kind.BACKUP, day
    has_any = any(run.kind is Kind.BACKUP and run.outcome is Outcome.DONE for run in every)
    return (Kind.DRILL, week) if has_any and runs.is_open(every, Kind.DRILL, week, now) else None


def _begun(shop: Shop, kind: Kind, day: date | None, now: datetime) -> Run | None:
    folder = _folder(shop)
    name = f"comptoir-{now:%Y-%m-%d-%H%M%S}-{new_id()[-4:]}"
    if kind is Kind.DRILL:
        name = next((one.name for one in kept(folder) if one.name in _ours(shop)), "")
    return runs.claim(shop, kind, day, name, now)


def _folder(shop: Shop) -> Path:
    folder = where(shop, shop.profile())
    if folder is None:
        raise Invalid(_("No folder for backups is set."))
    return folder


def _ours(shop: Shop) -> set[str]:
    """The names of the backups that this shop made: another one's may lie in the same folder."""
    return {run.folder for run in runs.every(shop) if run.kind is Kind.BACKUP}


def _done(shop: Shop, run: Run, now: datetime) -> Run:
    """Do a run; it ends whatever happens."""
    try:
        if run.kind is Kind.BACKUP:
            _backup(shop, run, _folder(shop), now)
        else:
            _drill(shop, run, _folder(shop))
    except ShopError as error:
        _failed(shop, run, error.sentence)
    except Exception as error:
        log.exception("A backup failed")
        _failed(shop, run, _("Something went wrong inside: {reason}.", reason=type(error).__name__))
    return next(one for one in runs.every(shop) if one.id == run.id)


def _backup(shop: Shop, run: Run, folder: Path, now: datetime) -> None:
    with store_errors():
        manifest = making.make(shop, folder / run.folder, now, Pulse(shop, run))
    sweep(folder, ".comptoir-*.part", _ABANDONED)  # broken off, or only half taken away
    left = _rotate(shop, folder, shop.profile())
    runs.end(shop, run, left, orders=manifest.tables["orders"].rows, size=manifest.bytes)
    runs.forget_old(shop, [one.name for one in kept(folder)], now)


def _drill(shop: Shop, run: Run, folder: Path) -> None:
    if not run.folder:
        return _failed(shop, run, _("There is no backup in {folder} to try.", folder=folder))
    found = drills.drill(folder / run.folder, shop.settings, Pulse(shop, run))
    if found.fault:
        return _failed(shop, run, found.fault)
    runs.end(shop, run, orders=found.orders, size=found.bytes)


def _rotate(shop: Shop, folder: Path, rules: Profile) -> str:
    """Let go of backups that are not kept any more, of those that this shop made; a sentence when one would not."""
    ours = _ours(shop)
    made_on = {
        one.name: (clock.day(one.made_at, rules.time_zone), one.made_at.isoformat())
        for one in kept(folder)
        if one.name in ours
    }
    stay = rotation.kept(made_on, int(rules.rule(DAILY)), int(rules.rule(WEEKLY)))
    for name in sorted(set(made_on) - stay):
        try:
            # the name goes first: what is half taken away does not look like a backup
            going = (folder / name).rename(folder / f".{name}.part")
            shutil.rmtree(going)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _("The old backup {name} cannot be removed: {reason}.", name=name, reason=reason)
    return ""


def _failed(shop: Shop, run: Run, sentence: str) -> None:
    log.error("%s of %s failed: %s", run.kind.value.capitalize(), run.folder, sentence)
    runs.end(shop, run, sentence, is_done=False)


def _asked(shop: Shop, run: Run, now: datetime) -> None:
    with language.use(shop.profile().language):
        _done(shop, run, now)


def _quietly(shop: Shop, now: datetime) -> None:
    """For a thread: what fails stands in the runs, or, when the store is away, in the log."""
    try:
        run_due(shop, now)
    except ShopError as error:
        log.warning("Backups, left for later: %s", error.sentence)
    except Exception:
        log.exception("Backups, left for later")


_at_work = threading.Lock()
