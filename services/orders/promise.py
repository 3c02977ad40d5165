"""The shop's promise: within how many working days a paid order leaves, and how long anything has waited for that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from services.profile import Profile

_NO_COUNTRY: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """`days` are working days: Monday to Friday, less the public holidays of `country` (ISO 3166 alpha-2, empty for
    none)."""

    days: int
    country: str = ""

    def is_working(self, day: date) -> bool:
        """Whether the shop works on a day."""
        return day.weekday() < 5 and day not in _holidays(self.country)

    def waited(self, since: date, today: date) -> int:
        """Working days that something has waited: those after `since`, up to and with `today`."""
        days = (since + timedelta(days=ahead) for ahead in range(1, (today - since).days + 1))
        return sum(self.is_working(day) for day in days)

    def day_before(self, today: date, count: int) -> date:
        """The latest day since which something has waited `count` working days by `today`."""
        day = today
        while count > 0:
            count -= self.is_working(day)
            day -= timedelta(days=1)
        return day

    def deadline(self, since: date) -> date:
        """The last day on which the promise is kept for what came on `since`."""
        day, left = since, self.days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return day

    def broken_before(self, today: date) -> date:
        """The promise is broken, today, for everything that came before this day."""
        day, left = today, self.days
        while left > 0:
            day -= timedelta(days=1)
            left -= self.is_working(day)
        return day

    @property
    def is_made(self) -> bool:
        """There is one: 0 days promise nothing."""
        return self.days > 0


def promise(profile: Profile) -> Promise:
    """The promise that the shop's settings make."""
    return Promise(profile.rule("promise_days"), profile.rule("sender_country"))


@lru_cache(maxsize=16)
def _holidays(country: str) -> Collection[date]:
    """The public holidays of a country, of any year; none where the library does not know it."""
    if not country:
        return _NO_COUNTRY
    import holidays  # takes a tenth of a second: not for every start

    if country not in holidays.list_supported_countries():
        return _NO_COUNTRY
    return holidays.country_holidays(country)
