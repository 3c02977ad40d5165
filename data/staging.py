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

from data.incoming import Batch
from data.store import Reader, Store, Writer


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


@dataclass(frozen=True)
class Applied:
    """What `apply` did. `left` are changed orders that were not touched: by wish, or because somebody changed them
    between `compare` and `apply` (these ids are in `moved`)."""

    new: int
    changed: int
    same: int
    left: int
    moved: tuple[str, ...]


class Staging:
    """The place aside. One thread at a time."""

    def append_rows(self, rows: Sequence[tuple[str, int, str]]) -> None:
        """Rows of a file as (key, row number, content): for sources whose orders are spread over rows. Give a few
        thousand at a time; contents are any text, such as JSON."""
        raise NotImplementedError

    def groups(self, size: int = 5_000) -> Iterator[Group]:
        """The rows grouped by key over everything appended, in the order of each key's first row number. At most
        `size` rows (and the last group whole) are in memory. `append` may be called while this is read."""
        raise NotImplementedError

    def append(self, batch: Batch) -> None:
        """Whole orders, as `data.intake.add` takes them; a value may also be an Arrow table. Ids are the importer's;
        an order that turns out to be known keeps the store's id."""
        raise NotImplementedError

    def compare(self) -> Comparison:
        """Look up every staged order in the store as it is now. Call it after the last `append`."""
        raise NotImplementedError

    def changed(self) -> Iterator[ChangedOrder]:
        """The changed orders, in the order in which they were staged. `leave` and `keep` may be called meanwhile."""
        raise NotImplementedError

    def new_orders(self) -> Iterator[tuple[str, str, str]]:
        """(order id, source, source_id) of the orders that are new, in the order in which they were staged."""
        raise NotImplementedError

    def leave(self, order_ids: Sequence[str]) -> None:
        """Changed orders that the run shall not touch."""
        raise NotImplementedError

    def keep(self, columns: Sequence[str], order_ids: Sequence[str] | None = None) -> None:
        """Columns of `orders` whose kept value wins over the run's in changed orders (these, or all when None): a
        file that does not know a column, a field that was corrected in Comptoir. The names `order_lines`, `payments`,
        `shipments` and `order_notes` keep the rows of those tables."""
        raise NotImplementedError

    def read(self) -> Reader:
        """Questions over the store and the staged tables `staged_orders`, `staged_order_lines`, …, for named
        questions in `data/`."""
        raise NotImplementedError

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The store's write transaction, as `store.write()`, on the connection that sees the staged orders."""
        raise NotImplementedError
        yield

    def apply(self, write: Writer, *, zone: str, now: datetime, event: str, actor: str, run_id: str | None) -> Applied:
        """Put the new orders in and bring the changed ones up to date. `write` is this staging's own `write()`.

        New orders come with all they were staged with, their events too. A changed order keeps its id, the ids of
        lines that are still the same (sku and name), its events, and the payments, parcels and notes that were made
        in Comptoir (those with an `event_id`); what an earlier import brought is replaced; its version goes up by
        one, and it gets one event of kind `event` by `actor` at `now` with cause `run_id`, whose before and after
        hold the columns that changed among statuses, total and contact. Its staged events are not used."""
        raise NotImplementedError


@contextmanager
def stage(store: Store) -> Iterator[Staging]:
    """A place aside for one run."""
    raise NotImplementedError
    yield
