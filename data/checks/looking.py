"""How a check looks: a question for the rows that break it, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.doors import Reader

EXAMPLES = 5


@dataclass(frozen=True)
class Checked:
    """The outcome of one check: how many rows break it, and the numbers of some orders that do."""

    name: str
    rows: int
    examples: tuple[str, ...] = ()


def found(read: Reader, broken: str, params: Mapping[str, object] | None = None) -> tuple[int, tuple[str, ...]]:
    """How many rows SQL finds that break a check, and some of them by its column `number`."""
    row = read.one(f"select count(*) as rows, list(number)[:{EXAMPLES}] as examples from ({broken})", params) or {}
    return int(row["rows"]), tuple(str(one) for one in row["examples"] or ())


class Tally:
    """The same, put together of portions of the store."""

    def __init__(self, *names: str) -> None:
        self._rows = dict.fromkeys(names, 0)
        self._examples: dict[str, list[str]] = {name: [] for name in names}

    def add(self, name: str, rows: int, examples: list[str] | tuple[str, ...]) -> None:
        """One portion's."""
        self._rows[name] += rows
        self._examples[name] = [*self._examples[name], *examples][:EXAMPLES]

    def told(self) -> Iterator[Checked]:
        """The outcome of each check."""
        for name, rows in self._rows.items():
            yield Checked(name, rows, tuple(self._examples[name]))


def listed(words: tuple[str, ...]) -> str:
    """Words of ours as SQL texts."""
    return ", ".join(f"'{word}'" for word in words)


def twice(table: str, columns: str, told: str, where: str = "true") -> str:
    """SQL for rows that stand more than once; `told` names them."""
    return (
        f"select any_value({told})::varchar as number from {table} where {where} group by {columns} having count(*) > 1"
    )
