"""The step of time in which a span of days is told: not so fine that nobody can read it, not so coarse that nothing is
left of it. Pure."""

from __future__ import annotations

from datetime import date

from data.dimensions import Dimension
from data.filters import Field, Filter, Range, Text
from services.analytics import comparing, dimensions

MOST_STEPS = 750
_BY_ITSELF = ((1, Dimension.HOUR), (45, Dimension.DAY), (190, Dimension.WEEK), (1100, Dimension.MONTH))


def of_itself(first: date, last: date) -> Dimension:
    """The step that suits a span of days."""
    days = (last - first).days + 1
    return next((grain for most, grain in _BY_ITSELF if days <= most), Dimension.QUARTER)


def readable(asked: Dimension, first: date, last: date) -> Dimension:
    """The step that is asked for, or the next one of which there are not too many. Hours are told of one day only."""
    if asked is Dimension.HOUR and first != last:
        asked = Dimension.DAY
    if asked is Dimension.HOUR:
        return asked
    at = comparing.GRAINS.index(asked)
    fitting = (one for one in comparing.GRAINS[at:] if comparing.place(one, first, last) < MOST_STEPS)
    return next(fitting, Dimension.YEAR)


def lifted(first: date, last: date, filter: Filter) -> tuple[date, date, Filter]:
    """The span that is left of `first` to `last` by what a filter asks of the day of placing, and the filter without
    that. Both as they were where days do not follow each other or nothing is left: then the filter says it better."""
    low, high, rest = first, last, filter
    for condition in filter.conditions:
        if condition.field not in (Field.PLACED, Field.MONTH) or condition.is_negated:
            continue
        span = _span(condition.values[0]) if len(condition.values) == 1 else None
        if span is None:
            return first, last, filter
        low, high, rest = max(low, span[0]), min(high, span[1]), rest.without(condition)
    return (low, high, rest) if low <= high else (first, last, filter)


def _span(value: object) -> tuple[date, date] | None:
    """The days of a value, open ends reaching as far as days do."""
    if isinstance(value, Text):
        value = Range(value.text, value.text)
    if not isinstance(value, Range):
        return None
    low, high = _day(value.low, 0), _day(value.high, 1)
    return (low or date.min, high or date.max) if low or high else None


def _day(bound: object, end: int) -> date | None:
    if isinstance(bound, date):
        return bound
    if isinstance(bound, str):
        days = dimensions.days(Dimension.MONTH, bound)
        return days[end] if days else None
    return None
