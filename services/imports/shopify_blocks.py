"""Shopify's CSV by blocks of thousands of orders: columns and SQL do what a person would do order by order.

Only orders of which nothing is to be said go that way. The others go one by one through the reader that can say it, and
a file in which they are many, or that is not as Shopify writes it, goes through that reader whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from json.encoder import encode_basestring as quoted

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.shopify_blocks import ShopifyBlocks
from data.staging import Staging
from services.imports.batches import Stamp
from services.imports.blocks import Block, Uneven, blocks, texts_of
from services.imports.identities import Identities
from services.imports.neighbours import Seen
from services.imports.portions import Portion, portion, portions
from services.imports.reading import Context
from services.imports.recognition import Recognised
from services.imports.result import PREVIEWED
from services.imports.shopify_columns import Columns
from services.imports.shopify_csv import FileReader, ShopifyCsv, columns_of
from services.imports.shopify_meanings import meanings
from services.orders.statuses import EventKind

WORTH_IT = 4 << 20  # bytes of files from which on blocks save more time than they take to plan
MOST_ODD = 0.5  # share of the first block's orders beyond which processes beside this one are quicker

_ESCAPED = bytes([*range(32), ord('"'), ord("\\")])  # in JSON

__all__ = ["ByBlocks", "Uneven"]


def is_worth_it(files: Sequence[Recognised]) -> bool:
    """Whether these files are large enough, and delimited text."""
    return sum(one.file.size for one in files) >= WORTH_IT and all(one.layout for one in files)


@dataclass
class ByBlocks:
    """One run's files. What is plain goes to the staging place at once; `portions` gives the rest. Raises `Uneven`,
    perhaps in the middle, when the files are for the other reader."""

    reader: ShopifyCsv
    files: Sequence[Recognised]
    context: Context
    stamp: Stamp
    staging: Staging
    identities: Identities
    scattered: set[str] = field(default_factory=set)

    def portions(self) -> Iterator[Portion]:
        """One portion per block: the orders of it that are not plain."""
        self._seen = Seen(sum(one.file.size for one in self.files))
        is_first, before = True, 0
        for index, one in enumerate(self.files):
            if one.layout is None:
                raise Uneven
            columns = columns_of(one, self.context)
            reader = FileReader(columns, self.context, index)
            engine = self._engine(columns)
            for block in blocks(one.file, one.layout, columns.name):
                self.context.rows += block.cells.num_rows
                self.context.bytes_read = before + block.read
                odd = self._staged(block, columns, engine, PREVIEWED if is_first else 0)
                if is_first and len(odd) - PREVIEWED > MOST_ODD * len(block.names):
                    raise Uneven
                is_first = False
                groups = zip(odd, block.rows(odd), strict=True) if odd else ()
                found = [read for place, rows in groups for read in reader.orders(block.names[place], _longer(rows))]
                yield portion(found, self.stamp)
            before += one.file.size
        yield from portions(self.reader.second_turn(self.context, self.scattered), self.stamp)

    def _engine(self, columns: Columns) -> ShopifyBlocks:
        alike: dict[str, str | datetime] = {
            "source": self.context.source, "run_id": self.stamp.run_id, "actor": self.stamp.actor,
            "kind": EventKind.IMPORTED.value, "now": self.stamp.now,
        }  # fmt: skip
        members = [f", {quoted(name)}: " for name in columns.header]
        return ShopifyBlocks(self.staging, columns.places, columns.tax_values, members, alike)

    def _staged(self, block: Block, columns: Columns, engine: ShopifyBlocks, shown: int) -> list[int]:
        """Stage what is plain; which orders are not. The first `shown` count as such: they are looked at whole."""
        again = {place for place, name in enumerate(block.names) if self._seen.before(name)}
        self.scattered |= {block.names[place] for place in again}
        layout = _Layout.of(block)
        odd = layout.odd(block.cells, columns) | set(range(shown))
        rows, heads = layout.without(block.cells, odd | again)
        if rows.num_rows:
            with engine.shown(rows, heads, meanings(rows, heads, columns), _filled(rows.select(range(columns.width)))):
                odd |= engine.judge()
                if self.identities.is_needed:
                    odd |= self._known(engine)
                hashes = {order: _hash(text) for order, text in engine.contents()}
                engine.stage(hashes)
        return sorted(odd - again)

    def _known(self, engine: ShopifyBlocks) -> set[int]:
        """Give plain orders the ids by which the store knows them; those that nobody can tell from others."""
        orders = engine.known_as()
        named, out = self.identities.judged([number for _, number, _ in orders], [own for _, _, own in orders])
        gone = {orders[place][0] for place in out}
        engine.rename({orders[place][0]: source_id for place, source_id in named.items()}, gone)
        return gone


@dataclass(frozen=True)
class _Layout:
    """Of each row of a block: its order, and its place in it."""

    order: NDArray[np.int64]
    nth: NDArray[np.int64]
    starts: NDArray[np.int64]

    @staticmethod
    def of(block: Block) -> _Layout:
        starts = np.array(block.starts)
        order = np.repeat(np.arange(len(starts)), np.diff([*block.starts, block.cells.num_rows]))
        return _Layout(order, np.arange(block.cells.num_rows) - starts[order], starts)

    def odd(self, cells: pa.Table, columns: Columns) -> set[int]:
        """Orders whose first row is not the one with the order's own values, or whose further rows have other ones."""
        own = [place for place in (columns.financialstatus, columns.total) if place >= 0]
        is_head = np.any([_is_filled(cells[place]) for place in own], axis=0)
        is_odd = is_head != (self.nth == 0)
        later = np.flatnonzero(self.nth)
        firsts = pa.array(self.starts[self.order[later]])
        for place in columns.once:
            told = cells[place].take(pa.array(later))
            is_filled = _is_filled(told)
            if is_filled.any():
                is_odd[later] |= is_filled & pc.not_equal(told, cells[place].take(firsts)).to_numpy()
        return set(self.order[is_odd].tolist())

    def without(self, cells: pa.Table, orders: set[int]) -> tuple[pa.Table, pa.Table]:
        """The rows of the other orders, as `ShopifyBlocks` wants them, and the first of each."""
        places = {"ord": self.order.astype(np.int32), "nth": self.nth.astype(np.int32)}
        rows = cells
        for name, values in {**places, "row_no": np.arange(len(self.order), dtype=np.int32)}.items():
            rows = rows.append_column(name, pa.array(values))
        is_kept = ~np.isin(self.order, list(orders))
        heads = rows.filter(pa.array(is_kept & (self.nth == 0)))
        return (rows.filter(pa.array(is_kept)) if orders else rows), heads


def _is_filled(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.not_equal(column, "").to_numpy(), dtype=np.bool_)


def _filled(rows: pa.Table) -> dict[int, bool]:
    """The columns that hold anything, and whether JSON has other signs for any of it."""
    found = {}
    for place, column in enumerate(rows.columns):
        texts = b"".join(texts_of(chunk) for chunk in column.chunks)
        if texts:
            found[place] = len(texts.translate(None, _ESCAPED)) < len(texts)
    return found


def _longer(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows with the empty cell at their end that an absent column reads."""
    return [(line, [*cells, ""]) for line, cells in rows]


def _hash(content: str) -> str:
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
