"""Periods of days in the shop's zone, and what each is measured against: the one before and that of a year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from data.filters import Condition, Field, Filter, Range
from services import clock

DAY = timedelta(days=1)


class Named(StrEnum):
    """Periods that have a name; the words of the address."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    LAST_WEEK = "last_week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    LAST_30_DAYS = "30d"
    QUARTER = "quarter"
    LAST_QUARTER = "last_quarter"
    YEAR = "year"
    LAST_YEAR = "last_year"
    ALL = "all"
    OWN = "own"


class Unit(StrEnum):
    """What a period is one of, when it is exactly that; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both in it. `at` is the moment of asking on the shop's clock (naive), None when that does
    not matter: then the period counts as over. `until` is the last day that counts where others are measured against a
    part of it only, `until_hour` the last hour of that day, where it is the only one."""

    first: date
    last: date
    name: Named = Named.OWN
    at: datetime | None = None
    until: date | None = None
    until_hour: int | None = None

    @property
    def is_unfinished(self) -> bool:
        """It has begun and is not over."""
        return self.at is not None and self.first <= self.at.date() <= self.last

    @property
    def is_future(self) -> bool:
        """It has not begun."""
        return self.at is not None and self.first > self.at.date()

    @property
    def counts_until(self) -> date:
        """The last day of it that counts."""
        return self.until or self.last

    @property
    def begun_until(self) -> date:
        """The last day of it that has begun: today where it is unfinished."""
        return min(self.counts_until, self.at.date()) if self.at and not self.is_future else self.counts_until

    @property
    def days(self) -> int:
        """How many days it has, those to come counted too."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> Unit | None:
        """The calendar's unit that it is exactly, None when it is none."""
        return next((unit for unit in Unit if span(unit, self.first) == (self.first, self.last)), None)


def shop_clock(now: datetime, zone: str) -> datetime:
    """A UTC moment as the shop's clock shows it, naive: the `at` of a period."""
    return clock.local(now, zone).replace(tzinfo=None)


def named(name: Named, at: datetime, since: date | None = None) -> Period:
    """The period of a name at a moment of the shop's clock (naive). `since` is the day of the first order, for `ALL`.
    `OWN` has no days by itself: it is today."""
    today = at.date()
    match name:
        case Named.TODAY | Named.OWN:
            first = last = today
        case Named.YESTERDAY:
            first = last = _earlier(today, DAY)
        case Named.LAST_30_DAYS:
            first, last = _earlier(today, 29 * DAY), today
        case Named.ALL:
            first, last = min(since or today, today), today
        case _:
            unit = Unit(name.removeprefix("last_"))
            first, last = span(unit, today)
            if name.startswith("last_"):
                first, last = span(unit, _earlier(first, DAY))
    return Period(first, last, name, at)


def own(first: date | None, last: date | None, at: datetime, since: date | None = None) -> Period:
    """A range that somebody chose. Reversed, it is turned round; open, it reaches from the first order or until
    today."""
    today = at.date()
    begin = first or min(since or today, last or today)
    end = last or max(begin, today)
    return Period(min(begin, end), max(begin, end), Named.OWN, at)


def asked(
    name: str, first: str, last: str, at: datetime, since: date | None = None, otherwise: Named = Named.MONTH
) -> Period:
    """The period that an address asks for; what it says wrongly counts as not said."""
    if name == Named.OWN or (not name and (first or last)):
        days = _day(first), _day(last)
        return own(*days, at, since) if any(days) else named(otherwise, at, since)
    return named(Named(name) if name in tuple(Named) else otherwise, at, since)


def before(period: Period) -> Period | None:
    """What it is measured against: the unit before where it is a day, a week, a month, a quarter or a year, else as
    many days right before. Of an unfinished one the same days of that count, and of its first day the same hours. None
    where nothing can be before."""
    if period.name is Named.ALL or period.first <= date.min + DAY:
        return None
    end = period.first - DAY
    unit = period.unit
    first, last = span(unit, end) if unit else (_earlier(period.first, period.days * DAY), end)
    return _as_far(period, first, last)


def year_before(period: Period) -> Period | None:
    """The same a year before, of an unfinished one as far as it is. A week is measured against that 52 weeks before, so
    that weekdays meet. None where nothing can be before."""
    if period.name is Named.ALL or period.first.year <= date.min.year + 1:
        return None
    unit = period.unit
    if unit is Unit.WEEK:
        first, last = period.first - 364 * DAY, period.last - 364 * DAY
    else:
        first, last = a_year_before(period.first), a_year_before(period.last)
        if unit and unit is not Unit.DAY:
            first, last = span(unit, first)
    return _as_far(period, first, last)


def as_filter(period: Period) -> Filter:
    """The orders placed in it, as far as it counts. Everything there is asks for nothing."""
    if period.name is Named.ALL:
        return Filter()
    made = [Condition(Field.PLACED, (Range(period.first, period.counts_until),))]
    if period.until_hour is not None:
        made.append(Condition(Field.HOUR, (Range(Decimal(0), Decimal(period.until_hour)),)))
    return Filter(tuple(made))


def whole(period: Period) -> Period:
    """The period with all its days, though others are measured against a part of it."""
    return Period(period.first, period.last, period.name, period.at)


def span(unit: Unit, day: date) -> tuple[date, date]:
    """The first and the last day of the unit that a day is in."""
    match unit:
        case Unit.DAY:
            return day, day
        case Unit.WEEK:
            first = _earlier(day, day.weekday() * DAY)
            return first, _later(first, 6 * DAY)
        case Unit.MONTH:
            return day.replace(day=1), _end_of_month(day.year, day.month)
        case Unit.QUARTER:
            month = day.month - (day.month - 1) % 3
            return date(day.year, month, 1), _end_of_month(day.year, month + 2)
        case Unit.YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)


def a_year_before(day: date) -> date:
    """The same day of the year before; the 29th of February has the 28th."""
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


def _as_far(period: Period, first: date, last: date) -> Period:
    if not period.is_unfinished or period.at is None:
        return Period(first, last)
    gone = period.at.date() - period.first
    until = min(_later(first, gone), last)
    hour = period.at.hour if not gone else None
    return Period(first, last, until=until if until < last else None, until_hour=hour)


def _end_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - DAY


def _earlier(day: date, by: timedelta) -> date:
    return day - by if day - date.min >= by else date.min


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day >= by else date.max


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
