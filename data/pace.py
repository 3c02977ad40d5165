"""How long the store takes, as this process sees it: turns that writers waited for, and questions that took long.

Kept in memory and never written: it tells the operator where the time goes, and is forgotten with the process.
"""

from __future__ import annotations

import re
import time
from collections import deque
from dataclasses import dataclass
from types import TracebackType

SLOW = 0.5  # seconds from which on a question is worth a line
KEPT = 50  # lines
_LONGEST = 400  # characters of a statement

_COMMENT = re.compile(r"--[^\n]*")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_NUMBER = re.compile(r"\b\d{4,}\b")


@dataclass(frozen=True, slots=True)
class Slow:
    """A question that took long: its statement without any value, how many seconds, and when, in seconds of Unix."""

    statement: str
    seconds: float
    at: float


class SlowQuestions:
    """The last questions of this process that took long, newest last. What was asked for is not kept: values are
    parameters, and whatever stands in a statement like one is left out."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: deque[Slow] = deque(maxlen=KEPT)

    def note(self, statement: str, seconds: float) -> None:
        """Keep it if it took long."""
        if seconds >= SLOW:
            self.count += 1
            self._kept.append(Slow(shape(statement), seconds, time.time()))

    def newest(self) -> list[Slow]:
        """Newest first."""
        return list(reversed(self._kept))

    def forget(self) -> None:
        """Begin anew."""
        self.count = 0
        self._kept.clear()


def shape(statement: str) -> str:
    """A statement in one line, with an ellipsis in the place of every value, cut when it is long."""
    bare = _NUMBER.sub("…", _TEXT.sub("…", _COMMENT.sub("", statement)))
    line = " ".join(bare.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


SLOW_QUESTIONS = SlowQuestions()


class timed:  # noqa: N801 - read as a word: `with timed(sql):`
    """Notes how long a question took. Written out, as it stands around every one of them."""

    __slots__ = ("_began", "_statement")

    def __init__(self, statement: str) -> None:
        self._statement = statement

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = time.perf_counter() - self._began
        if seconds >= SLOW:
            SLOW_QUESTIONS.note(self._statement, seconds)


class Waits:
    """How long writers waited for their turn, as a histogram: `counts` of waits by `BOUNDS`, the last one beyond all of
    them. Noted by whoever holds the turn, so one at a time; `refused` are those that gave up."""

    BOUNDS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)  # seconds

    def __init__(self) -> None:
        self.counts = [0] * (len(self.BOUNDS) + 1)
        self.seconds = 0.0
        self.refused = 0

    def note(self, seconds: float) -> None:
        """One more wait."""
        self.seconds += seconds
        at = next((place for place, bound in enumerate(self.BOUNDS) if seconds <= bound), len(self.BOUNDS))
        self.counts[at] += 1
