"""What the Sales screen is asked for, and what it is answered: one figure over time, told apart or not, beside what it
was before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.dimensions import CUTS, Dimension, Fact
from data.filters import Filter
from data.measures import Measure
from data.questions import Question, facts
from services.analytics import periods
from services.analytics.answering import NO_FILTER, Answer, Asked
from services.analytics.folding import Amount
from services.analytics.measures import Clock, Figure, is_additive, needed
from services.analytics.periods import Period

# Figures that have a day of their own, besides that of the order.
MOVED = frozenset({Measure.PAID, Measure.REFUNDED, Measure.NET})
Ask = Callable[[Asked], Answer]


class Compare(StrEnum):
    """What a figure is measured against; the words of the address."""

    NONE = "none"
    BEFORE = "before"
    YEAR = "year"
    BOTH = "both"

    def asks(self, other: Compare) -> bool:
        """Whether it is measured against that, alone or among both."""
        return self in (other, Compare.BOTH)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: a figure of the orders under `filter` in `period`, by `by` if anything, in steps of
    `grain` (of itself when None), the `top` largest told by themselves."""

    figure: Figure
    period: Period
    by: Dimension | None = None
    grain: Dimension | None = None
    filter: Filter = NO_FILTER
    compare: Compare = Compare.BEFORE
    clock: Clock = Clock.ORDER
    currency: str = ""
    top: int = 5

    @property
    def is_of_event(self) -> bool:
        """Its money counts on the day on which it moved."""
        return self.clock is Clock.EVENT and self.figure in MOVED


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure is measured against: its period (None: the same days of all the years before), its sum, and its
    figures by step."""

    period: Period | None
    total: Amount | None
    amounts: tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A part over time: its code (empty: the rest), the row that names it, its figures by step, its sum and that of
    before."""

    code: str
    row: dict[str, Any]
    amounts: tuple[Amount | None, ...]
    total: Amount | None
    share: Decimal | None
    before: Amount | None


@dataclass(frozen=True, slots=True)
class Sales:
    """What was found. `period` and `filter` are those in force once days that the filter asks for count as the period;
    `open_at` is the place of the step that is not over; `others` counts the values in the rest."""

    wish: Wish
    period: Period
    filter: Filter
    grain: Dimension
    steps: tuple[Any, ...]
    open_at: int | None
    amounts: tuple[Amount | None, ...]
    total: Amount | None
    before: Beside | None
    year: Beside | None
    parts: tuple[Told, ...]
    rest: Told | None
    others: int
    answer: Answer

    @property
    def base(self) -> Filter:
        """The filter of the orders that are counted; money on its own day comes from orders of any day."""
        return self.filter if self.wish.is_of_event else self.filter & periods.as_filter(self.period)


def together(figure: Figure, by: Sequence[Dimension]) -> bool:
    """Whether there is something of which the figure can be told apart by all of `by`."""
    return facts(Question(needed((figure,)), tuple(by))) is not None


def adds_up(figure: Figure, by: Dimension | None) -> bool:
    """Whether parts of a figure make its whole. An order with two products counts with each of them."""
    counts_orders = figure in (Measure.ORDERS, Measure.CANCELLED_ORDERS)
    return is_additive(figure) and not (by and counts_orders and CUTS[by].facts == (Fact.LINES,))
