"""Backups that are made by themselves: once a day by one process, kept in rotation, tried each week, never silent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import backup_runs
from data.backup import Manifest, TableBackup
from data.backup_reading import read_manifest
from services import clock, profile
from services.backups import drill, making, runs, scheduled, standing
from services.backups.drill import Drilled
from services.backups.runs import Kind, Outcome
from services.errors import Conflict, Invalid
from services.shop import Shop
from tests.orders.sample import draft, keep

# 03:00 in Paris is 02:00 UTC in winter
FRIDAY = datetime(2026, 3, 13, 2, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def backed(shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop of one order whose backups go to `folder`."""
    keep(shop, draft())
    shop.settings = replace(shop.settings, backups=str(folder))
    yield shop


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups that say what they would hold, and trials that find nothing."""
    monkeypatch.setattr(drill, "drill", lambda folder, settings, told: Drilled(1, 1))
    monkeypatch.setattr(making, "make", said)


def said(shop: Shop, folder: Path, now: datetime, told: object = None) -> Manifest:
    folder.mkdir(parents=True)
    manifest = Manifest(2, 1, f"{now.isoformat()}Z", {"orders": TableBackup(1)})
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)))
    return manifest


def due(shop: Shop, now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Kind, Outcome]]:
    monkeypatch.setattr(clock, "now", lambda: now)
    return [(run.kind, run.outcome) for run in scheduled.run_due(shop, now)]


def rule(shop: Shop, **changes: object) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, changes, "merchant", FRIDAY)


def test_the_first_backup_is_made_at_once_and_tried(
    backed: Shop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert due(backed, FRIDAY - timedelta(hours=9), monkeypatch) == [
        (Kind.BACKUP, Outcome.DONE),
        (Kind.DRILL, Outcome.DONE),
    ]
    (made,) = scheduled.kept(folder)
    assert read_manifest(folder / made.name).tables["orders"].rows == made.orders == 1
    assert [place.name for place in tmp_path.iterdir() if place.name.startswith(".drill")] == []
    found = standing.standing(backed, FRIDAY)
    assert found.last
    assert found.drill
    assert (found.trouble, found.last.folder, found.drill.folder) == ("", made.name, made.name)


@pytest.mark.usefixtures("light")
def test_one_backup_a_day_at_the_hour_of_the_shop(backed: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due(backed, FRIDAY, monkeypatch)
    assert due(backed, FRIDAY + timedelta(hours=23, minutes=59), monkeypatch) == []
    assert due(backed, FRIDAY + timedelta(hours=24), monkeypatch) == [(Kind.BACKUP, Outcome.DONE)]
    # Sunday: the weekly trial
    sunday = due(backed, FRIDAY + timedelta(hours=48), monkeypatch)
    assert sunday == [(Kind.BACKUP, Outcome.DONE), (Kind.DRILL, Outcome.DONE)]
    # three days off: one is made, not three
    assert due(backed, FRIDAY + timedelta(days=5), monkeypatch) == [(Kind.BACKUP, Outcome.DONE)]
    assert len(scheduled.kept(folder)) == 4


@pytest.mark.usefixtures("light")
def test_old_ones_go_and_what_is_not_ours_stays(backed: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(backed, backup_daily=2, backup_weekly=0)
    due(backed, FRIDAY, monkeypatch)
    theirs = folder / "comptoir-2020-01-01-030000"
    said(backed, theirs, datetime(2020, 1, 1))
    (folder / "notes.txt").write_text("mine")
    for days in (1, 2, 3):
        due(backed, FRIDAY + timedelta(days=days), monkeypatch)
    made_on = [one.made_at.day for one in scheduled.kept(folder)]
    assert made_on == [16, 15, 1]
    assert theirs.exists()
    assert (folder / "notes.txt").exists()


def test_a_backup_that_fails_is_said_and_tried_again_within_the_day(
    backed: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("a file in the place of the folder")
    assert due(backed, FRIDAY, monkeypatch) == [(Kind.BACKUP, Outcome.FAILED)]
    assert "cannot be written" in standing.standing(backed, FRIDAY).trouble
    assert due(backed, FRIDAY + timedelta(minutes=30), monkeypatch) == []
    folder.unlink()
    done = due(backed, FRIDAY + timedelta(hours=2), monkeypatch)
    assert done == [(Kind.BACKUP, Outcome.DONE), (Kind.DRILL, Outcome.DONE)]
    assert standing.standing(backed, FRIDAY + timedelta(hours=2)).trouble == ""


@pytest.mark.usefixtures("light")
def test_a_backup_that_does_not_come_is_said(backed: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    due(backed, FRIDAY, monkeypatch)
    assert standing.standing(backed, FRIDAY + timedelta(hours=30)).trouble == ""
    assert "No backup was made since" in standing.standing(backed, FRIDAY + timedelta(hours=40)).trouble
    assert standing.standing(backed, FRIDAY + timedelta(hours=40)).next_at == FRIDAY + timedelta(days=2)


def test_a_damaged_backup_does_not_pass_its_trial(backed: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due(backed, FRIDAY, monkeypatch)
    (made,) = scheduled.kept(folder)
    file = folder / made.name / "orders.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    scheduled.ask(backed, Kind.DRILL, waits=True)
    assert "orders.parquet" in standing.standing(backed, FRIDAY).trouble
    shutil.rmtree(folder)
    scheduled.ask(backed, Kind.DRILL, waits=True)
    assert "There is no backup" in standing.standing(backed, FRIDAY).trouble


def test_a_store_that_is_not_sound_does_not_pass_either(
    backed: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with backed.store.write() as write:
        write.execute("update orders set line_count = 7")
    assert due(backed, FRIDAY, monkeypatch) == [(Kind.BACKUP, Outcome.DONE), (Kind.DRILL, Outcome.FAILED)]
    assert "not sound: lines are counted, orders have their card" in standing.standing(backed, FRIDAY).trouble


def test_of_many_processes_one_makes_it(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process is at is left to it; what a dead one was at is said to have failed."""
    monkeypatch.setattr(runs, "HOLDER", "elsewhere:1")
    first = runs.claim(any_shop, Kind.BACKUP, FRIDAY.date(), "one", FRIDAY)
    assert first
    runs._at_work.clear()
    monkeypatch.setattr(runs, "HOLDER", "here:1")
    if not any_shop.store.home.is_embedded:
        assert runs.claim(any_shop, Kind.BACKUP, None, "two", FRIDAY + timedelta(minutes=59)) is None
    later = FRIDAY + timedelta(minutes=61)
    second = runs.claim(any_shop, Kind.BACKUP, FRIDAY.date(), "two", later)
    assert second
    assert [run.outcome for run in runs.every(any_shop)] == [Outcome.RUNNING, Outcome.FAILED]
    runs.end(any_shop, first)  # it was not dead: too late, its row says what was told of it
    assert runs.every(any_shop)[1].sentence == "Comptoir was stopped while it was at it."
    runs.end(any_shop, second, orders=3, size=7)
    assert runs.claim(any_shop, Kind.BACKUP, FRIDAY.date(), "three", later) is None
    with any_shop.store.write() as write:
        backup_runs.forget(write, later + timedelta(days=1), ["two"])
    assert [(run.folder, run.orders) for run in runs.every(any_shop)] == [("two", 3)]


def test_a_person_asks_and_hears_why_not(backed: Shop, folder: Path) -> None:
    scheduled.ask(backed, Kind.BACKUP, waits=True)
    assert [one.orders for one in scheduled.kept(folder)] == [1]
    running = runs.claim(backed, Kind.BACKUP, None, "another", clock.now())
    assert running
    with pytest.raises(Conflict, match="under way"):
        scheduled.ask(backed, Kind.BACKUP)
    runs.end(backed, running)
    backed.settings = replace(backed.settings, backups="")
    with pytest.raises(Invalid, match="No folder"):
        scheduled.ask(backed, Kind.BACKUP)
    assert scheduled.backups_turn(backed, clock.now()) == []
