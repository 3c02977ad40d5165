"""The order store: `read()` and `write()` are its only doors."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

import duckdb
import psycopg
import pyarrow as pa

from data.errors import QueryRefused, StoreError, StoreFull, StoreUnreachable
from data.home import CATALOGUE, Home, connect

Row = dict[str, Any]

# The PostgreSQL advisory lock that all writers of one catalogue share ("comptoir" as a number).
WRITER_LOCK = 0x636F6D70746F6972


class Reader:
    """One snapshot of the store. Rows come as plain dicts, ids as text, money as `Decimal`."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con

    def rows(self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> list[Row]:
        """Every row of the answer, by column name."""
        result = self._ask(sql, params)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, map(_plain, values), strict=True)) for values in result.fetchall()]

    def one(self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> Row | None:
        """The first row of the answer, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def value(self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> Any:
        """The first cell of the answer, or None."""
        found = self._ask(sql, params).fetchone()
        return _plain(found[0]) if found else None

    def arrow(self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> pa.Table:
        """The whole answer as an Arrow table; decimals and dates keep their type."""
        return self._ask(sql, params).to_arrow_table()

    def batches(
        self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None, size: int = 10_000
    ) -> Iterator[pa.RecordBatch]:
        """The answer in Arrow batches of at most `size` rows, so that memory stays bounded."""
        yield from self._ask(sql, params).to_arrow_reader(size)

    def _ask(self, sql: str, params: Sequence[object] | Mapping[str, object] | None) -> duckdb.DuckDBPyConnection:
        try:
            return self._con.execute(sql, params)
        except duckdb.Error as error:
            raise _sentence(error) from error


class Writer(Reader):
    """One transaction: everything in it is kept, or nothing is."""

    def execute(self, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> None:
        self._ask(sql, params)

    def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Append rows that all have the columns of the first; `table` and columns are ours, never a user's."""
        if not rows:
            return
        columns = list(rows[0])
        marks = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(rows))
        self.execute(
            f"insert into {table} ({', '.join(columns)}) values {marks}",
            [row[column] for row in rows for column in columns],
        )

    @contextmanager
    def shown(self, name: str, table: pa.Table) -> Iterator[None]:
        """Let SQL read an Arrow table by `name` while the block lasts: the way in for more than a handful of rows."""
        self._con.register(name, table)
        try:
            yield
        finally:
            self._con.unregister(name)


class Store:
    """An open order store. One per process; any thread may ask for a door."""

    def __init__(self, home: Home, memory_limit: str = "300MB", threads: int = 2) -> None:
        self.home = home
        self._root = connect(home, memory_limit, threads)
        self._writing = threading.RLock()
        self.changes = 0  # counts commits of this process

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A snapshot: what is committed now, unmoved by others while the block lasts."""
        cursor = self._cursor()
        try:
            cursor.begin()
            yield Reader(cursor)
        finally:
            _end(cursor)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The one transaction at a time; rolled back unless the block ends well."""
        with self._writing, self._alone():
            cursor = self._cursor()
            try:
                cursor.begin()
                yield Writer(cursor)
                try:
                    cursor.commit()
                except duckdb.Error as error:
                    raise _sentence(error) from error
                self.changes += 1
            finally:
                _end(cursor)

    def close(self) -> None:
        self._root.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        try:
            cursor = self._root.cursor()
            if not self.home.is_embedded:
                cursor.execute(f"use {CATALOGUE}")
            return cursor
        except duckdb.Error as error:
            raise _sentence(error) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes' writers out while the block lasts: PostgreSQL's advisory lock on DuckLake."""
        if not self.home.postgres:
            yield
            return
        try:
            with psycopg.connect(self.home.postgres, connect_timeout=5) as lock:
                lock.execute("select pg_advisory_xact_lock(%s)", [WRITER_LOCK])
                yield
        except psycopg.Error as error:
            raise StoreUnreachable(
                "The store's PostgreSQL does not answer. Nothing was changed; try again when it is back."
            ) from error


def _end(cursor: duckdb.DuckDBPyConnection) -> None:
    """Close a cursor; what was not committed is rolled back."""
    with suppress(duckdb.Error):  # nothing open any more: it was committed, or the engine rolled back
        cursor.rollback()
    cursor.close()


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return value
    return value


def _sentence(error: duckdb.Error) -> StoreError:
    """The engine's error as one of ours; its own first line is kept for the operator."""
    words = str(error)
    first = words.splitlines()[0] if words else type(error).__name__
    if "No space left" in words or ("not enough" in words.lower() and "disk" in words.lower()):
        return StoreFull("The disk is full. Nothing was changed; make room and try again.")
    if any(sign in words for sign in ("Failed to connect", "server closed the connection", "connection to server")):
        return StoreUnreachable(
            "The store's PostgreSQL does not answer. Nothing was changed; try again when it is back."
        )
    return QueryRefused(f"The store refused a question: {first}")
