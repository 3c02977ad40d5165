"""Who is inside of the store: a broken connection is made anew only when nobody uses it any more.

To close a connection closes every session of it, also those that other threads are at; and the engine ends the whole
process when a session is closed whose transaction is open in a file that a full disk has broken. So each thread leaves
by itself, rolling back, and whoever comes meanwhile waits for a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Seconds in which those inside have left: whatever they ask of a broken connection fails at once.
PATIENCE = 5.0


class Inside:
    """The threads that have a session."""

    def __init__(self) -> None:
        self._left = threading.Condition()
        self._who: dict[object, int] = {}

    @contextmanager
    def entered(self, before: Callable[[], None]) -> Iterator[None]:
        """Be inside while the block lasts. `before` is called first, alone: nobody enters meanwhile."""
        visit = object()
        with self._left:
            before()
            self._who[visit] = threading.get_ident()
        try:
            yield
        finally:
            with self._left:
                del self._who[visit]
                self._left.notify_all()

    def wait_for_all_to_leave(self, patience: float = PATIENCE) -> bool:
        """Whether everybody has left; for `before` only. One that is inside itself need not wait for itself."""
        if threading.get_ident() in self._who.values():
            return False
        return self._left.wait_for(lambda: not self._who, patience)
