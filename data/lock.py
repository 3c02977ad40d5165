"""Keeping the writers of other processes out of a shared store: PostgreSQL's advisory lock on its catalogue."""

from __future__ import annotations

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

    @contextmanager
    def held(self, patience: float) -> Iterator[int]:
        """The lock, while the block lasts; it ends with the connection, so a killed process leaves none behind. Gives
        the version of the store's tables, which another process may have changed since.
        Raises `StoreBusy` after `patience` seconds, `StoreUnreachable` when PostgreSQL does not answer."""
        with engine_errors():
            try:
                con, tables = self._take(patience)
            except psycopg.errors.LockNotAvailable as error:
                raise StoreBusy(
                    "Another change takes more than a minute. Nothing was changed; try again later."
                ) from error
        try:
            yield tables
        finally:
            try:
                con.execute("select pg_advisory_unlock(%s)", [WRITER_LOCK])
            except psycopg.Error:  # gone: then the lock is gone with it
                self._drop()

    def assure(self) -> None:
        """Raises `StoreUnreachable` when the connection is gone, and with it the lock: to be asked before a commit,
        for another process may be writing by then."""
        with engine_errors():
            if self._con is None:
                raise psycopg.OperationalError("no connection")
            self._con.execute("select 1")

    def close(self) -> None:
        self._drop()

    def _take(self, patience: float) -> tuple[Connection, int]:
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


def _locked(con: Connection, patience: float) -> tuple[Connection, int]:
    """Three statements in one round trip; the last one sees what the writer before has committed."""
    answer = con.execute(
        f"set lock_timeout = {int(patience * 1000)}; select pg_advisory_lock({WRITER_LOCK}); "
        "select schema_version from ducklake_snapshot order by snapshot_id desc limit 1"
    )
    while answer.nextset():
        pass
    found = answer.fetchone()
    return con, int(str(found[0])) if found else 0
