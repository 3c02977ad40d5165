"""The standing checks, run beside everything else, and what they said the last time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import preferences
from data.checks import Checked
from services import clock, soundness
from services.errors import ShopError, store_errors
from services.language import _
from services.people import SYSTEM
from services.shop import Shop

log = logging.getLogger("comptoir")

_KEPT = "last_check"  # the setting that holds what was said


@dataclass(frozen=True, slots=True)
class Said:
    """What the checks said: when, in how many seconds, how many there are, and those that found something."""

    at: datetime
    seconds: float
    count: int
    wrong: tuple[Checked, ...]


def run(shop: Shop, now: datetime) -> Said:
    """Check everything, and keep what was said. Reads one moment of the store while people go on working; some three
    minutes for a million orders. Raises `Unavailable`."""
    began = time.monotonic()
    with store_errors():
        found = soundness.look(shop).checks
        wrong = tuple(one for one in found if one.rows)
        said = Said(now, time.monotonic() - began, len(found), wrong)
        with shop.store.write() as write:
            preferences.put(write, {_KEPT: _kept(said)}, SYSTEM.name, now)
    return said


def last(shop: Shop) -> Said | None:
    """What they said the last time; None when they never ran."""
    with store_errors(), shop.store.read() as read:
        told: Mapping[str, Any] | None = preferences.every(read).get(_KEPT)
    if not told:
        return None
    wrong = tuple(Checked(one["name"], one["rows"], tuple(one["examples"])) for one in told["wrong"])
    return Said(datetime.fromisoformat(told["at"]), told["seconds"], told["count"], wrong)


def _kept(said: Said) -> dict[str, Any]:
    return {
        "at": said.at.isoformat(),
        "seconds": round(said.seconds, 1),
        "count": said.count,
        "wrong": [{"name": one.name, "rows": one.rows, "examples": list(map(str, one.examples))} for one in said.wrong],
    }


class Checking:
    """One run at a time in this process, in a thread of its own."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self.fault = ""  # why the last run came to nothing

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, shop: Shop) -> None:
        """Begin a run, unless one is under way; returns at once."""
        with self._starting:
            if not self.is_running:
                self.fault = ""
                self._thread = threading.Thread(target=self._run, args=(shop,), name="check", daemon=True)
                self._thread.start()

    def wait(self, within: float) -> None:
        """For the end of the run that is under way, so many seconds at most."""
        if self._thread:
            self._thread.join(within)

    def _run(self, shop: Shop) -> None:
        try:
            run(shop, clock.now())
        except ShopError as error:
            self.fault = error.sentence
        except Exception:
            log.exception("The checks could not be run")
            self.fault = _("The checks could not be run; the log of the shop says why.")


CHECKING = Checking()
