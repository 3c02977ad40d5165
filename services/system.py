"""What runs here, as the operator sees it: the process, what waits to be done, and questions that took long."""

from __future__ import annotations

import os
import platform
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data import counts, sizes
from data.pace import SLOW_QUESTIONS
from services import counting, metrics
from services.errors import store_errors
from services.inbox.letters import Outcome
from services.jobs import JobState
from services.messages.states import MessageState
from services.shop import Shop
from services.version import VERSION

_alive: Callable[[], Mapping[str, bool]] = dict


def watch(alive: Callable[[], Mapping[str, bool]]) -> None:
    """Ask here which threads of this process run."""
    global _alive
    _alive = alive


def alive() -> dict[str, bool]:
    """Which threads of this process run, by name; none before the start."""
    return dict(_alive())


@dataclass(frozen=True, slots=True)
class Process:
    """This process: where it runs, since when, what it is made of, `memory` in bytes, browsers that are connected."""

    machine: str
    number: int
    since: datetime
    version: str
    python: str
    engine: str
    memory: int
    sessions: int
    threads: Mapping[str, bool]


def process() -> Process:
    """This process, now."""
    return Process(
        machine=socket.gethostname(),
        number=os.getpid(),
        since=datetime.fromtimestamp(metrics.STARTED, UTC).replace(tzinfo=None),
        version=VERSION,
        python=platform.python_version(),
        engine=sizes.ENGINE,
        memory=_memory(),
        sessions=metrics.sessions(),
        threads=alive(),
    )


def _memory() -> int:
    """Bytes that the process holds; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits to be done, and since when the oldest of it is due; None where nothing waits."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: messages by state, jobs under way or waiting, webhooks that are not digested."""

    messages: Mapping[MessageState, Waiting]
    jobs: Waiting
    webhooks: Waiting


def queue(shop: Shop) -> Queue:
    """What waits now. Raises `Unavailable`."""
    told = counting.count(shop)
    open_states = [state for state in JobState if state.is_open]
    with store_errors(), shop.store.read() as read:
        oldest_job = counts.oldest_job(read, [state.value for state in open_states])
        hooks = sum(n for (_source, outcome), n in told.webhooks.items() if outcome == Outcome.WAITING)
        oldest_hook = counts.oldest_webhook(read, Outcome.WAITING.value) if hooks else None
    return Queue(
        messages={
            state: Waiting(*told.messages[state]) if told.messages.get(state) else Waiting(0, None)
            for state in metrics.OPEN
        },
        jobs=Waiting(sum(told.jobs.get(state.value, 0) for state in open_states), oldest_job),
        webhooks=Waiting(hooks, oldest_hook),
    )


@dataclass(frozen=True, slots=True)
class SlowKind:
    """Questions of one shape that took long: how often lately, the longest in seconds, and when the last one was."""

    statement: str
    count: int
    longest: float
    last: datetime


def slow(most: int = 10) -> list[SlowKind]:
    """The slow questions that are remembered, by their shape, the longest first."""
    kinds: dict[str, SlowKind] = {}
    for one in SLOW_QUESTIONS.newest():
        at = datetime.fromtimestamp(one.at, UTC).replace(tzinfo=None)
        known = kinds.get(one.statement, SlowKind(one.statement, 0, 0.0, at))
        kinds[one.statement] = SlowKind(
            one.statement, known.count + 1, max(known.longest, one.seconds), max(known.last, at)
        )
    return sorted(kinds.values(), key=lambda kind: -kind.longest)[:most]
