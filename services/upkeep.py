"""Upkeep of the store while the app runs: a thread that now and then does what is due."""

from __future__ import annotations

import logging
import threading

from data import maintenance
from services import clock
from services.shop import Shop

FIRST, EVERY = 120.0, 900.0  # seconds after the start, and between two turns

log = logging.getLogger("comptoir")


class Upkeep:
    """Sorts words, puts small files together and lets old snapshots go, until `stop`."""

    def __init__(self, shop: Shop, first: float = FIRST, every: float = EVERY) -> None:
        self._shop, self._first, self._every = shop, first, every
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, within: float = 1.0) -> None:
        """End after what is under way, waiting `within` seconds for it at most: what is broken off leaves no trace."""
        self._ending.set()
        self._thread.join(within)

    def _run(self) -> None:
        pause = self._first
        while not self._ending.wait(pause):
            pause = self._every
            done = maintenance.tend(self._shop.store, clock.now())
            if done:
                log.info("Upkeep: %s", ", ".join(done))
