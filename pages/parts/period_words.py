"""Periods as people name them, and what each is measured against."""

from __future__ import annotations

from babel.dates import format_date, format_interval

from services.analytics import Clock, saying
from services.analytics.periods import Named, Period, Unit
from services.language import _, conventions, current, day, n_


def name(period: Period) -> str:
    """ "This month"; an own range by its days."""
    return names()[period.name] if period.name is not Named.OWN else days(period)


def names() -> dict[Named, str]:
    """What people call periods, in the order in which they are offered."""
    return saying.period_names()


def days(period: Period) -> str:
    """From when to when, as far as it has begun: "1 – 23 Nov 2026"."""
    if period.first == period.begun_until:
        return day(period.first)
    return str(format_interval(period.first, period.begun_until, "yMMMd", locale=conventions(current())))


def short(period: Period) -> str:
    """A period in a few letters, to stand at the end of its line: "Oct 2026"."""
    first, locale = period.first, conventions(current())
    match period.unit:
        case Unit.YEAR:
            return str(first.year)
        case Unit.QUARTER:
            return str(format_date(first, "QQQ y", locale=locale))
        case Unit.MONTH:
            return str(format_date(first, "LLL y", locale=locale))
        case Unit.DAY:
            return day(first)
    return str(format_date(first, "d MMM y", locale=locale)) + " …"


def against_before(period: Period, before: Period) -> str:
    """What a figure of a period is measured against: "last month's same days"."""
    if period.unit is Unit.DAY:
        return _against_day(period, before)
    if before.until_hour is not None:
        return _("{day} until {hour}:59", day=day(before.first), hour=before.until_hour)
    if period.unit is None:
        return n_("the day before", "the {count} days before", period.days)
    so_far, all_of_it = {
        Unit.WEEK: (_("last week’s same days"), _("the week before")),
        Unit.MONTH: (_("last month’s same days"), _("the month before")),
        Unit.QUARTER: (_("last quarter’s same days"), _("the quarter before")),
        Unit.YEAR: (_("last year’s same days"), _("the year before")),
    }[period.unit]
    return so_far if period.is_unfinished else all_of_it


def against_year(period: Period) -> str:
    """What it is measured against besides: "the same days a year before"."""
    if period.unit is Unit.DAY:
        return _("the same day a year before")
    return _("the same days a year before") if period.is_unfinished else _("a year before")


def _against_day(period: Period, before: Period) -> str:
    if before.until_hour is not None:
        return _("yesterday until {hour}:59", hour=before.until_hour)
    return _("the day before")


def clock_name(one: Clock) -> str:
    """What people call the day on which money counts."""
    return {Clock.ORDER: _("the order"), Clock.EVENT: _("its movement")}[one]
