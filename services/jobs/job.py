"""A job: something that a person asked for many orders at once, how far it is, and what became of each order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    """What kind of work it is."""

    BULK = "bulk"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def is_open(self) -> bool:
        """Something will still happen by itself."""
        return self in (self.WAITING, self.RUNNING)


class Outcome(StrEnum):
    """What became of one order of a job."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """An order of a job: the version that was seen (None: any is fine), and parameters of its own."""

    order_id: str
    params: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an item. `sentence` says why it was not done, or what to think of; `event_id` is the event in
    the order's timeline, `messages` how many messages it made."""

    position: int
    order_id: str
    outcome: Outcome
    sentence: str = ""
    event_id: str | None = None
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now. `about` is what was asked; `item_count` how many orders were chosen, of which `done`,
    `refused` and `failed` are settled; `messages` how many messages it made."""

    id: str
    kind: JobKind
    state: JobState
    actor: str
    language: str
    about: dict[str, Any]
    item_count: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    fault: str
    undoes: str | None
    undone_by: str | None
    done: int
    refused: int
    failed: int
    messages: int

    @property
    def settled(self) -> int:
        """How many orders have their result."""
        return self.done + self.refused + self.failed

    @property
    def left(self) -> int:
        """How many orders have none yet."""
        return self.item_count - self.settled

    @property
    def can_be_retried(self) -> bool:
        """Something was not done, and nothing is under way."""
        return not self.state.is_open and self.state is not JobState.UNDONE and self.done < self.item_count


@dataclass(frozen=True, slots=True)
class Row:
    """A settled order of a job, for people: its number as well."""

    result: Result
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why orders were not done, and how many."""

    outcome: Outcome
    sentence: str
    orders: int
