"""A large shop made in portions: each is kept by itself, and the words of all go in last, as one run in order.

    with fill(store) as filling:
        for … :
            with filling.write() as write:
                filling.add(write, batch, zone)
        with filling.write() as write:
            filling.finish(write)

Until `finish`, the orders of the portions are there but are not found by their words, and the store bears a mark that
says so: what a killed process left is completed by `mend` when the store is opened again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import duckdb

from data import intake, word_heap
from data.doors import Reader, Writer
from data.incoming import Batch
from data.sentences import engine_errors
from data.store import Store

# The setting that is there while orders wait for their words.
_MARK = "unworded_orders"

# On a store that several machines share, another one may be at it; after this it has been killed.
_PATIENCE = timedelta(hours=6)


class Filling:
    """One thread at a time."""

    def __init__(self, store: Store, con: duckdb.DuckDBPyConnection) -> None:
        self._store, self._con = store, con
        word_heap.start(Writer(con))

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The store's write transaction, as `store.write()`, on the connection that holds the heap of words."""
        with self._store.writing(self._con) as writer:
            yield writer

    def add(self, write: Writer, batch: Batch, zone: str) -> None:
        """New orders, as `data.intake.add` takes them, as Arrow tables."""
        with intake.shown(write, batch):
            intake.add_incoming(write, zone)

    def begin(self, write: Writer) -> None:
        """Mark the store: what is added from here on waits for its words."""
        _unmark(write)
        write.execute(
            "insert into settings (name, value_json, updated_at, actor) "
            "values (?, 'true', now() at time zone 'UTC', 'system')",
            [_MARK],
        )

    def finish(self, write: Writer) -> None:
        """The words of all portions."""
        word_heap.put_in(write)
        _unmark(write)


@contextmanager
def fill(store: Store) -> Iterator[Filling]:
    """A session for one shop."""
    with store.session() as con, engine_errors():
        yield Filling(store, con)


def is_under_way(read: Reader) -> bool:
    """Whether orders wait for their words."""
    return read.value("select 1 from settings where name = ?", [_MARK]) is not None


def mend(store: Store, now: datetime) -> int:
    """Give the orders of a filling that was broken off their words; how many orders there were. To be called at the
    start."""
    with store.read() as read:
        if not _is_due(read, store, now):
            return 0
    with store.session() as con, engine_errors(), store.writing(con) as write:
        write.execute(
            "create or replace temp table unworded as "
            f"select id, (row_number() over (order by id) - 1) // {intake.WORDED} as slice from orders "
            "where id not in (select order_id from search_terms)"
        )
        word_heap.start(write)
        count, slices = write.tuples("select count(*), coalesce(max(slice) + 1, 0) from unworded")[0]
        for slice_ in range(slices):
            word_heap.add(write, f"unworded where slice = {slice_:d}", is_stored=True)
        word_heap.put_in(write)
        write.execute("drop table unworded")
        _unmark(write)
    return int(count)


def _is_due(read: Reader, store: Store, now: datetime) -> bool:
    begun = read.value("select updated_at from settings where name = ?", [_MARK])
    return begun is not None and (store.home.is_embedded or begun < now - _PATIENCE)


def _unmark(write: Writer) -> None:
    write.execute("delete from settings where name = ?", [_MARK])
