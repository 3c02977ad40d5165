"""When a report is due: once on each of its days, at an hour of the shop's clock. Pure.

A day is a day of the shop, and each has one moment: an hour that the clock skips counts as the one after it, of an hour
that it repeats the first counts. So nights on which clocks change bring one report, never two and never none.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services import clock

DAY = timedelta(days=1)


class Rhythm(StrEnum):
    """How often a report goes out."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """`weekday` counts from 1, Monday; `month_day` is the last day of a month that has no such day; `hour` is 0 to
    23."""

    rhythm: Rhythm
    weekday: int = 1
    month_day: int = 1
    hour: int = 7

    def is_on(self, day: date) -> bool:
        """Whether a day is one of its days."""
        match self.rhythm:
            case Rhythm.DAILY:
                return True
            case Rhythm.WEEKLY:
                return day.isoweekday() == self.weekday
        return day.day == min(self.month_day, monthrange(day.year, day.month)[1])

    def at(self, day: date, zone: str) -> datetime:
        """The UTC moment of one of its days."""
        return clock.from_local(datetime.combine(day, time(self.hour)), zone)


def last_due(schedule: Schedule, now: datetime, zone: str) -> date:
    """The newest of its days whose moment has come."""
    day = clock.day(now, zone) + DAY  # where the clock jumps over midnight a day's hour may be the next day's
    while not (schedule.is_on(day) and schedule.at(day, zone) <= now):
        day -= DAY
    return day


def next_due(schedule: Schedule, now: datetime, zone: str) -> date:
    """The first of its days whose moment is still to come."""
    day = clock.day(now, zone) - DAY
    while not (schedule.is_on(day) and schedule.at(day, zone) > now):
        day += DAY
    return day
