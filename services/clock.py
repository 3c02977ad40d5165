"""Time: UTC inside (naive datetimes), the shop's zone at the edge. "Now" comes in as an argument below the edge."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, UTC, naive."""
    return datetime.now(UTC).replace(tzinfo=None)


def set_back(at: datetime | None = None, running: float | None = None) -> timedelta:
    """How far the machine's clock was set back since this program began; nothing when it goes on as it should. `at` is
    what it shows, `running` the seconds of a clock that nobody sets, both now when absent."""
    should_be = _BEGAN + timedelta(seconds=(time.monotonic() if running is None else running) - _RUNNING)
    return max(should_be - (at or now()), timedelta())


def utc(moment: datetime) -> datetime:
    """An aware datetime as UTC, naive; a naive one is taken as UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def local(moment: datetime, zone: str) -> datetime:
    """A UTC moment on the clock of `zone` (aware)."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


def from_local(moment: datetime, zone: str) -> datetime:
    """A moment on the clock of `zone` as UTC. In the hour that autumn repeats, the first of the two."""
    return moment.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC).replace(tzinfo=None)


def day(moment: datetime, zone: str) -> date:
    """The day of a UTC moment in `zone`."""
    return local(moment, zone).date()


def rfc3339(moment: datetime | None) -> str | None:
    """A UTC moment as the API writes it: 2026-03-14T09:26:53Z."""
    return moment.replace(microsecond=0).isoformat() + "Z" if moment else None


_BEGAN, _RUNNING = now(), time.monotonic()
