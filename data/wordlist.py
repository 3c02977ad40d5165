"""The words of a handful of orders, without asking the store.

The words of orders are one SQL question (`data/terms.py`), made for a million orders at once: to plan and start it
costs more than fifteen milliseconds. So a small engine of its own, in memory, keeps it planned, and answers for
orders given as rows. It is the same question, made cheaper where that cannot change the answer: there are no other
orders to join away, and for texts in plain letters the classes of all the world's letters, which take milliseconds to
compile, come down to ASCII.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence

import duckdb

from data import terms
from data.incoming import SCHEMAS
from data.sentences import engine_errors

_TABLES = ("orders", "order_lines", "payments", "shipments", "order_notes")
# What texts may ask of the store's tables beyond what orders come with; {country} is the order's own.
_DERIVED = {"orders": "{country} as country"}
_ELSEWHERE = "null::timestamp as voided_at"

_OTHER_ORDERS = re.compile(r"\s+semi join fresh (using \(id\)|on order_id = fresh\.id)")
_LETTERS, _PLAIN_LETTERS = r"\p{L}\p{M}\p{N}", "a-z0-9"
# Letters that fold to one of a to z, and all of ASCII: texts of these need no other class of letters.
_PLAIN = re.compile(
    "[\x00-\x7f"
    + "".join(c for c in map(chr, range(0xC0, 0x180)) if re.fullmatch("[A-Za-z][̀-ͯ]", unicodedata.normalize("NFD", c)))
    + "]*"
)


class Wordlist:
    """One per process; any thread may ask. `country` is SQL for an order's country from its given columns."""

    def __init__(self, country: str) -> None:
        question = terms.words(_OTHER_ORDERS.sub("", terms.texts_of_orders()))
        self._asking = threading.Lock()
        # the question is planned over empty tables, so what the engine knows of their values must not count
        unasked = "statistics_propagation"
        self._con = duckdb.connect(":memory:", config={"threads": 1, "disabled_optimizers": unasked})
        self._columns: dict[str, list[str]] = {}
        for name in _TABLES:
            schema = SCHEMAS[name]
            self._columns[name] = [column for column in schema.names if column in question or column == "id"]
            self._con.register("shape", schema.empty_table())
            self._con.execute(f"create table given_{name} as select {', '.join(self._columns[name])} from shape")
            more = _DERIVED.get(name, _ELSEWHERE).format(country=country)
            self._con.execute(f"create view {name} as select *, {more} from given_{name} i")
            self._con.unregister("shape")
        for kind, asked in (("words", question), ("plain_words", question.replace(_LETTERS, _PLAIN_LETTERS))):
            self._con.execute(f"prepare {kind} as with fresh as (select id from orders) select * from ({asked})")

    def of(self, batch: Mapping[str, Sequence[Mapping[str, object]]]) -> list[tuple[str, str, str]]:
        """The distinct (term, field, order id) of orders given as rows, table by table, ordered by term."""
        with self._asking, engine_errors():
            self._con.begin()
            try:
                is_plain = True
                for name, columns in self._columns.items():
                    if rows := batch.get(name, ()):
                        is_plain = is_plain and all(_is_plain(row.get(column)) for row in rows for column in columns)
                        mark = "(" + ", ".join("?" * len(columns)) + ")"
                        self._con.execute(
                            f"insert into given_{name} values {', '.join([mark] * len(rows))}",
                            [row.get(column) for row in rows for column in columns],
                        )
                return self._con.execute("execute plain_words" if is_plain else "execute words").fetchall()
            finally:
                self._con.rollback()


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return _PLAIN.fullmatch(value) is not None
    return all(map(_is_plain, value)) if isinstance(value, list) else value is None
