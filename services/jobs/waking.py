"""Telling the runner of this process that there is something to do."""

from __future__ import annotations

import threading

_woken = threading.Event()


def wake() -> None:
    """Let the runner look for jobs now."""
    _woken.set()


def wait(seconds: float) -> None:
    """Until somebody wakes, at most so long."""
    _woken.wait(seconds)
    _woken.clear()
