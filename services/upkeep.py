"""What the shop does by itself while the app runs: a thread that now and then does what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data import maintenance, refreshing
from services import clock, logs, metrics
from services.alerts import watching
from services.backups import scheduled as backups
from services.errors import ShopError, store_errors
from services.goods import turn as goods
from services.inbox.upkeep import inbox_turn
from services.orders import unpaid
from services.scheduled import sending
from services.shop import Shop

FIRST, EVERY = 120.0, 900.0  # seconds after the start, and between two turns

log = logging.getLogger("comptoir")


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that is due now and then. `first` seconds after the start, then `every` seconds; `run` answers with
    what was done, in words for the log. `alone`: of all processes on a shared store one takes it at a time, and all of
    them together so often."""

    first: float
    every: float
    run: Callable[[Shop, datetime], Sequence[str]]
    alone: bool = True

    @property
    def name(self) -> str:
        """What the log and the figures call it."""
        return f"{self.run.__module__.rpartition('.')[2]}.{self.run.__name__}"


def store_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Sorts the words of a store in a file, and writes its log into it."""
    return maintenance.tend(shop.store, now) if shop.store.home.is_embedded else ()


def lake_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Keeps the files of a shared store few and its catalogue small; looks often, for what waits there is fetched with
    every question, and where nothing is due a look costs next to nothing."""
    return () if shop.store.home.is_embedded else maintenance.tend(shop.store, now)


def figures_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Writes kept figures anew of what has changed."""
    count = refreshing.refresh(shop.store, refreshing.AT_ONCE) if refreshing.is_due(shop.store) else 0
    return [f"wrote the figures of {count} orders anew"] if count else []


TURNS: tuple[Turn, ...] = (
    Turn(5.0, 60.0, figures_turn),
    Turn(FIRST, EVERY, store_turn),
    Turn(20.0, 60.0, lake_turn),
    Turn(300.0, 3600.0, unpaid.turn),
    Turn(goods.FIRST, goods.EVERY, goods.goods_turn),
    Turn(600.0, 86_400.0, inbox_turn),
    Turn(watching.FIRST, watching.EVERY, watching.alerts_turn),
    Turn(sending.FIRST, sending.EVERY, sending.reports_turn),
    Turn(backups.FIRST, backups.EVERY, backups.backups_turn),
)


class Upkeep:
    """A thread that takes every turn when it is due, until `stop`."""

    def __init__(self, shop: Shop, turns: Sequence[Turn] = TURNS) -> None:
        self._shop, self._turns = shop, turns
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, within: float = 1.0) -> None:
        """End after what is under way, waiting `within` seconds for it at most: what is broken off leaves no trace."""
        self._ending.set()
        self._thread.join(within)

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        waits = [turn.first for turn in self._turns]
        while not self._ending.wait(pause := min(waits)):
            waits = [wait - pause for wait in waits]
            for index, turn in enumerate(self._turns):
                if waits[index] <= 0 and not self._ending.is_set():
                    waits[index] = turn.every
                    self._take(turn)

    def _take(self, turn: Turn) -> None:
        """One turn; what fails is told to the log and tried again the next time, and the others have theirs."""
        with logs.about(logs.new_id()):
            try:
                with metrics.timed(metrics.TURN_SECONDS, turn.name):
                    done = self._taken(turn)
            except ShopError as error:
                metrics.TURN_FAILURES.labels(turn.name).inc()
                log.warning("Upkeep, left for later: %s", error)
            except Exception:
                metrics.TURN_FAILURES.labels(turn.name).inc()
                log.exception("Upkeep, left for later")
            else:
                if done:
                    logs.event("turn", turn=turn.name, done=", ".join(done))

    def _taken(self, turn: Turn) -> Sequence[str]:
        if not turn.alone:
            return turn.run(self._shop, clock.now())
        with store_errors(), self._shop.store.turn(turn.name, turn.every) as is_ours:
            return turn.run(self._shop, clock.now()) if is_ours else ()
