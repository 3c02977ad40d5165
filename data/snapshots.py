"""Snapshots of a file that stay open from one reader to the next until somebody commits.

The engine lets nobody begin or end a transaction while a commit is written to the disk, which takes as long as the disk
takes. Who reads in a snapshot that is open already does not wait: it is the right one until the commit is there.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress

import duckdb

Session = duckdb.DuckDBPyConnection

# Snapshots that rest: as many as read at the same moment.
MOST = 32
# What opens a snapshot: the engine takes it with the first question, not at the beginning of the transaction.
_LOOK = "select 1 from settings limit 0"


class Snapshots:
    """Sessions at rest whose snapshot is open, all of the same commit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._commit = 0  # the number of the commit that they show
        self._unused: deque[Session] = deque()  # since that commit
        self._used: deque[Session] = deque()
        self._old: deque[Session] = deque()  # of an earlier commit

    def take(self, commit: int) -> Session | None:
        """One that shows this commit, by its number; None when none rests."""
        with self._lock:
            if commit != self._commit:
                return None
            resting = self._used or self._unused
            return resting.pop() if resting else None

    def put(self, commit: int, session: Session, is_written: bool) -> bool:
        """Let one rest; False when there are too many. One that is too old by now rests only while somebody writes,
        who opens it anew at the commit: to end it now may have to wait for that."""
        with self._lock:
            rest = self._used if commit == self._commit else self._old
            if (rest is self._old and not is_written) or len(self._used) + len(self._unused) + len(self._old) >= MOST:
                return False
            rest.append(session)
            return True

    def renew(self, commit: int) -> list[Session]:
        """Open them anew for what was just committed, while nobody else can commit; those that nobody needed since the
        commit before are given back, closed."""
        with self._lock:
            self._commit = commit
            needed, idle = [*self._used, *self._old], list(self._unused)
            self._clear()
        for session in (*needed, *idle):
            _end(session)
        for session in needed:
            with suppress(duckdb.Error):  # the engine fell over: whoever reads next is told
                session.begin()
                session.execute(_LOOK)
                with self._lock:
                    self._unused.append(session)
        return idle

    def end(self) -> None:
        """End them all: what needs the file for itself, or to close it, is about to begin."""
        with self._lock:
            ended = [*self._used, *self._unused, *self._old]
            self._clear()
        for session in ended:
            _end(session)
            with suppress(duckdb.Error):
                session.close()

    def _clear(self) -> None:
        for rest in (self._used, self._unused, self._old):
            rest.clear()


def _end(session: Session) -> None:
    with suppress(duckdb.Error):  # it ended with the engine
        session.rollback()
