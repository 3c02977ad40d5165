"""The days that a filter asks for, and what it asks for besides."""

from __future__ import annotations

from datetime import date

from data.dimensions import Dimension
from data.filters import Condition, Field, Filter, Range
from services.analytics.dimensions import days


def span_of(filter: Filter) -> tuple[date | None, date | None, Filter]:
    """The first and the last day on which orders must have been placed (None is open), and the filter without that.
    Several ranges of one condition are taken from the first day to the last."""
    first: date | None = None
    last: date | None = None
    rest: list[Condition] = []
    for condition in filter.conditions:
        spans = [_days(value) for value in condition.values] if _is_of_days(condition) else []
        if not spans:
            rest.append(condition)
            continue
        lows, highs = [low for low, _high in spans], [high for _low, high in spans]
        low = None if None in lows else min(one for one in lows if one)
        high = None if None in highs else max(one for one in highs if one)
        first = max((one for one in (first, low) if one), default=None)
        last = min((one for one in (last, high) if one), default=None)
    return first, last, Filter(tuple(rest))


def _is_of_days(condition: Condition) -> bool:
    is_range = all(isinstance(value, Range) for value in condition.values)
    return condition.field in (Field.PLACED, Field.MONTH) and not condition.is_negated and is_range


def _days(value: object) -> tuple[date | None, date | None]:
    if not isinstance(value, Range):
        return None, None
    low, high = _day(value.low, 0), _day(value.high, 1)
    if low and not value.is_low_in:
        low = date.fromordinal((_day(value.low, 1) or low).toordinal() + 1)
    if high and not value.is_high_in:
        high = date.fromordinal((_day(value.high, 0) or high).toordinal() - 1)
    return low, high


def _day(bound: object, end: int) -> date | None:
    """A day as it is, a month by its first or its last day."""
    if isinstance(bound, date):
        return bound
    span = days(Dimension.MONTH, bound) if isinstance(bound, str) else None
    return span[end] if span else None
