"""Methods of payment that fail more than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data.dimensions import Dimension
from data.filters import Condition, Field, Filter, Presence, Text
from data.measures import Measure
from data.store import Reader, Row
from services.analytics import periods
from services.analytics.answering import Asked, ask
from services.analytics.measures import Figure
from services.analytics.periods import Named, Period
from services.shop import Shop

COUNTED: tuple[Figure, ...] = (Measure.FAILURES, Measure.ATTEMPTS)
USUAL = timedelta(days=90)  # over how long before a period is usual what happened
FEWEST = 3  # failures that nobody needs to look at
ENOUGH = 20  # attempts from which on it is known what is usual


@dataclass(frozen=True, slots=True)
class Failing:
    """A method: how many of its attempts failed, which share that is and which is usual (in percent), and the filter of
    the orders that have a failure."""

    method: str
    failures: int
    attempts: int
    usual: Decimal
    filter: Filter

    @property
    def share(self) -> Decimal:
        """Of its attempts, in percent."""
        return Decimal(100 * self.failures) / self.attempts


def failing(
    shop: Shop, period: Period, filter: Filter, currency: str, read: Reader | None = None
) -> tuple[Failing, ...]:
    """What fails more than in the ninety days before the period, the most failures first."""
    usual = _usual(period)
    if usual is None:
        return ()
    # one question for both: what was tried is looked for once
    both = filter & periods.as_filter(Period(usual.first, period.last))
    found = ask(shop, Asked(COUNTED, (Dimension.PAYMENT_METHOD, Dimension.DAY), both, currency=currency), read)
    made = []
    for method in {row["payment_method"] for row in found.rows}:
        rows = [row for row in found.rows if row["payment_method"] == method]
        failures, attempts = _counted([row for row in rows if row["day"] >= period.first])
        known = _counted([row for row in rows if row["day"] < period.first])
        if is_unusual(failures, attempts, *known):
            unpaid = Filter((_of(method), Condition(Field.PAYMENT_MESSAGE, (Presence.ANY,))))
            share = Decimal(100 * known[0]) / known[1]
            made.append(Failing(method, failures, attempts, share, filter & periods.as_filter(period) & unpaid))
    return tuple(sorted(made, key=lambda one: (-one.failures, one.method)))


def _counted(rows: Sequence[Row]) -> tuple[int, int]:
    """Failures and attempts of some rows."""
    return sum(row["failures"] for row in rows), sum(row["attempts"] for row in rows)


def is_unusual(failures: int, attempts: int, usual_failures: int, usual_attempts: int) -> bool:
    """Whether so many failures are more than chance explains: more than two deviations over what is usual."""
    if failures < FEWEST or usual_attempts < ENOUGH:
        return False
    share = Decimal(max(usual_failures, 1)) / usual_attempts  # never zero: the first failure is no wonder
    expected = attempts * share
    return failures > expected + 2 * (expected * (1 - share)).sqrt()


def _usual(period: Period) -> Period | None:
    if period.name is Named.ALL or period.first - date.min <= USUAL:
        return None
    return Period(period.first - USUAL, period.first - timedelta(days=1))


def _of(method: str) -> Condition:
    return Condition(Field.PAYMENT_METHOD, (Text(method) if method else Presence.NONE,))
