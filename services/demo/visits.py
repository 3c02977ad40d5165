"""When the demo shop's customers order, and who comes back: two years that grow, with weekdays, seasons and hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from services.demo.columns import DAY, HOUR, SECOND, Ints
from services.demo.dice import Dice

DAYS = 730
CLOSES_AT = 8  # hour of the last day's last order, on the shop's clock

_MONTHS = (1.05, 0.85, 0.95, 0.95, 1.05, 0.9, 0.75, 0.65, 0.95, 1.05, 1.45, 1.75)
_WEEKDAYS = (1.1, 1.0, 1.0, 0.98, 0.92, 0.85, 1.15)
_HOURS = (1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 3, 4, 5, 5, 6, 5, 4, 4, 4, 5, 6, 7, 9, 9, 6, 3)
_GROWTH = 1.3  # the last day sells this much more than the first, beside seasons


@dataclass(frozen=True)
class Visits:
    """One entry per order, in the order of time: the moment it was placed, and the number of the customer."""

    placed: Ints
    customer: Ints
    is_first: np.ndarray
    end: int


def visits(dice: Dice, count: int, until: date, zone: str, now: datetime) -> Visits:
    """`count` visits that end on the morning of `until`, never after `now`."""
    orders = np.arange(count, dtype=np.int64)
    first = until - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    weights = [
        (1 + _GROWTH * number / DAYS) * _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * _feast(day)
        for number, day in enumerate(days)
    ]
    starts = np.array([_micros(day, zone) for day in days], dtype=np.int64)
    latest = np.int64(int((now - datetime(1970, 1, 1)).total_seconds() // 3600) * HOUR)
    end = min(_micros(until, zone) + CLOSES_AT * HOUR, int(latest))
    placed = starts[dice.weighted(orders, "day", weights)]
    placed += dice.weighted(orders, "hour", _HOURS) * HOUR + dice.below(orders, "second", HOUR // SECOND) * SECOND
    while (late := placed >= end).any():
        placed[late] -= DAY
    placed.sort()
    # whatever the size of the shop, something came in since yesterday evening
    fresh = min(count, 6)
    placed[count - fresh :] = np.sort(end - dice.between(orders[:fresh], "fresh", 60, 16 * 3600) * SECOND)
    placed.sort()
    return Visits(placed, *_customers(dice, orders), end)


def _customers(dice: Dice, orders: Ints) -> tuple[Ints, np.ndarray]:
    """Whose visit it is: somebody new, or one of those before, the recent ones more often."""
    count = len(orders)
    new = dice.happens(orders, "new customer", 0.72 - 0.24 * orders / max(count, 1))
    new[:1] = True
    known = np.cumsum(new)
    back = (known * dice.share(orders, "which customer") ** 1.6).astype(np.int64)
    return np.where(new, known - 1, known - 1 - np.minimum(back, known - 1)), new


def _feast(day: date) -> float:
    """Days that sell more: the week of Black Friday, the run to Christmas, Mother's Day in May."""
    if day.month == 11 and 22 <= day.day <= 30:
        return 1.8
    if day.month == 12:
        return 1.5 if 5 <= day.day <= 18 else 0.6 if day.day > 23 else 1.0
    if day.month == 5 and 18 <= day.day <= 29:
        return 1.4
    return 1.0


def _micros(day: date, zone: str) -> int:
    """Midnight of a day on the shop's clock, in microseconds UTC."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return int(midnight.timestamp()) * SECOND
