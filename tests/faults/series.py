"""One shop, killed again and again: a life, a kill, the next life, and every promise held against the record."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from services.language import use
from tests.faults.child import Life
from tests.faults.homes import Homes
from tests.faults.mail_service import MoodyProvider
from tests.faults.nursery import Child, Nursery
from tests.faults.promises import Audit, Promise
from tests.faults.record import Record, State, Step
from tests.faults.tally import Tally
from tests.faults.wishes import Wishes
from tests.messages.provider import serving

PATIENCE = 300.0  # seconds after which a process that says nothing counts as one that does not start
MOST_AT_ONCE = 3
ZONE = "Europe/Paris"
_BEGINS = datetime(2026, 3, 27, 21, 0)
_NIGHTS = (datetime(2026, 3, 29, 0, 59, 55), datetime(2026, 10, 25, 0, 59, 55), datetime(2027, 3, 28, 0, 59, 55))


@dataclass(frozen=True)
class Pace:
    """When a process is killed: so many seconds after its birth, or after so many answers and `moment` seconds more, at
    random up to these; and every how many kills the store's own checks are asked."""

    opening: float
    answers: int
    moment: float
    checks: int


PACES = {False: Pace(0.3, 12, 0.1, 1), True: Pace(1.0, 4, 0.4, 5)}
LONGEST = 10.0  # seconds of work after which it is killed all the same


def run(homes: Homes, nursery: Nursery, folder: Path, seed: int, kills: int, until: float = float("inf")) -> Tally:
    """A shop by `seed`, killed so often (no more after the moment `until` of the monotonic clock), then left to come to
    its end; its figures."""
    started = time.monotonic()
    with homes.empty(folder / f"shop-{seed}") as environment, use("en"):
        dice = random.Random(seed)
        provider = MoodyProvider(dice=random.Random(seed + 1))
        with serving(provider):
            series = Series(homes, nursery, folder / f"shop-{seed}", environment, provider, dice, seed)
            for _kill in range(kills):
                if time.monotonic() < until:
                    series.live_and_die()
            series.end()
        series.tally.mails.update(provider.answers)
    series.tally.seconds = time.monotonic() - started
    return series.tally


class Series:
    """The lives of one shop."""

    def __init__(
        self,
        homes: Homes,
        nursery: Nursery,
        folder: Path,
        environment: dict[str, str],
        provider: MoodyProvider,
        dice: random.Random,
        seed: int,
    ) -> None:
        self._homes, self._nursery, self._folder, self._provider, self._dice = homes, nursery, folder, provider, dice
        self._environment = environment | _settings(provider.url)
        self._pace = PACES[homes.is_shared]
        self._outside = folder / "outside"  # not a place of the shop's
        self._outside.mkdir()
        self.record = Record(self._outside / "record.jsonl")
        self.tally = Tally(homes.name, [seed])
        self._wishes = Wishes(dice, self._outside)
        self._now = self._newest = _BEGINS
        self._lives = self._levels = 0
        self._waiting: dict[int, Step] = {}
        self._seed = seed

    def live_and_die(self) -> None:
        """A life from birth to SIGKILL, somewhere in its course."""
        self._lives += 1
        self.tally.where = f"{self._homes.name}, seed {self._seed}, life {self._lives}"
        if self._dice.random() < 0.04:
            return self._first_opening()
        self._turn_the_clock()
        is_upgraded = self._dice.random() < (0.06 if self._homes.is_shared else 0.12)
        self._levels += is_upgraded
        room = self._dice.choice([0, 3_000, 60_000]) if self._dice.random() < 0.1 else None
        life = Life(
            self._environment, str(self._folder), self._now, levels=self._levels, room=room,
            portion=self._dice.randint(2, 8),
        )  # fmt: skip
        child = self._born(life)
        began = time.monotonic()
        if self._dice.random() < (0.6 if is_upgraded else 0.12):
            self._hear(child, began + self._dice.random() * self._pace.opening)
            self._kill(child, "an upgrade" if is_upgraded else "opening the store")
        elif self._opens(child):
            self._audit(child, checks=self._lives % self._pace.checks == 0)
            self._work(child, self._dice.randint(0, self._pace.answers), self._dice.random() * self._pace.moment)
            self._kill(child, "work on a full disk" if room is not None else "work")
        self._now += timedelta(seconds=(time.monotonic() - began) * life.speed)

    def end(self) -> None:
        """Start once more, with a mail service that takes everything; let all come to its end and look at all."""
        self.tally.where = f"{self._homes.name}, seed {self._seed}, the end"
        self._provider.is_kind = True
        self._now = self._newest + timedelta(minutes=5)
        child = self._born(Life(self._environment, str(self._folder), self._now, levels=self._levels))
        if not self._opens(child):
            return
        self._audit(child, checks=False)
        told = self._ask(child, "settle", {})
        self.tally.hold(Promise.STARTS, told[0] == "done", f"what waits does not come to its end: {told}")
        self._audit(child, checks=True, is_end=True)
        child.kill()
        child.line.close()

    def _born(self, life: Life) -> Child:
        child = self._nursery.born()
        child.line.send(life)
        return child

    def _opens(self, child: Child) -> bool:
        self._hear(child, time.monotonic() + PATIENCE, until=lambda: self.record.levels >= 0 and self._is_open)
        self.tally.hold(Promise.STARTS, self._is_open, "it does not start again")
        if not self._is_open:
            self._kill(child, "not starting")
        return self._is_open

    _is_open = False

    def _hear(self, child: Child, deadline: float, until: Callable[[], bool] = lambda: False) -> None:
        """Take answers until a moment, or until enough was heard."""
        self._is_open = False
        while not until() and time.monotonic() < deadline:
            if not child.line.poll(max(0.0, min(deadline - time.monotonic(), 0.2))):
                continue
            try:
                number, how, answer = child.line.recv()
            except (EOFError, OSError):
                if not child.has_fallen:
                    self.tally.broken(Promise.STARTS, "the process fell by itself")
                child.has_fallen = True
                return
            if how == "opened":
                self._is_open, self.record.levels = True, answer
            else:
                self._settle(self._waiting.pop(number), how, answer)

    def _work(self, child: Child, answers: int, moment: float) -> None:
        child.line.send((0, "threads", {}))
        deadline, answered = time.monotonic() + LONGEST, 0
        while time.monotonic() < deadline and not child.has_fallen:
            if answered >= answers:
                deadline, answers = min(deadline, time.monotonic() + moment), 10**9
            while len(self._waiting) < MOST_AT_ONCE:
                self._send(child, self._again() or self._fresh())
            self._hear(child, deadline, until=lambda: len(self._waiting) < MOST_AT_ONCE)
            answered += MOST_AT_ONCE - len(self._waiting)

    def _fresh(self) -> Step:
        number = len(self.record.steps) + 1
        self._wishes.taken, self._wishes.now = self._provider.accepted_ids[-40:], self._now
        kind, given = self._wishes.next(number)
        step = Step(number, kind, given, self._now)
        self.record.steps.append(step)
        return step

    def _again(self) -> Step | None:
        """A step that comes once more with its key: its sender got no answer, or lost it."""
        if self._dice.random() > 0.12:
            return None
        near = [
            step for step in self.record.steps[-60:]
            if step.can_be_repeated and step.number not in self._waiting and step.state is not State.REFUSED
            and self._newest - step.at < timedelta(days=6)
        ]  # fmt: skip
        if not near:
            return None
        step = self._dice.choice(near)
        step.repeats += 1
        if step.state is State.GONE:
            step.state = State.ASKED
        return step

    def _send(self, child: Child, step: Step) -> None:
        self.record.asked(step)
        self.tally.asked[step.kind] += 1
        self._waiting[step.number] = step
        with suppress(OSError):
            child.line.send((step.number, step.kind, step.given))

    def _settle(self, step: Step, how: str, answer: Any) -> None:
        self.record.answered(step, how, answer)
        self.tally.steps[how] += 1
        if how == "broke":
            self.tally.broken(Promise.STARTS, f"{step.mark} ({step.kind} {step.given}) met {answer}")
        if step.state.must_be_there:  # a repeat
            is_same = how == "done" and (step.state is State.THERE or answer == step.answer)
            is_same = is_same or (how == "refused" and answer.startswith("Unavailable"))
            self.tally.hold(Promise.REPEATED, is_same, f"{step.mark}, again: {how} {answer} after {step.answer}")
            if how != "done":
                return
        step.state = State.ANSWERED if how == "done" else State.REFUSED
        step.answer = answer

    def _kill(self, child: Child, at: str) -> None:
        self.tally.hold(Promise.STARTS, child.kill() or child.has_fallen, "the process had fallen already")
        self.tally.kills[at] += 1
        with suppress(EOFError, OSError):
            while child.line.poll():  # what it answered before it died is answered
                number, how, answer = child.line.recv()
                if how == "opened":
                    self.record.levels = answer
                elif number in self._waiting:
                    self._settle(self._waiting.pop(number), how, answer)
        self.tally.steps["not answered"] += len(self._waiting)
        self._waiting.clear()
        child.line.close()

    def _ask(self, child: Child, kind: str, given: dict[str, Any]) -> tuple[str, Any]:
        child.line.send((0, kind, given))
        if not child.line.poll(PATIENCE):
            return "silent", None
        try:
            return child.line.recv()[1:]
        except (EOFError, OSError):
            return "fell", None

    def _audit(self, child: Child, *, checks: bool, is_end: bool = False) -> None:
        how, seen = self._ask(child, "look", {"checks": checks})
        if how != "done":
            return self.tally.broken(Promise.STARTS, f"it cannot be looked at: {how} {seen}")
        self._wishes.seen = seen
        Audit(self.record, seen, self._provider.accepted_ids, self.tally, is_end=is_end).judge()
        if not checks:
            self.tally.promises[Promise.CHECKS] -= 1
        self._judge_upgrades(seen)
        self._judge_copies()

    def _judge_upgrades(self, seen: dict[str, Any]) -> None:
        known = seen["migrations"]
        there = {number for number in known if number in seen["invented"]}
        is_whole = all(both == (True, True) for both in seen["invented"].values()) and set(seen["invented"]) == there
        self.tally.hold(Promise.UPGRADES, is_whole, f"an upgrade is half: {known}, {seen['invented']}")
        is_there = len(there) >= self.record.levels
        self.tally.hold(Promise.UPGRADES, is_there, f"an upgrade is gone: {there}, there were {self.record.levels}")

    def _judge_copies(self) -> None:
        for copy in self._folder.glob("shop.duckdb.before-*"):
            if copy.name.endswith((".wal", ".tmp", ".part")):
                continue
            is_whole = True
            try:
                with duckdb.connect(str(copy), read_only=True) as con:
                    con.execute("select count(*) from orders")
            except duckdb.Error:
                is_whole = False
            self.tally.hold(Promise.UPGRADES, is_whole, f"the copy {copy.name} is half")
            copy.unlink()
        for backup in [*self._outside.glob("backup-*"), *self._folder.glob("files/backups/before-*")]:
            self.tally.hold(Promise.UPGRADES, _is_proven(backup), f"the backup {backup.name} is not whole")
        answered = [step for step in self.record.of("back_up") if step.state is State.ANSWERED]
        for step in answered:
            self.tally.hold(Promise.ANSWERED, Path(step.given["folder"]).exists(), f"backup of {step.mark} is missing")

    def _first_opening(self) -> None:
        """A shop of its own that is killed while its tables are made."""
        with self._homes.empty(self._folder / f"new-{self._lives}", is_warm=False) as environment:
            life = Life(_settings(self._provider.url) | environment, str(self._folder), self._now)
            child = self._born(life)
            self._hear(child, time.monotonic() + self._dice.random() * self._pace.opening * 3)
            self._kill(child, "the first opening")
            child = self._born(life)
            if self._opens(child):
                how, seen = self._ask(child, "look", {"checks": True})
                is_sound = how == "done" and not seen["checks"] and len(seen["migrations"]) > 1
                self.tally.hold(Promise.UPGRADES, is_sound, f"a new shop is half: {how} {seen}")
                child.kill()
                child.line.close()

    def _turn_the_clock(self) -> None:
        """On by a little, by a day, to just before a night that is an hour shorter or longer; or back."""
        fallen = self._dice.random()
        if fallen < 0.08:
            self._now += timedelta(days=1)
        elif fallen < 0.16:
            self._now = next((night for night in _NIGHTS if night > self._newest), self._now)
        elif fallen < 0.22:
            self._now -= timedelta(hours=self._dice.choice([1, 48]))
        elif fallen < 0.35:
            self._now += timedelta(minutes=self._dice.randint(1, 90))
        self._newest = max(self._newest, self._now)


def _settings(url: str) -> dict[str, str]:
    return {
        "COMPTOIR_SECRET": "a secret for tests only",
        "COMPTOIR_SHOP_NAME": "Chez Élise",
        "COMPTOIR_MERCHANT_EMAIL": "elise@example.com",
        "COMPTOIR_SENDER_EMAIL": "no-reply@example.com",
        "COMPTOIR_TIME_ZONE": ZONE,
        "COMPTOIR_COOLING_OFF": "2",
        "SENDGRID_API_KEY": "SG.test",
        "COMPTOIR_SENDGRID_URL": url,
    }


def _is_proven(folder: Path) -> bool:
    """Whether every file of a backup is as its list of sums says."""
    sums = folder / "SHA256SUMS"
    if not sums.exists():
        return False
    for told in sums.read_text(encoding="utf-8").splitlines():
        digest, name = told.split(maxsplit=1)
        if hashlib.sha256((folder / name.lstrip("*")).read_bytes()).hexdigest() != digest:
            return False
    return True
