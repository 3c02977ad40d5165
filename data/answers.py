"""Answers that still hold: what the store was asked since its last change need not be looked for again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Kept = dict[tuple[str, str], list[tuple[Any, ...]]]

# Questions that are kept, and rows of an answer that are worth it.
MOST, LONGEST = 500, 1000


class Answers:
    """Of one process. Every commit ends those about the whole store; those about one table end when it is changed."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[int, Kept]] = {}

    def as_of(self, change: int, table: str = "") -> Kept:
        """The answers for the snapshot that a commit made, by its number; or for snapshots that hold at least it, when
        nobody needs them newer. With a table, those about it alone, by the commit that changed it last."""
        kept = self._of.get(table)
        if kept is None or kept[0] != change or len(kept[1]) > MOST:
            kept = self._of[table] = (change, {})
        return kept[1]


class Changes:
    """What was changed when, as one process knows that changes all: the number of the last commit, and of the last one
    that changed a table. Never altered: each commit makes another one."""

    def __init__(self, number: int = 0, tables: Mapping[str, int] | None = None) -> None:
        self.number = number
        self._tables = tables or {}

    def after(self, tables: Iterable[str]) -> Changes:
        """With one more commit, which changed these tables."""
        number = self.number + 1
        return Changes(number, {**self._tables, **dict.fromkeys(tables, number)})

    def of(self, table: str) -> int:
        """The number of the last commit that changed a table, or may have."""
        return max(self._tables.get(table, 0), self._tables.get(ANY, 0))


ANY = "*"  # any table: what a statement changes of which we do not know
_CHANGE = re.compile(r"\s*(?:insert into|delete from|update)\s+([a-z_]+)\b")


def changed_by(statement: str) -> str:
    """The table that a statement changes, or `ANY`."""
    found = _CHANGE.match(statement)
    return found[1] if found else ANY


class Hints:
    """Where answers ended, which later answers of the same question may begin by. Whoever takes a hint must see by the
    answer whether it was good."""

    def __init__(self) -> None:
        self._of: dict[tuple[Any, ...], Any] = {}

    def get(self, question: tuple[Any, ...]) -> Any:
        """The hint for a question, None when there is none."""
        return self._of.get(question)

    def put(self, question: tuple[Any, ...], hint: Any) -> None:
        """Keep a hint; when there are many, the others go."""
        if len(self._of) > MOST:
            self._of = {}
        self._of[question] = hint
