"""What stands behind the store's two doors: a snapshot to read, and a transaction to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from data.answers import LONGEST, Hints, Kept, changed_by
from data.pace import timed
from data.sentences import engine_errors

Row = dict[str, Any]
Params = Sequence[object] | Mapping[str, object] | None

# The log of orders: what is put in there is linked at the end of its transaction, see `data/event_chain.py`.
EVENTS = "order_events"

# Rows in one `insert … values`: more of them take longer to parse than to keep.
_ROWS_AT_ONCE = 200

# Statements by their text, taken apart; how many of them are kept, and of how many letters each at most.
_PARSED: dict[str, str | duckdb.Statement] = {}
_MOST_PARSED, _LONGEST_PARSED = 500, 10_000


class Reader:
    """One snapshot of the store. Rows come as plain dicts, ids as text, money as `Decimal`. Every question raises
    `StoreError` with a sentence, never an error of the engine."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        zone: str = "UTC",
        answers: Callable[[str], Kept] | None = None,
        hints: Hints | None = None,
    ) -> None:
        self._con = con
        self.zone = zone  # the shop's time zone, in which its days begin
        self.hints = hints or Hints()
        self._answers = answers  # None in a transaction that has changed what they may be about
        self.has_failed = False  # a question that the engine refuses takes the snapshot with it

    def rows(self, sql: str, params: Params = None) -> list[Row]:
        """Every row of the answer, by column name."""
        with self._asking(sql):
            result = self._con.execute(self._parsed(sql), params)
            names = [column[0] for column in result.description or []]
            kinds = [str(column[1]) for column in result.description or []]
            found = result.fetchall()
        if any(kind.startswith("UUID") for kind in kinds):
            uuids = [kind.startswith("UUID") for kind in kinds]
            return [
                {name: _text(value) if uuid else value for name, value, uuid in zip(names, row, uuids, strict=True)}
                for row in found
            ]
        return [dict(zip(names, row, strict=True)) for row in found]

    def one(self, sql: str, params: Params = None) -> Row | None:
        """The first row of the answer, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def value(self, sql: str, params: Params = None) -> Any:
        """The first cell of the answer, or None."""
        found = self.tuples(sql, params)
        return (str(found[0][0]) if isinstance(found[0][0], UUID) else found[0][0]) if found else None

    def tuples(self, sql: str, params: Params = None) -> list[tuple[Any, ...]]:
        """Every row of the answer as the engine gives it, ids as `UUID`: where the time that `rows` takes tells."""
        with self._asking(sql):
            return self._con.execute(self._parsed(sql), params).fetchall()

    def known(self, sql: str, params: Params = None, *, table: str = "") -> list[tuple[Any, ...]]:
        """The same as `tuples`, from memory when this was asked before and nothing has changed since: for counts and
        choices, which are asked again with every page of a list. A question of one `table` alone may name it: it is
        not asked again when only others were changed."""
        if self._answers is None:
            return self.tuples(sql, params)
        kept, key = self._answers(table), (sql, repr(params))
        found = kept.get(key)
        if found is None:
            found = self.tuples(sql, params)
            if len(found) <= LONGEST:
                kept[key] = found
        return found

    @contextmanager
    def _asking(self, sql: str = "") -> Iterator[None]:
        """Around a question, timed if its `sql` is given."""
        try:
            with engine_errors(), timed(sql) if sql else nullcontext():
                yield
        except BaseException:
            self.has_failed = True
            raise

    def _parsed(self, sql: str) -> str | duckdb.Statement:
        """A statement as the engine has taken it apart: the same few are asked all day, and one whole order is three
        thousand letters."""
        found = _PARSED.get(sql)
        if found is None:
            statements = self._con.extract_statements(sql)
            found = statements[0] if len(statements) == 1 else sql
            if len(sql) <= _LONGEST_PARSED:
                if len(_PARSED) >= _MOST_PARSED:
                    _PARSED.clear()
                _PARSED[sql] = found
        return found

    def arrow(self, sql: str, params: Params = None) -> pa.Table:
        """The whole answer as an Arrow table; decimals and dates keep their type."""
        with self._asking(sql):
            return self._con.execute(sql, params).to_arrow_table()

    def batches(self, sql: str, params: Params = None, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The answer in Arrow batches of at most `size` rows, so that memory stays bounded. Read it to its end before
        the next question to the same door."""
        with self._asking():
            yield from self._con.execute(sql, params).to_arrow_reader(size)


class Writer(Reader):
    """One transaction: everything in it is kept, or nothing is."""

    # Own rows of orders that were read whole and not changed since: what is about to be changed need not be read twice.
    # Kept by `data/cards.py`.
    seen: dict[str, Row]

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        zone: str = "UTC",
        answers: Callable[[str], Kept] | None = None,
        linked: tuple[int, bytes] = (0, b""),
        is_linked_alone: bool = False,
    ) -> None:
        super().__init__(con, zone, answers)
        self.seen = {}
        self.marked: set[str] = set()  # orders whose kept figures no longer count (`data/stale.py`)
        self.changed: set[str] = set()  # tables
        self.told: list[Mapping[str, object]] = []  # events that are not linked yet
        # the newest link of the log by this process, its number and hash; `is_linked_alone`: there is no newer one
        self.linked, self.is_linked_alone = linked, is_linked_alone

    def execute(self, sql: str, params: Params = None) -> None:
        """One statement."""
        self._answers = None  # from here on what was known before need not be so
        self.changed.add(changed_by(sql))
        with self._asking(sql):
            self._con.execute(self._parsed(sql), params)

    def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Append rows that all have the columns of the first; `table` and columns are ours, never a user's."""
        if not rows:
            return
        if table == EVENTS:
            self.told.extend(rows)
        columns = list(rows[0])
        into, marks = f"insert into {table} ({', '.join(columns)})", ", ".join("?" * len(columns))
        if len(rows) == 1:  # a quarter less to plan than a list of values
            return self.execute(f"{into} select {marks}", list(rows[0].values()))
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            self.execute(
                f"{into} values {', '.join([f'({marks})'] * len(some))}",
                [row[column] for row in some for column in columns],
            )

    @contextmanager
    def shown(self, name: str, table: pa.Table) -> Iterator[None]:
        """Let SQL read an Arrow table by `name` while the block lasts: the way in for more than a handful of rows."""
        with engine_errors():
            self._con.register(name, table)
        try:
            yield
        finally:
            with suppress(duckdb.Error):  # the engine fell over: the first error is the one to tell
                self._con.unregister(name)


def _text(value: Any) -> Any:
    """An id, or a list of ids, as text."""
    if isinstance(value, list):
        return [None if part is None else str(part) for part in value]
    return None if value is None else str(value)
