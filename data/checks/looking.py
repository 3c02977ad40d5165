"""How a check looks: a question for the rows that break it, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from data.doors import Reader

EXAMPLES = 5

# Orders that are looked at at once by a question that does not fit into memory for all of them.
SLICE = 100_000


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


def asked(read: Reader, name: str, broken: str, zone: str, size: int = SLICE) -> Checked:
    """The outcome of one question. One that names `$least` and `$most` is asked of the orders between two ids."""
    params: dict[str, object] = {"zone": zone} if "$zone" in broken else {}
    if "$least" not in broken:
        return Checked(name, *found(read, broken, params or None))
    tally = Tally(name)
    for least, most in parted(read, "orders", size):
        tally.add(name, *found(read, broken, {**params, "least": least, "most": most}))
    return next(tally.told())


def parted(read: Reader, table: str, size: int) -> Iterator[tuple[str, str]]:
    """Ids that part a table: each after the first, up to the second. The parts hold all ids that there can be."""
    ends = read.tuples(
        f"select id::varchar from (select id, row_number() over (order by id) as place from {table}) "
        f"where place % {size:d} = 0 order by id"
    )
    least = str(UUID(int=0))
    for (most,) in ends:
        yield least, most
        least = most
    yield least, str(UUID(int=2**128 - 1))


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
