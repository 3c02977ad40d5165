"""A large shop made in portions: each is kept by itself, and the words of all go in last, as one run in order.

    with fill(store) as filling:
        for … :
            with filling.write() as write:
                filling.add(write, batch, zone)
        with filling.write() as write:
            filling.finish(write)

Until `finish`, the orders of the portions are there but are not found by their words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data import intake, word_heap
from data.doors import Writer
from data.incoming import Batch
from data.sentences import engine_errors
from data.store import Store


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
            intake.add_incoming(write, zone, with_heap=False)

    def finish(self, write: Writer) -> None:
        """The words of all portions."""
        word_heap.put_in(write)


@contextmanager
def fill(store: Store) -> Iterator[Filling]:
    """A session for one shop."""
    with store.session() as con, engine_errors():
        yield Filling(store, con)
