"""Running a person's own SQL, read-only in four layers: the gate of `workbench_check`, a session in whose catalogue no
table of ours can be named (only temporary views of the documented ones), a read-only transaction, and no look at
Python's own variables. Time and memory are bounded by whoever asks, with `Question.stop`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from data.errors import SqlRefused
from data.store import Store
from data.workbench_check import Checked
from data.workbench_days import LISTS_OF_DAYS
from data.workbench_faults import question_errors
from data.workbench_views import select

# A catalogue that every connection has and that holds nothing.
_EMPTY_CATALOGUE = "memory"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer, with the engine's type: `DECIMAL(18,3)`, `VARCHAR`, `DATE`."""

    name: str
    type: str


class Question:
    """One question on a session of its own."""

    def __init__(self, con: duckdb.DuckDBPyConnection, text: str, values: Mapping[str, object]) -> None:
        self._con, self._text, self._values = con, text, dict(values)

    def ask(self) -> tuple[Column, ...]:
        """Begin; the columns of the answer. Raises `SqlRefused` with the place, or `Stopped`."""
        with question_errors():
            found = self._con.extract_statements(self._text)
            if len(found) != 1 or found[0].type != duckdb.StatementType.SELECT:  # the gate has said so already
                raise SqlRefused("Only reading is possible here: one SELECT. {first}", first="")
            self._con.execute(found[0], self._values or None)
            return tuple(Column(column[0], str(column[1])) for column in self._con.description or [])

    def some(self, count: int) -> list[tuple[Any, ...]]:
        """The next rows, at most `count`; none at the end. Ids are text."""
        with question_errors():
            rows = self._con.fetchmany(count)
        return [tuple(str(cell) if isinstance(cell, UUID) else cell for cell in row) for row in rows]

    def batches(self, size: int) -> Iterator[pa.RecordBatch]:
        """The rows that are left, in Arrow batches of at most `size`."""
        with question_errors():
            yield from self._con.to_arrow_reader(size)

    def plan(self) -> dict[str, Any]:
        """How the engine would go about it, as a tree of steps: `name`, `extra_info`, `children`."""
        before = "explain (format json) "
        try:
            with question_errors():
                rows = self._con.execute(f"{before}{self._text}", self._values or None).fetchall()
        except SqlRefused as error:
            error.at = None if error.at is None else error.at - len(before)
            raise
        steps: list[dict[str, Any]] = json.loads(rows[0][-1])
        return steps[0] if steps else {}

    def stop(self) -> None:
        """Break off what is under way; from any thread, and harmless when nothing is."""
        with suppress(duckdb.Error):
            self._con.interrupt()


@contextmanager
def question(
    store: Store, checked: Checked, values: Mapping[str, object], words: Mapping[str, object]
) -> Iterator[Question]:
    """A question ready to be asked, in a snapshot of the store. `values` are those of its parameters, `words` the
    shop's own (`workbench_views`)."""
    with store.session() as con:
        with question_errors():
            con.execute(f"use {_EMPTY_CATALOGUE}")
            con.execute("set python_enable_replacements = false")
            for statement in LISTS_OF_DAYS:
                con.execute(statement)
            for name in checked.views:
                con.execute(f"create temp view {name} as {select(name, words)}")
            con.execute("set errors_as_json = true")
            con.execute("begin transaction read only")
        yield Question(con, checked.text, values)
