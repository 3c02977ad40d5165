"""Worker processes that die by SIGKILL at the step that is asked for: `python -m tests.messages.steps`.

Each line on stdin is `FOLDER URL STEP`: a child takes a turn in the shop of that folder and dies at its STEP-th step,
counted over every transaction (before it, before its commit, after its commit) and every stretch of a request. The
answer on stdout is the name of the step, or `done` when the turn had fewer. This process itself never opens a store,
so that a child begins clean, and at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.store import Store
from services.messages.wire import Wire
from services.messages.worker import turn
from services.settings import read_settings
from services.shop import open_shop
from tests.conftest import NOW
from tests.messages.victim import environment

STRETCHES = ("_connected", "_send", "_hangs_up", "_answer")


class Steps:
    """Counts steps, and dies at one of them."""

    def __init__(self, last: int, told: int) -> None:
        self._left, self._told = last, told

    def tick(self, name: str) -> None:
        self._left -= 1
        if not self._left:
            os.write(self._told, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)


def watch(steps: Steps) -> None:
    """Tick around everything that lasts: commits and stretches of a request."""
    whole = Store.writing

    @contextmanager
    def writing(self: Store, cursor: Any) -> Iterator[Any]:
        steps.tick("before a transaction")
        with whole(self, cursor) as writer:
            yield writer
            steps.tick("before a commit")
        steps.tick("after a commit")

    Store.writing = writing  # type: ignore[method-assign]
    for name in STRETCHES:
        setattr(Wire, name, _ticking(steps, name, getattr(Wire, name)))


def _ticking(steps: Steps, name: str, of: Callable[..., Any]) -> Callable[..., Any]:
    def ticking(*args: Any, **more: Any) -> Any:
        steps.tick(f"before {name}")
        result = of(*args, **more)
        steps.tick(f"after {name}")
        return result

    return ticking


def child(folder: str, url: str, step: int, told: int) -> None:
    """Take a turn; dies on the way, or ends."""
    shop = open_shop(read_settings(environment(folder, url), Path(folder)))
    watch(Steps(step, told))
    turn(shop, NOW)
    os.write(told, b"done")


def main() -> None:
    for line in sys.stdin:
        folder, url, step = line.split()
        reads, tells = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                child(folder, url, int(step), tells)
            finally:
                os._exit(1)
        os.close(tells)
        os.waitpid(pid, 0)
        print(os.read(reads, 100).decode(), flush=True)
        os.close(reads)


if __name__ == "__main__":
    main()
