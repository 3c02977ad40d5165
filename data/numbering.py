"""The shop's counter of order numbers."""

from __future__ import annotations

from datetime import datetime

from data import preferences
from data.store import Writer

_COUNTER = "last_number"
_MOST = 10**12  # numbers above are ids of another system, not of a counter


def next_number(write: Writer, actor: str, now: datetime) -> str:
    """The number after the highest that the counter gave or an order bears. Inside the one write transaction no other
    order can take it; orders below the counter are skipped by their row groups' bounds."""
    last = int(preferences.every(write).get(_COUNTER, 0))
    highest = write.value(
        "select max(number_sort) from orders where number_sort > ? and number_sort < ?", [last, _MOST]
    )
    number = max(last, highest or 0) + 1
    preferences.put(write, {_COUNTER: number}, actor, now)
    return str(number)


def start_again(write: Writer, actor: str, now: datetime) -> None:
    """Let the counter forget the numbers it gave: the next one follows the highest that an order bears."""
    preferences.put(write, {_COUNTER: 0}, actor, now)
