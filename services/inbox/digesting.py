"""Digesting what came in: a thread that reads kept webhooks, oldest first, and does what they say.

A webhook and what it changes are one transaction: killed in between, it waits yet and is digested at the next start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from data import inbox
from data.store import Row, Writer
from services import clock
from services.errors import store_errors
from services.inbox import sendgrid
from services.inbox.letters import Digested, Outcome, Source
from services.shop import Shop

log = logging.getLogger("comptoir.inbox")

# Webhooks, and bytes of them, in one transaction: others must have their turn to write too.
MOST, LARGEST = 200, 1_000_000
EVERY = 10.0  # seconds between two looks when nobody wakes it: what another process kept, or a dead one
GATHERING = 0.3  # seconds after it was woken: what comes in one by one is digested together
LONGEST_BACK_OFF = 60.0

Digest = Callable[[Writer, Sequence[Row], datetime], list[Digested]]
DIGESTS: dict[Source, Digest] = {Source.SENDGRID: sendgrid.digest}


def turn(shop: Shop, now: datetime) -> int:
    """Digest the oldest of what waits; how many webhooks were settled. One that cannot be digested is set aside and
    holds up no other. Raises `Unavailable` when the store fails: then all of it waits yet."""
    with store_errors():
        with shop.store.read() as read:
            rows = inbox.waiting(read, Outcome.WAITING, MOST, LARGEST)
        if not rows:
            return 0
        try:
            return _digest(shop, rows, now)
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            return sum(_digest_alone(shop, row, now) for row in rows)


def _digest_alone(shop: Shop, row: Row, now: datetime) -> int:
    try:
        return _digest(shop, [row], now)
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        log.exception("A webhook of %s cannot be digested", row["source"])
        failed = Digested(Outcome.FAILED, detail=type(error).__name__)
        with shop.store.write() as write:
            inbox.settle(write, [_settled(row, failed, now)])
        return 1


def _digest(shop: Shop, rows: Sequence[Row], now: datetime) -> int:
    with shop.store.write() as write:
        theirs = inbox.still(write, [row["id"] for row in rows], Outcome.WAITING)
        rows = [row for row in rows if row["id"] in theirs]
        settled = []
        for source in Source:
            of_source = [row for row in rows if row["source"] == source]
            fresh, repeated = _apart(write, source, of_source)
            settled += [_settled(row, Digested(Outcome.REPEATED), now) for row in repeated]
            if fresh:
                done = DIGESTS[source](write, fresh, now)
                settled += [_settled(row, one, now) for row, one in zip(fresh, done, strict=True)]
        if settled:
            inbox.settle(write, settled)
    return len(settled)


def _apart(write: Writer, source: Source, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What is new, and what came before word for word."""
    seen = inbox.known(write, source, [row["content_hash"] for row in rows], Outcome.DIGESTED) if rows else set()
    fresh: list[Row] = []
    repeated: list[Row] = []
    for row in rows:
        (repeated if row["content_hash"] in seen else fresh).append(row)
        seen.add(row["content_hash"])
    return fresh, repeated


def _settled(row: Row, done: Digested, now: datetime) -> Row:
    return {
        "id": row["id"],
        "outcome": done.outcome.value,
        "event_count": done.events,
        "unknown_count": done.unknown,
        "detail": done.detail,
        "digested_at": now,
    }


class Digester:
    """The background thread."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._woken, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._is_failing = False

    def start(self) -> None:
        """Begin, with what a dead process left."""
        self._thread.start()

    def wake(self) -> None:
        """Something came in."""
        self._woken.set()

    def stop(self, within: float = 1.0) -> None:
        """End after what is under way, waiting `within` seconds for it at most: what is broken off leaves no trace."""
        self._ends.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(within)

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        back_off = EVERY
        while not self._ends.is_set():
            self._woken.clear()
            try:
                is_busy = turn(self._shop, clock.now()) > 0
                self._is_failing, back_off = False, EVERY
            except Exception as error:  # the thread must outlive whatever a turn meets
                self._fares_ill(error)
                is_busy, back_off = False, min(back_off * 2, LONGEST_BACK_OFF)
                self._ends.wait(1.0)
            if not is_busy and self._woken.wait(back_off):
                self._ends.wait(GATHERING)

    def _fares_ill(self, error: Exception) -> None:
        """Log the first failure of a row of them."""
        if not self._is_failing and not self._ends.is_set():
            self._is_failing = True
            log.error("Webhooks cannot be digested just now and wait: %s", error)
