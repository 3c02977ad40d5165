"""Several tables as one: orders, with their lines, payments, customers and products joined to them by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.errors import Invalid
from services.imports.grids import Grid, grid_of
from services.imports.headers import Field, folded, meaning
from services.imports.mapping import Join
from services.imports.recognition import Recognised
from services.imports.records import Ending
from services.language import _

LARGEST_BESIDE = 2_000_000  # rows of a table that is held in memory beside the orders
_SAME_AS = {"user id": "customer id", "ship via": "shipper id", "client id": "customer id"}

Row = tuple[int, list[str]]


@dataclass
class Joined:
    """One table out of several. Like a grid: `header`, `rows()`, `sample()`."""

    name: str
    header: tuple[str, ...]
    joins: tuple[Join, ...]
    _main: Grid
    _beside: dict[str, Beside] = field(default_factory=dict)

    @property
    def ending(self) -> Ending:
        return self._main.ending

    def rows(self) -> Iterator[Row]:
        """The rows of the orders, each as often as it has lines."""
        for row, cells in self._main.rows():
            for whole in self._extended(list(cells)):
                yield row, whole

    def sample(self, count: int) -> list[list[str]]:
        """The cells of the first rows."""
        found = []
        for _row, cells in self.rows():
            found.append(cells)
            if len(found) >= count:
                break
        return found

    def _extended(self, cells: list[str]) -> list[list[str]]:
        names = list(self._main.header)
        rows = [cells]
        for join in self.joins:
            beside = self._beside[join.table]
            at = names.index(join.by)
            if join.role == "payments":
                rows = [[*one, beside.as_payments(one[at])] for one in rows]
                names.append(f"{join.table}.payments")
                continue
            rows = [[*one, *more] for one in rows for more in beside.of(one[at], join.role == "lines")]
            names += beside.names
        return rows


@dataclass
class Beside:
    """A table held in memory, by the column it is joined on."""

    grid: Grid
    on: str
    by_key: dict[str, list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = self.grid.header.index(self.on)
        for count, (_row, cells) in enumerate(self.grid.rows(), start=1):
            if count > LARGEST_BESIDE:
                raise Invalid(_("“{name}” has too many rows to be joined.", name=self.grid.source.file.name))
            self.by_key.setdefault(cells[at], []).append(cells)

    @property
    def names(self) -> list[str]:
        return [f"{self.grid.name}.{name}" for name in self.grid.header]

    def of(self, key: str, is_many: bool) -> list[list[str]]:
        """The rows of a key: one blank row when there is none."""
        found = self.by_key.get(key) or [[""] * len(self.grid.header)]
        return found if is_many else found[:1]

    def as_payments(self, key: str) -> str:
        """The payments of a key as JSON: (method, amount, date) each."""
        fields = [meaning(name) for name in self.grid.header]
        places = {found[0]: place for place, found in enumerate(fields) if found}
        method, amount = places.get(Field.PAYMENT_METHOD), places.get(Field.LINE_TOTAL, places.get(Field.TOTAL))
        at = places.get(Field.PLACED_AT)
        return json.dumps(
            [
                ["" if place is None else cells[place] for place in (method, amount, at)]
                for cells in self.by_key.get(key, [])
            ]
        )

    @property
    def is_unique(self) -> bool:
        return all(len(rows) == 1 for rows in self.by_key.values())


def table_of(files: Sequence[Recognised], joins: Sequence[Join] = ()) -> Grid | Joined:
    """The one table that these files make. Raises `Invalid` when they do not belong together."""
    grids = [grid_of(one) for one in files]
    if len(grids) == 1:
        return grids[0]
    main = next((grid for grid in grids if _is_orders(grid)), None)
    if main is None:
        raise Invalid(_("None of these files has orders with a date."))
    others = [grid for grid in grids if grid is not main]
    return _joined(main, others, joins or ())


def _is_orders(grid: Grid) -> bool:
    fields = {found[0] for name in grid.header if (found := meaning(name))}
    return Field.PLACED_AT in fields and Field.NUMBER in fields


def _joined(main: Grid, others: list[Grid], given: Sequence[Join]) -> Joined:
    known: list[tuple[str, str]] = [(name, _called(main)) for name in main.header]
    beside: dict[str, Beside] = {}
    joins: list[Join] = []
    waiting = list(others)
    while waiting:
        found = next(
            (
                (grid, by, on)
                for grid in waiting
                for by, on in [_link(known, grid, [one for one in given if one.table == grid.name])]
                if by
            ),
            None,
        )
        if found is None:
            names = ", ".join(grid.source.file.name for grid in waiting)
            raise Invalid(_("How these files belong to the orders was not found: {names}.", names=names))
        grid, by, on = found
        waiting.remove(grid)
        table = Beside(grid, on)
        role = "lookup" if table.is_unique else _role(grid)
        joins.append(Join(grid.name, role, by, on))
        beside[grid.name] = table
        added = [f"{grid.name}.payments"] if role == "payments" else table.names
        known += [(name, _called(grid)) for name in added]
    return Joined(main.name, tuple(name for name, _table in known), tuple(joins), main, beside)


def _called(grid: Grid) -> str:
    """The singular of a table's name: `raw_orders` -> `order`."""
    return folded(grid.name).removeprefix("raw ").removesuffix("s")


def _role(grid: Grid) -> str:
    fields = {found[0] for name in grid.header if (found := meaning(name))}
    return "payments" if Field.PAYMENT_METHOD in fields and Field.QUANTITY not in fields else "lines"


def _link(known: Sequence[tuple[str, str]], grid: Grid, given: Sequence[Join]) -> tuple[str, str]:
    """The column of what is known and the column of the table that mean the same; empty when there is none."""
    if given:
        return given[0].by, given[0].on
    own = {_key(name, _called(grid)): name for name in grid.header}
    for name, table in known:
        key = _key(name.rpartition(".")[2], table)
        if key.endswith(" id") and key in own:
            return name, own[key]
    return "", ""


def _key(column: str, table: str) -> str:
    """What a key column is called in full: `id` of the orders is `order id`."""
    name = folded(column)
    return _SAME_AS.get(name, f"{table} id" if name == "id" else name)
