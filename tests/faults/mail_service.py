"""A mail service of many moods: takes a mail, is too busy, breaks, is slow, or dies after it took one."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field

from tests.messages.provider import Provider, Step

# how often, and what: of a hundred requests
_MOODS: tuple[tuple[int, Step], ...] = (
    (50, Step()),
    (12, Step(wait=0.05)),
    (4, Step(wait=0.3)),
    (8, Step(status=429, headers={"Retry-After": "0"})),
    (10, Step(status=500)),
    (4, Step(status=503, wait=0.05)),
    (5, Step(breaks="after")),
    (4, Step(breaks="reset")),
    (3, Step(breaks="before")),
)


@dataclass
class MoodyProvider(Provider):
    """Answers as its dice fall; `is_kind` ends that."""

    dice: random.Random = field(default_factory=random.Random)
    is_kind: bool = False
    answers: Counter[str] = field(default_factory=Counter)
    _casting: threading.Lock = field(default_factory=threading.Lock)

    def next_step(self) -> Step:
        with self._casting:
            if self.is_kind:
                return Step()
            (step,) = self.dice.choices([step for _of, step in _MOODS], [of for of, _step in _MOODS])
            self.answers[_named(step)] += 1
            return step


def _named(step: Step) -> str:
    if step.breaks:
        return {"before": "hung up", "after": "took it and hung up", "reset": "took it and fell over"}[step.breaks]
    return f"{step.status}, late" if step.wait else str(step.status)
