"""What charts are made of: marks with their names and how they are said, in series over time or by two figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pages.parts.chart_frame import label


class Shape(StrEnum):
    """How values over time are drawn."""

    BARS = "bars"
    LINES = "lines"
    CURVE = "curve"


class Role(StrEnum):
    """What a series is: one of those in question, the rest of them, what it is compared with, or their average."""

    NOW = "now"
    REST = "rest"
    BEFORE = "before"
    YEAR_BEFORE = "year_before"
    AVERAGE = "average"

    @property
    def is_beside(self) -> bool:
        """It is no part of the figures: a line beside them."""
        return self in (self.BEFORE, self.YEAR_BEFORE, self.AVERAGE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that is drawn: `key` is told when it is clicked (empty: a click means nothing), `name` and `said` are
    read when pointed at; `short` stands beside a bar; `amount` None is a gap. `before` is what it is compared with. It
    is faint while others are chosen, framed where many are, and drawn open while its time is unfinished."""

    key: str
    name: str
    amount: Decimal | int | float | None
    said: str
    short: str = ""
    before: Decimal | int | float | None = None
    is_faint: bool = False
    is_chosen: bool = False
    is_unfinished: bool = False

    @property
    def size(self) -> float | None:
        """The amount as it is drawn."""
        return None if self.amount is None else float(self.amount)

    @property
    def told(self) -> list[str]:
        """What Plotly keeps for it."""
        return [self.key, label(self.name, 80), label(self.said, 80)]


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of one name, one for each step of time."""

    name: str
    marks: Sequence[Mark]
    role: Role = Role.NOW


@dataclass(frozen=True, slots=True)
class Point:
    """A mark by two figures; `size` in pixels."""

    mark: Mark
    across: float
    up: float
    size: float = 9
