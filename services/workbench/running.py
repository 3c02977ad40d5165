"""Questions under way: each runs in a thread of its own, within its time, its rows and its memory, until it is done or
stopped."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from data import workbench, workbench_kept
from data.errors import SqlRefused, StoreError
from data.ids import new_id
from data.workbench_check import Checked
from data.workbench_faults import Stopped
from services import clock
from services.errors import Conflict, ShopError, Unavailable
from services.language import _, current, n_, number, use
from services.people import Actor
from services.shop import Shop
from services.workbench import answer as answers
from services.workbench.answer import Answer
from services.workbench.faults import fault
from services.workbench.parameters import Value
from services.workbench.views import words

MOST_ROWS = 10_000  # on a screen
MOST_LETTERS = 20_000_000  # of an answer on a screen, in all its cells
MOST_AT_ONCE = 3  # questions of one process
MOST_MEMORY = 1_000_000_000  # bytes that the process may grow by while a question runs
RULE = "workbench_seconds"

log = logging.getLogger("comptoir")
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class State(StrEnum):
    """Where a question is."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"


class Watch:
    """Breaks a question off when its time is over, when it eats too much memory, or when nobody waits for it."""

    def __init__(self, asked: workbench.Question, seconds: float, is_wanted: Callable[[], bool]) -> None:
        self._asked, self._seconds, self._is_wanted = asked, seconds, is_wanted
        self._done = threading.Event()
        self.why: State | None = None
        self._thread = threading.Thread(target=self._run, name="workbench-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join(1)

    def _run(self) -> None:
        end, grown = time.monotonic() + self._seconds, _memory() + MOST_MEMORY
        while not self._done.wait(0.05):
            if not self.why:
                if not self._is_wanted():
                    self.why = State.STOPPED
                elif time.monotonic() > end:
                    self.why = State.TOO_SLOW
                elif _memory() > grown:
                    self.why = State.TOO_LARGE
            if self.why:  # again and again: what begins right after an interruption is not interrupted
                self._asked.stop()


class Run:
    """A question that was asked. `state` and what belongs to it change in another thread."""

    def __init__(
        self,
        shop: Shop,
        checked: Checked,
        values: Mapping[str, Value],
        typed: Mapping[str, Mapping[str, str]],
        actor: Actor,
        seconds: float,
    ) -> None:
        self.id = new_id()
        self.text, self.values, self.typed = checked.text, dict(values), typed
        self.actor, self.seconds = actor, seconds
        self._language = current()
        self.state = State.RUNNING
        self.answer: Answer | None = None
        self._shop, self._checked = shop, checked
        self._error: StoreError | None = None
        self._begun, self._took = time.monotonic(), 0.0
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._wanted.set()

    @property
    def took(self) -> float:
        """Seconds, until now or until the end."""
        return time.monotonic() - self._begun if self.state is State.RUNNING else self._took

    @property
    def error(self) -> ShopError | None:
        """Why there is no answer, in the language in use; None while it runs and when there is one."""
        match self.state:
            case State.RUNNING | State.DONE:
                return None
            case State.STOPPED:
                return Conflict(_("The question was stopped."))
            case State.TOO_SLOW:
                limit = n_("{count} second", "{count} seconds", int(self.seconds))
                return Conflict(
                    _(
                        "The question took longer than {limit} and was broken off. Narrow it with WHERE, or give it "
                        "more time in Settings.",
                        limit=limit,
                    )
                )
            case State.TOO_LARGE:
                return Conflict(_("The question needed too much memory and was broken off. Ask for less at once."))
        if isinstance(self._error, SqlRefused):
            return fault(self._error, self.text)
        error = self._error or StoreError("The question was stopped.")
        return Unavailable(_(error.template, **error.values))

    def stop(self) -> None:
        """Break it off."""
        self._wanted.clear()

    def wait(self, seconds: float) -> bool:
        """Until it ends, at most so long; whether it has ended."""
        return self._ended.wait(seconds)

    def begin(self, is_watched: Callable[[], bool]) -> None:
        """Run in a thread of its own, while `is_watched` and nobody stops it."""
        if not _places.acquire(blocking=False):
            raise Conflict(
                _("{count} questions are under way already. Wait for one to end, or stop it.", count=MOST_AT_ONCE)
            )
        threading.Thread(target=self._run, args=(is_watched,), name="workbench", daemon=True).start()

    def _run(self, is_watched: Callable[[], bool]) -> None:
        state = State.REFUSED
        try:
            state = self._asked(is_watched)
        except StoreError as error:
            self._error = error
        except Exception:
            log.exception("A question in SQL could not be asked")
            self._error = StoreError("This could not be done. The shop's log says why.")
        finally:
            self._took = time.monotonic() - self._begun
            self.state = state
            try:
                self._remember()
            finally:
                _places.release()
                self._ended.set()

    def _asked(self, is_watched: Callable[[], bool]) -> State:
        shop = self._shop
        with (
            workbench.question(shop.store, self._checked, self.values, words(shop)) as asked,
            Watch(asked, self.seconds, lambda: self._wanted.is_set() and is_watched()) as watch,
        ):
            try:
                columns = answers.columns(asked.ask())
                rows, is_cut = _first_rows(asked, watch)
            except Stopped:
                return watch.why or State.STOPPED
            if watch.why:
                return watch.why
        self.answer = Answer(columns, tuple(rows), is_cut, time.monotonic() - self._begun)
        return State.DONE

    def _remember(self) -> None:
        """Into the person's history; that it cannot be kept does not take the answer away."""
        with use(self._language):
            error = self.error
        try:
            with self._shop.store.write() as write:
                workbench_kept.remember(
                    write,
                    {
                        "id": self.id,
                        "happened_at": clock.now(),
                        "actor": self.actor.name,
                        "text": self.text,
                        "values_json": json.dumps(self.typed),
                        "state": self.state.value,
                        "row_count": len(self.answer.rows) if self.answer else None,
                        "took_ms": round(self._took * 1000),
                        "sentence": error.sentence if error else "",
                    },
                )
        except StoreError:
            log.warning("A question in SQL was not kept in the history", exc_info=True)


def _first_rows(asked: workbench.Question, watch: Watch) -> tuple[list[tuple[object, ...]], bool]:
    """As many rows as a screen takes, and whether there are more."""
    rows: list[tuple[object, ...]] = []
    letters = 0
    while len(rows) <= MOST_ROWS and letters <= MOST_LETTERS and not watch.why:
        some = asked.some(min(500, MOST_ROWS + 1 - len(rows)))
        if not some:
            return rows, False
        for row in some:
            rows.append(row)
            letters += sum(map(answers.size, row))
            if letters > MOST_LETTERS:
                break
    return rows[:MOST_ROWS], True


@contextmanager
def watched(asked: workbench.Question, seconds: float) -> Iterator[Watch]:
    """A question that somebody takes row by row, within its time."""
    with Watch(asked, seconds, lambda: True) as watch:
        yield watch


def _memory() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
    except (OSError, ValueError):
        return 0


def rows_in_words(answer: Answer) -> str:
    """ "12 rows", or what a screen takes of more."""
    count = len(answer.rows)
    if answer.is_cut:
        return _("the first {count} rows", count=number(count))
    return n_("{count} row", "{count} rows", count)
