"""Keeping the writers of other processes out of a shared store: PostgreSQL's advisory lock on its catalogue."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from data.errors import StoreBusy
from data.home import WRITER_LOCK
from data.sentences import engine_errors

Connection = psycopg.Connection[tuple[object, ...]]


class SharedLock:
    """The lock of one process, on a connection of its own that is kept between transactions. The caller lets one
    thread at a time in."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._con: Connection | None = None
        self._asking = threading.Lock()
        self._asker: Connection | None = None

    @contextmanager
    def held(self, patience: float) -> Iterator[None]:
        """The lock, while the block lasts; it ends with the connection, so a killed process leaves none behind.
        Raises `StoreBusy` after `patience` seconds, `StoreUnreachable` when PostgreSQL does not answer."""
        with engine_errors():
            try:
                con = self._take(patience)
            except psycopg.errors.LockNotAvailable as error:
                raise StoreBusy(
                    "Another change takes more than a minute. Nothing was changed; try again later."
                ) from error
        try:
            yield
        finally:
            try:
                con.execute("select pg_advisory_unlock(%s)", [WRITER_LOCK])
            except psycopg.Error:  # gone: then the lock is gone with it
                self._drop()

    def newest_snapshot(self) -> int:
        """The number of the newest commit of any process."""
        with self._asking, engine_errors():
            for attempt in (1, 2):
                if self._asker is None or self._asker.closed:
                    self._asker = psycopg.connect(self._words, connect_timeout=5, autocommit=True)
                try:
                    found = self._asker.execute("select max(snapshot_id) from ducklake_snapshot").fetchone()
                    return int(str(found[0])) if found else 0
                except psycopg.OperationalError:
                    self._asker.close()
                    if attempt == 2:
                        raise
        return 0

    def close(self) -> None:
        self._drop()
        if self._asker:
            self._asker.close()

    def _take(self, patience: float) -> Connection:
        if self._con is not None:
            try:
                return _locked(self._con, patience)
            except psycopg.errors.LockNotAvailable:
                raise
            except psycopg.OperationalError:  # the kept connection was cut meanwhile: once more on a new one
                self._drop()
        self._con = psycopg.connect(self._words, connect_timeout=5, autocommit=True)
        return _locked(self._con, patience)

    def _drop(self) -> None:
        if self._con is not None:
            with suppress(psycopg.Error):
                self._con.close()
            self._con = None


def _locked(con: Connection, patience: float) -> Connection:
    con.execute(f"set lock_timeout = {int(patience * 1000)}; select pg_advisory_lock({WRITER_LOCK})")
    return con
