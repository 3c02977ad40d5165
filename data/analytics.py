"""Analytic answers: one `.sql` file each in `queries/`, asked under a filter of the order list.

A file stands for itself: its first lines are its meaning and its grain. `{filter}` in it is the condition on
`orders o`; `$currency`, `$cancelled`, `$received` and `$given_back` are the shop's words, given by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row

FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows by column name, and the SQL that made them with its values written in, ready to be asked again."""

    rows: list[Row]
    sql: str


def answer(read: Reader, name: str, filter: Filter, words: Mapping[str, object]) -> Found:
    """What the file `name` answers under a filter; `words` are the values of its `$names`."""
    text = _text(name)
    where = Where(read, filter)
    used = {word: value for word, value in words.items() if f"${word}" in text} | where.params
    sql = text.replace("{filter}", where.sql)
    return Found(read.rows(sql, used), _written_in(sql, used))


@lru_cache(maxsize=64)
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _written_in(sql: str, values: Mapping[str, object]) -> str:
    return re.sub(r"\$([a-z]\w*)", lambda mark: _literal(values[mark[1]]), sql)


def _literal(value: object) -> str:
    """A value as SQL. Only for people to read: what is run has parameters."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(part) for part in value) + "]"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
