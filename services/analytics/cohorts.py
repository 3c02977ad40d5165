"""Cohorts: customers by the month of their first order, and what became of them month by month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from data.store import Row
from services import clock
from services.analytics.answering import Answer, Asked, ask
from services.shop import Shop

FIGURES = (Measure.CUSTOMERS, Measure.ORDERS, Measure.PLACED)
# What is shown: the latest cohorts, and their first months. Files have them all.
MOST_COHORTS, MOST_MONTHS = 24, 12


class View(StrEnum):
    """What a cell says: which share of the cohort ordered in that month; what the cohort ordered in it; what a customer
    of it had ordered by its end."""

    RETENTION = "retention"
    PLACED = "placed"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a cohort. `retention` is in percent, `value` what a customer had ordered by then, not rounded; `row`
    is the answer's, None where nobody ordered. The current month is unfinished."""

    months_later: int
    retention: Decimal
    placed: Decimal
    value: Decimal
    row: Row | None
    is_unfinished: bool

    def figure(self, view: View) -> Decimal:
        """What it says in a view."""
        return {View.RETENTION: self.retention, View.PLACED: self.placed, View.VALUE: self.value}[view]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers who first ordered in `month`, how many they are, and their months up to now."""

    month: str
    customers: int
    cells: tuple[Cell, ...]


def asked(filter: Filter, currency: str) -> tuple[Asked, Asked]:
    """What cohorts are made of: month by month, and each as a whole."""
    by = Dimension.COHORT
    return (
        Asked(FIGURES, (by, Dimension.MONTHS_LATER), filter, currency=currency, name="cohorts"),
        Asked((Measure.CUSTOMERS,), (by,), filter, currency=currency),
    )


def cohorts(by_month: Answer, whole: Answer) -> tuple[Cohort, ...]:
    """The cohorts, the earliest first; orders of nobody known belong to none. Under a filter a cohort is those of its
    customers who have orders under it."""
    sizes = {row["cohort"]: row["customers"] for row in whole.rows}
    now = clock.day(by_month.asked_at, by_month.time_zone)
    current = now.year * 12 + now.month - 1
    by_cohort: dict[str, dict[int, Row]] = {}
    for row in by_month.rows:
        if row["cohort"]:
            by_cohort.setdefault(row["cohort"], {})[row["months_later"]] = row
    return tuple(
        Cohort(month, sizes[month], _cells(rows, sizes[month], current - _count(month)))
        for month, rows in sorted(by_cohort.items())
    )


def found(shop: Shop, filter: Filter, currency: str) -> tuple[Cohort, ...]:
    """The cohorts of the orders under a filter, in one currency."""
    return cohorts(*(ask(shop, one) for one in asked(filter, currency)))


def _cells(rows: dict[int, Row], size: int, age: int) -> tuple[Cell, ...]:
    """A cell for each month up to the current one, `age` months after the first, or the last that has orders."""
    cells, so_far = [], Decimal(0)
    for later in range(max(age, *rows) + 1):
        row = rows.get(later)
        placed = row["placed"] if row else Decimal(0)
        so_far += placed
        ordered = row["customers"] if row else 0
        share, value = (Decimal(100 * ordered) / size, so_far / size) if size else (Decimal(0), Decimal(0))
        cells.append(Cell(later, share, placed, value, row, is_unfinished=later >= age))
    return tuple(cells)


def _count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
