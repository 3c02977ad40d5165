"""The order store: `read()` and `write()` are its only doors."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import duckdb

from data import event_chain
from data.answers import Answers, Changes, Hints, Kept
from data.catalogue import Catalogue
from data.doors import Reader, Row, Writer
from data.errors import StoreBusy, StoreError, StoreFull, StoreUnreachable
from data.home import CATALOGUE, LOG_IS_LONG, Home, connect
from data.inside import Inside
from data.lock import SharedLock
from data.pace import Waits
from data.sentences import UNREACHABLE, breaks_the_engine, engine_errors
from data.snapshots import Snapshots

__all__ = ["Reader", "Row", "Store", "Writer"]

log = logging.getLogger("comptoir.store")

# Seconds that a writer waits for its turn before it gives up with a sentence.
PATIENCE = 60.0
# Sessions that are kept at rest: to make one is to begin a transaction, which may have to wait for the disk.
IDLE = 32
# What this process is called where several share a store.
HOLDER = f"{socket.gethostname()}:{os.getpid()}"


class Store:
    """An open order store. One per process; any thread may ask for a door.

    When the engine fell over (a full disk at commit) or a shared store's PostgreSQL went away, the next door that is
    asked for makes the connection anew; what was committed before is there, what was not is gone."""

    def __init__(self, home: Home, memory_limit: str = "300MB", threads: int = 2) -> None:
        self.home = home
        self._memory_limit, self._threads = memory_limit, threads
        self._root = connect(home, memory_limit, threads)
        self._broken_by: StoreError | None = None  # what made the connection useless
        self._is_away = False  # it was tried to make it anew, in vain
        self._inside = Inside()
        # sessions at rest: on a shared store a new one costs six round trips
        self._idle: deque[duckdb.DuckDBPyConnection] = deque(maxlen=IDLE)
        self._snapshots = Snapshots()
        self._writing = threading.Lock()
        self._writer: int | None = None  # the thread that holds the write transaction
        self._shared_lock = SharedLock(home.postgres) if home.postgres else None
        self.catalogue = Catalogue(home.postgres) if home.postgres else None
        # asked in a write transaction when another process has changed the tables; may refuse it
        self.on_new_tables: Callable[[Reader], None] | None = None
        self._tables = -1
        self._changes = Changes()
        self._linked, self._linked_at = (0, b""), -1  # the newest link of the log that is ours, and by which commit
        self._hints = Hints()
        self._answers = Answers()
        self.waits = Waits()
        self.zone = "UTC"  # the shop's, in which its days begin; the shop sets it

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A snapshot: what is committed now, unmoved by others while the block lasts. Never waits for a writer."""
        begun = self._changes  # counted before the snapshot is taken: never more than it holds
        with self._inside.entered(before=self._mend):
            cursor = self._snapshot(begun)
            reader = Reader(cursor, self.zone, partial(self._known, cursor, begun), self._hints)
            is_well = False
            try:
                with self._watched():
                    yield reader
                is_well = not reader.has_failed and not self._broken_by
            finally:
                if not (is_well and self._rests(begun, cursor)):
                    with suppress(duckdb.Error):
                        cursor.rollback()
                    self._put_aside(cursor, is_well)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The one transaction at a time, over all threads and processes; rolled back unless the block ends well.
        Raises `StoreBusy` when another writer does not let go within a minute."""
        with self.session(of_its_own=False) as cursor, self.writing(cursor) as writer:
            yield writer

    @contextmanager
    def session(self, *, of_its_own: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own, for what lives longer than a transaction (staging). Only `data/` asks for it. One
        that is not `of_its_own` is used again by others when the block ended well."""
        with self._inside.entered(before=self._mend):
            if of_its_own:
                self._snapshots.end()
            cursor = self._cursor()
            is_well = False
            try:
                with self._noted():
                    yield cursor
                is_well = True
            finally:
                if of_its_own or not is_well:  # after writing that ended well nothing is open any more
                    with suppress(duckdb.Error):  # it was committed, or the engine rolled back
                        cursor.rollback()
                self._put_aside(cursor, is_well and not of_its_own and not self._broken_by)

    @contextmanager
    def writing(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[Writer]:
        """The write transaction on a given session."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a write transaction inside a write transaction: pass the open one on instead")
        asked = time.perf_counter()
        if not self._writing.acquire(timeout=PATIENCE):
            self.waits.refused += 1
            raise StoreBusy("Another change takes more than a minute. Nothing was changed; try again later.")
        self._writer = threading.get_ident()
        try:
            with self._shared_lock.held(PATIENCE) if self._shared_lock else _nothing() as tables, self._watched():
                self.waits.note(time.perf_counter() - asked)
                cursor.begin()
                try:
                    known = partial(self._known, cursor, self._changes)
                    writer = Writer(cursor, self.zone, known, self._linked, self._is_linked_alone())
                    self._look_at_tables(writer, tables)
                    yield writer
                    event_chain.close(writer)
                    if self._shared_lock:
                        self._shared_lock.assure()
                    if self._is_log_long():  # the commit writes it into the file, if nobody reads
                        self._snapshots.end()
                    cursor.commit()
                except BaseException:
                    with suppress(duckdb.Error):  # the engine may have rolled back already
                        cursor.rollback()
                    raise
                self._changes = self._changes.after(writer.changed)
                if writer.linked != self._linked:
                    self._linked, self._linked_at = writer.linked, self._changes.number
                for resting in self._snapshots.renew(self._changes.number):
                    self._put_aside(resting, True)
        finally:
            self._writer = None
            self._writing.release()

    @property
    def changes(self) -> int:
        """How often this process has committed."""
        return self._changes.number

    def changed(self, table: str) -> int | None:
        """The number of the last commit that changed a table; None where other processes change it as well."""
        return self._changes.of(table) if self.home.is_embedded else None

    def stamp(self) -> int:
        """A number that grows with every commit, of any process on a shared store: to notice that something changed."""
        return self.catalogue.newest_snapshot() if self.catalogue else self.changes

    @contextmanager
    def turn(self, name: str, every: float) -> Iterator[bool]:
        """Whether it is this process's turn of what one process at a time should do, all of them together about every
        so many seconds. Held while the block lasts; who dies in it has given it back a quarter of an hour later. An
        embedded store has one process, whose turn it always is."""
        if not self.catalogue:
            yield True
            return
        is_ours = self.catalogue.take(name, HOLDER, every)
        try:
            yield is_ours
        finally:
            if is_ours:
                self.catalogue.give_back(name, HOLDER)

    def let_go_of_memory(self) -> None:
        """Give back what the engine has done with. Its allocator keeps up to 150 MB for later, until it is told the
        limit once more."""
        with self._watched():
            self._root.execute(f"set memory_limit = '{self._memory_limit}'")

    def copy_file(self, name: str) -> Path:
        """A copy of the embedded store's file beside it, called after the file and `name`. The store is shut for the
        length of it (a file that is open here must not be opened a second time: the first lock would be lost), so it
        is for the start only, before anybody else asks for a door."""
        file = Path(self.home.address)
        copy = file.with_name(f"{file.name}.{name}")
        part = copy.with_name(f"{copy.name}.part")
        self._snapshots.end()
        self._idle.clear()
        self._root.close()
        try:
            shutil.copyfile(file, part)
            part.replace(copy)  # who is killed midway leaves no copy that looks whole
        except OSError as error:
            part.unlink(missing_ok=True)
            raise StoreError(
                "The store cannot be copied to {path}: {reason}. Nothing was changed.",
                path=copy,
                reason=error.strerror,
            ) from error
        finally:
            self._root = connect(self.home, self._memory_limit, self._threads)
        return copy

    def close(self) -> None:
        """End every connection. Open transactions are rolled back."""
        self._snapshots.end()
        self._idle.clear()
        with suppress(duckdb.Error):
            self._root.close()
        if self._shared_lock:
            self._shared_lock.close()
        if self.catalogue:
            self.catalogue.close()

    def _is_linked_alone(self) -> bool:
        """Whether the newest link of the log is ours: of a file, when nothing but it was put among the links since."""
        return self._linked_at >= 0 and self.home.is_embedded and self._changes.of("event_links") <= self._linked_at

    def _look_at_tables(self, read: Reader, tables: int) -> None:
        if tables != self._tables and self.on_new_tables:
            self.on_new_tables(read)
            self._tables = tables

    def _known(self, cursor: duckdb.DuckDBPyConnection, begun: Changes, table: str) -> Kept:
        """The answers that still hold in a snapshot. A file is changed by this process alone, which counts."""
        if self.home.is_embedded:
            return self._answers.as_of(begun.of(table) if table else begun.number, table)
        if not self.home.postgres:
            return {}
        found = cursor.execute(f"from ducklake_current_snapshot('{CATALOGUE}')").fetchone()
        return self._answers.as_of(int(found[0])) if found else {}

    def _snapshot(self, begun: Changes) -> duckdb.DuckDBPyConnection:
        """A session whose snapshot is open, one that rests if there is one."""
        cursor = self._snapshots.take(begun.number)
        if cursor is None:
            cursor = self._cursor()
            with self._watched():
                cursor.begin()
        return cursor

    def _rests(self, begun: Changes, cursor: duckdb.DuckDBPyConnection) -> bool:
        """Let a snapshot rest for the next reader. Only of a file, which nobody else changes."""
        return self.home.is_embedded and self._snapshots.put(begun.number, cursor, self._writing.locked())

    def _put_aside(self, cursor: duckdb.DuckDBPyConnection, is_well: bool) -> None:
        """Keep a session in which nothing is open, or close it."""
        if is_well and len(self._idle) < IDLE:
            self._idle.append(cursor)
        else:
            with suppress(duckdb.Error):
                cursor.close()

    def _is_log_long(self) -> bool:
        """Whether what is written beside the file is about to be written into it."""
        try:
            return self.home.is_embedded and Path(f"{self.home.address}.wal").stat().st_size > LOG_IS_LONG
        except OSError:
            return False

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with suppress(IndexError):
            return self._idle.pop()
        with self._watched():
            cursor = self._root.cursor()
            cursor.execute(f"use {CATALOGUE}")
            return cursor

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Errors of the engine become ours; after one that broke the connection, the next door makes it anew."""
        with self._noted(), engine_errors():
            yield

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            if isinstance(error, StoreUnreachable | StoreFull) or breaks_the_engine(error.__cause__ or error):
                self._broken_by = error
            raise

    def _mend(self) -> None:
        """Make a broken connection anew, once nobody uses it any more. Raises what broke it while somebody does."""
        if self._broken_by is None:
            return
        have_left = self._inside.wait_for_all_to_leave()
        fault = self._broken_by
        if fault is None or self._is_sound():  # another thread was faster, or only one question had no room
            self._broken_by = None
            return
        # PostgreSQL leaves those who wait for it without an answer; a file answers, so they are on their way
        if not have_left and self.home.is_embedded:
            raise type(fault)(fault.template, **fault.values)
        if not self._is_away:
            log.warning("Opening the store %s again", self.home.name)
        self._snapshots.end()
        self._idle.clear()
        with suppress(duckdb.Error):
            self._root.close()
        self._is_away = True
        self._linked_at = -1  # a commit that failed may be there all the same
        try:
            self._root = connect(self.home, self._memory_limit, self._threads)
        except StoreUnreachable as error:
            raise StoreUnreachable(UNREACHABLE) from error
        self._broken_by, self._is_away = None, False

    def _is_sound(self) -> bool:
        """Whether the file can still be asked; of a shared store only its PostgreSQL knows."""
        if not self.home.is_embedded:
            return False
        try:
            with self._root.cursor() as cursor:
                cursor.execute(f"use {CATALOGUE}")
        except duckdb.Error:
            return False
        return True


@contextmanager
def _nothing() -> Iterator[int]:
    yield -1
