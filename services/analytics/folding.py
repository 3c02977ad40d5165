"""Many rows folded into few: the largest and the rest, each with its share of the whole; and rows spread into a table
of two ways. Pure: the whole comes from a question of its own, so that nothing is lost or counted twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Amount = Decimal | int
Row = Mapping[str, Any]
Code = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Part:
    """A row that is told by itself: its code, its figure, and its share of the whole in percent, where it has one."""

    code: str
    row: Row
    amount: Amount | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Folded:
    """The largest parts; `rest` is what the others come to and `others` how many they are. No rest where parts do not
    add up to the whole: one customer may stand in several."""

    parts: tuple[Part, ...]
    rest: Amount | None
    rest_share: Decimal | None
    others: int
    whole: Amount | None


def top(rows: Sequence[Row], code: Code, figure: str, most: int, whole: Amount | None, adds_up: bool) -> Folded:
    """The `most` rows with the largest figures, and the rest of `whole`. `adds_up` says whether parts of the figure
    make the whole of it."""
    ordered = sorted(rows, key=lambda row: (row[figure] is None, -(row[figure] or 0), code(row)))
    kept = ordered[:most]
    parts = tuple(Part(code(row), row, row[figure], share(row[figure], whole) if adds_up else None) for row in kept)
    others = len(rows) - len(kept)
    rest = None
    if adds_up and whole is not None and others:
        rest = whole - sum(part.amount or 0 for part in parts)
    return Folded(parts, rest, share(rest, whole), others, whole)


def rest_of(whole: Sequence[Amount | None], parts: Sequence[Sequence[Amount | None]]) -> list[Amount | None]:
    """Step by step, what parts leave of the whole; None where the whole is not known."""
    return [
        None if amount is None else amount - sum(part[at] or 0 for part in parts) for at, amount in enumerate(whole)
    ]


def share(amount: Amount | None, whole: Amount | None) -> Decimal | None:
    """How many percent of the whole; None of nothing."""
    if amount is None or not whole:
        return None
    return Decimal(amount) / Decimal(whole) * 100


@dataclass(frozen=True, slots=True)
class Pivot:
    """A table of two ways: what stands down, what stands across, in the order of their coming, and the rows between by
    both."""

    down: tuple[Hashable, ...]
    across: tuple[Hashable, ...]
    cells: Mapping[tuple[Hashable, Hashable], Row]

    def cell(self, down: Hashable, across: Hashable, figure: str) -> Amount | None:
        """The figure where both meet, None where nothing does."""
        row = self.cells.get((down, across))
        amount: Amount | None = row[figure] if row else None
        return amount


def pivot(rows: Sequence[Row], down: Callable[[Row], Hashable], across: Callable[[Row], Hashable]) -> Pivot:
    """Rows spread by two of their values. Of rows that meet in one cell the last stays; answers have none such."""
    cells = {(down(row), across(row)): row for row in rows}
    return Pivot(tuple(dict.fromkeys(key for key, _ in cells)), tuple(dict.fromkeys(key for _, key in cells)), cells)
