"""Large runs into the store: gather aside, compare, then apply all of it in one write transaction, or nothing.

    with stage(store) as staging:
        for group in … :                            # rows of a file, grouped over the whole file (optional)
            staging.append(batch)                   # whole orders, a few thousand at a time
        found = staging.compare()                   # counts: new, changed, same, repeated
        for order in staging.changed(): …           # what the run would overwrite
            staging.leave([order.order_id])         # leave an order as it is
            staging.keep(["email"], [order.order_id])   # or only some of its columns
        with staging.write() as write:              # the one transaction; rows of the run itself go in here too
            applied = staging.apply(write, zone=…, now=…, event=…, actor=…, run_id=…)

What is gathered lies in temporary tables of one connection: it spills to disk beyond the engine's memory limit, no
reader sees it, and it is gone when the block ends or the process dies. Nothing here makes a message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

import duckdb
import pyarrow as pa

from data import merging
from data.doors import Reader, Row, Writer
from data.incoming import SCHEMAS, Batch, tables
from data.intake import given
from data.merging import Applied
from data.sentences import engine_errors
from data.store import Store

# Bytes of orders that are put into the store at a time. The engine sorts and packs what one statement moves, so this
# bounds its memory, whatever the run brings and however long its texts are.
PORTION = 8 << 20


@dataclass(frozen=True)
class Group:
    """Rows of a file that belong together. `rows` are (row number, content), in the order of the row numbers."""

    key: str
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Comparison:
    """Orders of the run, by what the store holds of them. An order is known by (source, source_id); it is *same* when
    its content hash is the kept one. Of orders staged twice the last counts; `repeated` is how many were dropped."""

    new: int
    changed: int
    same: int
    repeated: int

    @property
    def orders(self) -> int:
        return self.new + self.changed + self.same


@dataclass(frozen=True)
class ChangedOrder:
    """An order that the run would overwrite: the store's id, version and the distinct kinds of its events so far, in
    the order of time. The importer looks there for what was done in Comptoir since."""

    order_id: str
    source: str
    source_id: str
    number: str
    version: int
    event_kinds: tuple[str, ...]


class Staging:
    """The place aside. One thread at a time."""

    def __init__(self, store: Store, con: duckdb.DuckDBPyConnection) -> None:
        self._store, self._con = store, con
        self._aside = Writer(con)
        self._places = 0
        self._cuts, self._waiting = [0], 0  # the first place of each; bytes of the last
        for name, schema in SCHEMAS.items():
            columns, values = given(name)
            with self._aside.shown(f"shape_{name}", schema.empty_table()):
                self._aside.execute(
                    f"create temp table staged_{name} ({columns}, place) "
                    f"as select {values}, 0::bigint from shape_{name} i"
                )
        self._aside.execute("create temp table staged_rows (key varchar, row_no bigint, content varchar)")
        self._aside.execute("create temp table kept_columns (order_id uuid, name varchar)")

    def append_rows(self, rows: Sequence[tuple[str, int, str]]) -> None:
        """Rows of a file as (key, row number, content): for sources whose orders are spread over rows. Give a few
        thousand at a time; contents are any text, such as JSON."""
        keys, numbers, contents = zip(*rows, strict=True) if rows else ((), (), ())
        table = pa.table({"key": pa.array(keys, pa.string()), "row_no": pa.array(numbers, pa.int64()),
                          "content": pa.array(contents, pa.string())})  # fmt: skip
        with self._aside.shown("rows_given", table):
            self._aside.execute("insert into staged_rows select * from rows_given")

    def groups(self, size: int = 5_000) -> Iterator[Group]:
        """The rows grouped by key over everything appended, in the order of each key's first row number. About
        `size` rows and the group at hand are in memory. `append` may be called while this is read."""
        self._aside.execute(
            "create or replace temp table sorted_rows as "
            "with firsts as (select key, min(row_no) as first from staged_rows group by key) "
            "select row_number() over (order by first, key, row_no) as place, key, row_no, content "
            "from staged_rows join firsts using (key) order by place"
        )
        for key, rows in groupby(self._sorted_rows(size), key=lambda row: row[0]):
            yield Group(key, tuple((number, content) for _, number, content in rows))

    def append(self, batch: Batch) -> None:
        """Whole orders, as `data.intake.add` takes them; a value may also be an Arrow table. Ids are the importer's;
        an order that turns out to be known keeps the store's id."""
        for name, table in tables(batch).items():
            if not table.num_rows:
                continue
            self._waiting += table.nbytes
            first = self.places(table.num_rows)
            places = pa.array(range(first, first + table.num_rows), pa.int64())
            columns, values = given(name)
            with self._aside.shown("batch_given", table.append_column("place", places)):
                self._aside.execute(
                    f"insert into staged_{name} ({columns}, place) select {values}, i.place from batch_given i"
                )
        self.note_whole()

    def note_whole(self, size: int = 0) -> None:
        """What was put aside so far is whole orders; `size` is how many bytes came since it was said before, but for
        those of `append`."""
        self._waiting += size
        if self._waiting >= PORTION:
            self._cuts.append(self._places)
            self._waiting = 0
        self._let_go_of_memory()

    def clear(self) -> None:
        """Forget what was gathered."""
        for name in (*(f"staged_{name}" for name in SCHEMAS), "staged_rows"):
            self._aside.execute(f"delete from {name}")
        self._cuts, self._waiting = [self._places], 0

    @property
    def aside(self) -> Writer:
        """For what puts orders aside by SQL: into `staged_orders` and so on, which have the columns of `SCHEMAS` and
        `place`, by which the last of equal orders is known."""
        return self._aside

    def places(self, count: int) -> int:
        """The first of so many places that nobody else takes."""
        self._places += count
        return self._places - count

    def compare(self) -> Comparison:
        """Look up every staged order in the store as it is now. Call it after the last `append`."""
        merging.compare(self._aside)
        found = self._aside.one(
            "select count(*) filter (verdict = 'new') as new, count(*) filter (verdict = 'changed') as changed, "
            "count(*) filter (verdict = 'same') as same, (select count(*) from staged_orders) - count(*) as repeated "
            "from verdicts"
        )
        return Comparison(**found or {})

    def changed(self, size: int = 1_000) -> Iterator[ChangedOrder]:
        """The changed orders, in the order in which they were staged. `leave` and `keep` may be called meanwhile."""
        for row in self._in_pages(merging.CHANGED, size):
            yield ChangedOrder(
                row["order_id"],
                row["source"],
                row["source_id"],
                row["number"],
                row["version"],
                tuple(dict.fromkeys(row["event_kinds"])),
            )

    def leave(self, order_ids: Sequence[str]) -> None:
        """Changed orders that the run shall not touch."""
        ids = pa.table({"id": pa.array(order_ids, pa.string())})
        with self._aside.shown("ids_given", ids):
            self._aside.execute("update verdicts set is_left = true where order_id in (select id::uuid from ids_given)")

    def keep(self, columns: Sequence[str], order_ids: Sequence[str] | None = None) -> None:
        """Columns of `orders` whose kept value wins over the run's in changed orders (these, or all when None): a
        file that does not know a column, a field that was corrected in Comptoir. The names `order_lines`, `payments`,
        `shipments` and `order_notes` keep the rows of those tables."""
        if unknown := set(columns) - merging.KEEPABLE:
            raise ValueError(f"no such columns to keep: {', '.join(sorted(unknown))}")
        whose: Sequence[str | None] = [None] if order_ids is None else order_ids
        pairs = [(order_id, column) for order_id in whose for column in columns]
        table = pa.table({"order_id": pa.array([p[0] for p in pairs], pa.string()),
                          "name": pa.array([p[1] for p in pairs], pa.string())})  # fmt: skip
        with self._aside.shown("kept_given", table):
            self._aside.execute("insert into kept_columns select order_id::uuid, name from kept_given")

    def read(self) -> Reader:
        """Questions over the store and the staged tables `staged_orders`, `staged_order_lines`, …, for named
        questions in `data/`."""
        return self._aside

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The store's write transaction, as `store.write()`, on the connection that sees the staged orders."""
        with self._store.writing(self._con) as writer:
            yield writer

    def apply(self, write: Writer, *, zone: str, now: datetime, event: str, actor: str, run_id: str | None) -> Applied:
        """Put the new orders in and bring the changed ones up to date. `write` is this staging's own `write()`.

        New orders come with all they were staged with, their events too. A changed order keeps its id, its import
        run, the ids of lines that are still the same (sku and name), its events, and the payments, parcels and notes
        that were made in Comptoir (those with an `event_id`); what an earlier import brought is replaced; its version
        goes up by one, and it gets one event of kind `event` by `actor` at `now` with cause `run_id`, whose before
        and after hold the columns that changed among statuses, total and contact. Its staged events are not used."""
        return merging.apply(write, self.portions, zone=zone, now=now, event=event, actor=actor, run_id=run_id)

    def portions(self) -> Iterator[tuple[int, int]]:
        """The places, from and up to, of orders that are few enough to be dealt with at once."""
        for places in pairwise([*self._cuts, self._places]):
            self._let_go_of_memory()
            yield places

    def _let_go_of_memory(self) -> None:
        """Give back what we and the engine have done with, and keep for later otherwise."""
        pa.default_memory_pool().release_unused()
        self._store.let_go_of_memory()

    def _sorted_rows(self, size: int) -> Iterator[tuple[str, int, str]]:
        for row in self._in_pages("select place, key, row_no, content from sorted_rows", size, "place"):
            yield row["key"], row["row_no"], row["content"]

    def _in_pages(self, sql: str, size: int, column: str = "place") -> Iterator[Row]:
        """Rows of a question in the order of `column`, a page at a time, so that the connection is free between."""
        last = -1
        while page := self._aside.rows(
            f"select * from ({sql}) where {column} > ? order by {column} limit {size:d}", [last]
        ):
            yield from page
            last = page[-1][column]


@contextmanager
def stage(store: Store) -> Iterator[Staging]:
    """A place aside for one run."""
    with store.session() as con, engine_errors():
        yield Staging(store, con)
