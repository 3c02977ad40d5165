"""The overview: how the shop does in a period, against the one before and that of a year before, and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services.analytics import periods
from services.analytics.answering import Answer, Asked, ask
from services.analytics.failing import Failing, failing
from services.analytics.measures import Clock, Figure, Ratio
from services.analytics.periods import Named, Period, Unit
from services.errors import store_errors
from services.orders.finding import Heap, todo_counts
from services.shop import Shop

FIGURES: tuple[Figure, ...] = (
    Measure.PAID,
    Measure.ORDERS,
    Ratio.AVERAGE_ORDER,
    Measure.NEW_CUSTOMERS,
    Measure.REFUNDED,
)
DRAWN: tuple[Figure, ...] = (Measure.PAID, Measure.PLACED, Measure.ORDERS)  # what the curve can show
# Up to how many days a curve goes day by day and week by week; beyond that month by month.
BY_DAY, BY_WEEK = 92, 800


@dataclass(frozen=True, slots=True)
class Beside:
    """A period with its figures: `totals` has at most one row, of all that counts; `steps` one for each step of time
    that brought something, of the whole period, also of the part that does not count yet."""

    period: Period
    totals: Answer
    steps: Answer

    def figure(self, one: Figure) -> Decimal | None:
        """A figure of it; nothing placed is zero, and has no average."""
        if self.totals.rows:
            found: Decimal | None = self.totals.rows[0][one.value]
        else:
            found = None
        if isinstance(one, Ratio):
            return found if self.totals.rows and self.totals.rows[0][Measure.ORDERS.value] else None
        return Decimal(found or 0)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a curve: the place of its row among the steps of now (None without one), from when to when, and what
    it brought now, before and a year before; None where there is no such step, or it has not begun."""

    row: int | None
    first: date
    last: date
    hour: int | None
    now: Decimal | None
    before: Decimal | None
    year_before: Decimal | None
    is_unfinished: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of a period, of one moment. `before` and `year_before` are None where nothing can be before, the
    latter also where both are the same; `grain` is how the curve steps; `failing` are methods of payment that fail more
    than usual; `heaps` wait now, whatever the period."""

    now: Beside
    before: Beside | None
    year_before: Beside | None
    grain: Dimension
    failing: tuple[Failing, ...]
    heaps: tuple[Heap, ...]

    @property
    def is_empty(self) -> bool:
        """No order stands in the period."""
        return not self.now.totals.rows

    def curve(self, one: Figure) -> list[Step]:
        """What each step of the period brought of one of `DRAWN`, the same steps before beside it."""
        befores, years = (_values(beside, self.grain, one) for beside in (self.before, self.year_before))
        rows = {row[self.grain.value]: place for place, row in enumerate(self.now.steps.rows)}
        own = _values(self.now, self.grain, one)
        places = steps(self.now.period, self.grain)
        at = self.now.period.at
        made = []
        for place, (key, first, last) in enumerate(places):
            hour = key if isinstance(key, int) else None
            begun = _has_begun(at, first, hour)
            made.append(
                Step(
                    rows.get(key),
                    first,
                    last,
                    hour,
                    own[place] if begun else None,
                    befores[place] if place < len(befores) else None,
                    years[place] if place < len(years) else None,
                    begun and _is_running(at, first, last, hour),
                )
            )
        return made


def overview(
    shop: Shop,
    period: Period,
    now: datetime,
    filter: Filter | None = None,
    currency: str = "",
    counted: Clock = Clock.ORDER,
) -> Overview:
    """The overview of the orders under `filter`, at the moment `now` (UTC), of one snapshot but for what waits; money
    is `counted` on the day of its order, or on its own. Raises `Invalid` for what is no currency."""
    grain = grain_of(period)
    narrowed = filter or Filter()

    with store_errors(), shop.store.read() as read:

        def answered(figures: tuple[Figure, ...], by: tuple[Dimension, ...], of: Period) -> Answer:
            if counted is Clock.EVENT:
                days = None if of.name is Named.ALL else (of.first, of.counts_until)
                return ask(shop, Asked(figures, by, narrowed, counted, currency, days=days), read)
            return ask(shop, Asked(figures, by, narrowed & periods.as_filter(of), currency=currency), read)

        def beside(of: Period) -> Beside:
            return Beside(of, answered(FIGURES, (), of), answered(DRAWN, (grain,), periods.whole(of)))

        before, year_before = periods.before(period), periods.year_before(period)
        if before == year_before:
            year_before = None  # of a year, the one before is that of a year before
        if counted is Clock.EVENT:  # up to which hour money moved cannot be asked
            before, year_before = (one if one and one.until_hour is None else None for one in (before, year_before))
        return Overview(
            beside(period),
            beside(before) if before else None,
            beside(year_before) if year_before else None,
            grain,
            failing(shop, period, narrowed, currency, read) if not period.is_future else (),
            tuple(todo_counts(shop, now)),
        )


def grain_of(period: Period) -> Dimension:
    """How the curve of a period steps: by the hour for a day, else by the day, the week or the month."""
    if period.unit is Unit.DAY:
        return Dimension.HOUR
    if period.days <= BY_DAY:
        return Dimension.DAY
    return Dimension.WEEK if period.days <= BY_WEEK else Dimension.MONTH


def steps(period: Period, grain: Dimension) -> list[tuple[Any, date, date]]:
    """Every step of a period: its value in answers, its first and its last day."""
    if grain is Dimension.HOUR:
        return [(hour, period.first, period.first) for hour in range(24)]
    unit = Unit(grain.value)
    made: list[tuple[Any, date, date]] = []
    first, last = periods.span(unit, period.first)
    while True:
        made.append((f"{first:%Y-%m}" if grain is Dimension.MONTH else first, first, last))
        if last >= period.last:
            return made
        first, last = periods.span(unit, last + timedelta(days=1))


def change(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """By how much a figure moved, in percent; None where there is nothing to measure against."""
    if now is None or not then:
        return None
    return (now - then) / abs(then) * 100


def _values(beside: Beside | None, grain: Dimension, one: Figure) -> Sequence[Decimal]:
    """What each step of a period brought, a step without orders zero."""
    if beside is None:
        return ()
    found: Mapping[Any, Any] = {row[grain.value]: row[one.value] for row in beside.steps.rows}
    return [Decimal(found.get(key, 0)) for key, _first, _last in steps(beside.period, grain)]


def _has_begun(at: datetime | None, first: date, hour: int | None) -> bool:
    if at is None or first < at.date():
        return True
    return first == at.date() and (hour is None or hour <= at.hour)


def _is_running(at: datetime | None, first: date, last: date, hour: int | None) -> bool:
    return at is not None and first <= at.date() <= last and (hour is None or hour == at.hour)
