"""When reports are due: once on each of their days, whatever the clocks do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services import clock
from services.scheduled.schedule import Rhythm, Schedule, last_due, next_due

ZONES = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "UTC"]
schedules = st.builds(
    Schedule, st.sampled_from(Rhythm), st.integers(1, 7), st.integers(1, 31), st.integers(0, 23)
)  # fmt: skip
starts = st.sampled_from([datetime(2026, 3, 20), datetime(2026, 10, 20), datetime(2024, 2, 20), datetime(2025, 12, 20)])


@settings(deadline=None, max_examples=60)
@given(schedules, st.sampled_from(ZONES), starts, st.integers(1, 39))
def test_every_day_of_it_is_due_once_in_order(own: Schedule, zone: str, start: datetime, pace: int) -> None:
    """Looked at more than once an hour over six weeks, as the upkeep does."""
    seen: list[date] = []
    at = start
    while at < start + timedelta(days=42):
        day = last_due(own, at, zone)
        if not seen or day != seen[-1]:
            seen.append(day)
        at += timedelta(minutes=20 + pace)
    assert seen == sorted(set(seen))
    between = [seen[0] + timedelta(days=gone) for gone in range((seen[-1] - seen[0]).days + 1)]
    assert seen == [day for day in between if own.is_on(day)]


@settings(deadline=None)
@given(schedules, st.sampled_from(ZONES), st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)))
def test_the_next_comes_after_the_last(own: Schedule, zone: str, now: datetime) -> None:
    last, following = last_due(own, now, zone), next_due(own, now, zone)
    assert own.at(last, zone) <= now < own.at(following, zone)
    assert not any(own.is_on(last + timedelta(days=gone)) for gone in range(1, (following - last).days))


@settings(deadline=None)
@given(schedules, st.sampled_from(ZONES), st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)))
def test_it_is_at_its_hour_of_the_shop_unless_the_clock_skips_it(own: Schedule, zone: str, now: datetime) -> None:
    day = last_due(own, now, zone)
    local = clock.local(own.at(day, zone), zone)
    assert (local.date(), local.hour) == (day, own.hour) or local.utcoffset() != clock.local(
        own.at(day, zone) - timedelta(hours=2), zone
    ).utcoffset()


def test_the_night_that_skips_two_oclock_has_its_report_at_three() -> None:
    own = Schedule(Rhythm.DAILY, hour=2)
    assert own.at(date(2026, 3, 29), "Europe/Paris") == datetime(2026, 3, 29, 1)
    assert last_due(own, datetime(2026, 3, 29, 0, 59), "Europe/Paris") == date(2026, 3, 28)


def test_the_night_that_has_two_oclock_twice_has_one_report() -> None:
    own = Schedule(Rhythm.DAILY, hour=2)
    first, second = datetime(2026, 10, 25, 0, 0), datetime(2026, 10, 25, 1, 0)
    assert last_due(own, first, "Europe/Paris") == last_due(own, second, "Europe/Paris") == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("month_day", "days"),
    [(31, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]), (29, ["2026-01-29", "2026-02-28", "2026-03-29"])],
)
def test_a_month_without_the_day_has_its_last(month_day: int, days: list[str]) -> None:
    own = Schedule(Rhythm.MONTHLY, month_day=month_day)
    every = [date(2026, 1, 1) + timedelta(days=gone) for gone in range(130)]
    assert [day.isoformat() for day in every if own.is_on(day)][: len(days)] == days
