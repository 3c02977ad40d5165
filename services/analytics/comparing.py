"""Two answers laid beside each other by step of time, and how much one is more than the other, in percent. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.dimensions import Dimension

HUNDRED = Decimal(100)
_MONTHS = {Dimension.MONTH: 1, Dimension.QUARTER: 3, Dimension.YEAR: 12}
_DAYS = {Dimension.DAY: 1, Dimension.WEEK: 7}
GRAINS = (Dimension.HOUR, Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR)

Amount = Decimal | int


def change(now: Amount | None, before: Amount | None) -> Decimal | None:
    """By how many percent `now` is more than `before`; None where that means nothing: out of nothing, or unknown."""
    if now is None or before is None or not before:
        return None
    return (Decimal(now) - Decimal(before)) / abs(Decimal(before)) * HUNDRED


def steps(of: Dimension, first: date, last: date) -> list[Any]:
    """The steps of time from that of `first` to that of `last`, as answers have them. Hours are those of the day."""
    if of is Dimension.HOUR:
        return list(range(24))
    return [_value(of, _start(of, first, at)) for at in range(place(of, first, last) + 1)]


def place(of: Dimension, first: date, day: date) -> int:
    """How many steps after that of `first` the step of a day comes; below zero when before."""
    if of in _MONTHS:
        months = (day.year - first.year) * 12 + day.month - first.month
        size = _MONTHS[of]
        return (months + (first.month - 1) % size) // size
    return (day - _monday(first) if of is Dimension.WEEK else day - first).days // _DAYS[of]


def begin(of: Dimension, value: Any) -> date:
    """The first day of a step of time."""
    match of:
        case Dimension.MONTH:
            return date(int(value[:4]), int(value[5:]), 1)
        case Dimension.QUARTER:
            return date(int(value[:4]), int(value[-1]) * 3 - 2, 1)
        case Dimension.YEAR:
            return date(int(value), 1, 1)
    return date.fromisoformat(str(value))


def aligned(
    rows: Sequence[Mapping[str, Any]], of: Dimension, figure: str, first: date, count: int
) -> list[Amount | None]:
    """The figure of each of `count` steps of time, the first that of `first`: rows of an answer laid on an axis. A step
    without a row has None; rows outside are left out."""
    made: list[Amount | None] = [None] * count
    for row in rows:
        at = int(row[of.value]) if of is Dimension.HOUR else place(of, first, begin(of, row[of.value]))
        if 0 <= at < count:
            made[at] = row[figure]
    return made


def moving_average(amounts: Sequence[Amount | None], window: int) -> list[Decimal | None]:
    """The mean of each amount and those before it, `window` in all; None where so many are not known."""
    made: list[Decimal | None] = []
    for at in range(len(amounts)):
        known = [one for one in amounts[max(0, at - window + 1) : at + 1] if one is not None]
        made.append(sum(map(Decimal, known), Decimal(0)) / window if len(known) == window else None)
    return made


def _start(of: Dimension, first: date, at: int) -> date:
    if of in _MONTHS:
        months = first.year * 12 + first.month - 1 - (first.month - 1) % _MONTHS[of] + at * _MONTHS[of]
        return date(months // 12, months % 12 + 1, 1)
    return (_monday(first) if of is Dimension.WEEK else first) + timedelta(days=at * _DAYS[of])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _value(of: Dimension, start: date) -> Any:
    match of:
        case Dimension.MONTH:
            return f"{start:%Y-%m}"
        case Dimension.QUARTER:
            return f"{start.year:04d}-Q{(start.month + 2) // 3}"
        case Dimension.YEAR:
            return str(start.year)
    return start
