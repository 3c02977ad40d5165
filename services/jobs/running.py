"""The runner: one thread per process that takes jobs and does them, a portion of orders per transaction.

What is done and its result are written together, so a process that is killed leaves nothing half done, and whoever
takes the job up again goes on behind the last result.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from data import jobs as rows_of_jobs
from data.store import Row, Writer
from services import clock, language
from services.errors import ShopError, store_errors
from services.jobs import waking
from services.jobs.asking import known
from services.jobs.job import Item, Job, JobState, Outcome, Result
from services.jobs.kinds import WORK
from services.language import _
from services.shop import Shop

log = logging.getLogger("comptoir")

PORTION, PORTION_SHARED = 500, 2500  # orders of one transaction; on a store beside us a commit costs far more
LEASE = timedelta(seconds=120)  # longer than a portion can take; then its holder counts as dead
POLL, POLL_SHARED = 5.0, 2.0  # seconds between two looks; a job asked for in this process wakes the runner
LONGEST_BACK_OFF = 30.0  # seconds between two tries of a store that fails

HOLDER = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def run_all(shop: Shop, ends: threading.Event | None = None, holder: str = HOLDER) -> int:
    """Do every job that waits, until none does or `ends` is set; how many portions were done. Raises `Unavailable`
    when the store fails: the job goes on at the next call."""
    portions = 0
    while not (ends and ends.is_set()):
        job_id = claim(shop, holder)
        if job_id is None:
            return portions
        while portion(shop, job_id, holder):
            portions += 1
            if ends and ends.is_set():
                return portions
    return portions


def portion(shop: Shop, job_id: str, holder: str = HOLDER, now: datetime | None = None) -> bool:
    """Do the next orders of a job, or end it; False when there is nothing more to do for this holder. What fails as a
    whole is tried order by order, so that one bad order is one bad result."""
    try:
        return _portion(shop, job_id, holder, now or clock.now(), _size(shop))
    except ShopError:
        raise
    except Exception:
        log.exception("A portion of the job %s failed and is tried order by order", job_id)
        return _one_by_one(shop, job_id, holder, now or clock.now())


def _size(shop: Shop) -> int:
    return PORTION if shop.store.home.is_embedded else PORTION_SHARED


def claim(shop: Shop, holder: str = HOLDER) -> str | None:
    """Take the oldest job that nobody works on; its id, or None when there is none."""
    with store_errors():
        with shop.store.read() as read:
            if not rows_of_jobs.unfinished(read, [state for state in JobState if state.is_open]):
                return None
        now = clock.now()
        with shop.store.write() as write:
            return rows_of_jobs.claim(
                write,
                JobState.WAITING,
                JobState.RUNNING,
                holder,
                now=now,
                until=now + LEASE,
                is_alone=shop.store.home.is_embedded,
            )


def _portion(shop: Shop, job_id: str, holder: str, now: datetime, size: int) -> bool:
    with store_errors(), shop.store.write() as write:
        if not rows_of_jobs.hold(write, job_id, JobState.RUNNING, holder, now + LEASE):
            return False
        job = known(write, job_id)
        with language.use(job.language):
            items = _apart(rows_of_jobs.next_items(write, job_id, size))
            if not items:
                WORK[job.kind].finished(write, shop, job, now)
                values = {"state": JobState.DONE.value, "finished_at": now, "holder": ""}
                rows_of_jobs.change(write, job_id, values)
                return False
            _keep(write, job, WORK[job.kind].take(write, shop, job, items, now), now)
            return True


def _one_by_one(shop: Shop, job_id: str, holder: str, now: datetime) -> bool:
    """The items of one portion, each in a transaction of its own; what fails then is a result that says so."""
    for _turn in range(_size(shop)):
        try:
            if not _portion(shop, job_id, holder, now, 1):
                return False
        except ShopError:
            raise
        except Exception:
            log.exception("An order of the job %s failed", job_id)
            if not _settle_as_failed(shop, job_id, holder, now):
                return False
    return True


def _settle_as_failed(shop: Shop, job_id: str, holder: str, now: datetime) -> bool:
    with store_errors(), shop.store.write() as write:
        if not rows_of_jobs.hold(write, job_id, JobState.RUNNING, holder, now + LEASE):
            return False
        job = known(write, job_id)
        with language.use(job.language):
            items = _apart(rows_of_jobs.next_items(write, job_id, 1))
            if not items:  # it was the end that failed: a person looks at it
                values = {"state": JobState.FAILED.value, "finished_at": now, "holder": ""}
                fault = _("Comptoir made a mistake. The log of the server says more.")
                rows_of_jobs.change(write, job_id, values | {"fault": fault})
                return False
            _keep(write, job, [failed(item) for item in items], now)
            return True


def failed(item: Item) -> Result:
    """The result of an order at which we made a mistake."""
    sentence = _("Comptoir made a mistake with this order. The log of the server says more.")
    return Result(item.position, item.order_id, Outcome.FAILED, sentence)


def _apart(rows: Sequence[Row]) -> list[Item]:
    """Each order once; an item whose order is among them already is for a later portion."""
    items: dict[str, Item] = {}
    for row in rows:
        items.setdefault(row["order_id"], Item(row["order_id"], row["params"], row["version"], row["position"]))
    return list(items.values())


def _keep(write: Writer, job: Job, results: Sequence[Result], now: datetime) -> None:
    rows_of_jobs.add_results(
        write,
        job.id,
        [
            {
                "position": result.position,
                "order_id": result.order_id,
                "outcome": result.outcome.value,
                "sentence": result.sentence,
                "event_id": result.event_id,
                "message_count": result.messages,
                "happened_at": now,
            }
            for result in results
        ],
    )


class Runner:
    """The thread that does jobs, until `stop`."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin; jobs that a dead process left are taken up."""
        self._thread.start()

    def end(self) -> None:
        """Begin no further portion; returns at once."""
        self._ends.set()
        waking.wake()

    def stop(self, within: float = 1.0) -> None:
        """End after the portion that is under way, waiting `within` seconds for it at most: what is broken off leaves
        no trace, and is done at the next start."""
        self.end()
        if self._thread.is_alive():
            self._thread.join(within)

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        poll = POLL if self._shop.store.home.is_embedded else POLL_SHARED
        pause = poll
        while not self._ends.is_set():
            try:
                run_all(self._shop, self._ends)
                pause = poll
            except Exception as error:  # the thread must outlive whatever a job meets
                log.warning("Jobs, left for later: %s", error)
                pause = min(pause * 2, LONGEST_BACK_OFF)
            if not self._ends.is_set():
                waking.wait(pause)
