"""Periods: what a month so far is measured against, at the ends of months and years, and in the nights when clocks
turn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics import periods
from services.analytics.periods import Named, Period, Unit
from services.query import parse, write

AT = datetime(2026, 11, 23, 14, 30)  # a Monday
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))
DATES = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def days(period: Period | None) -> tuple[str, str] | None:
    return (period.first.isoformat(), period.counts_until.isoformat()) if period else None


@pytest.mark.parametrize(
    ("name", "own", "before", "year_before"),
    [
        (Named.TODAY, ("2026-11-23", "2026-11-23"), ("2026-11-22", "2026-11-22"), ("2025-11-23", "2025-11-23")),
        (Named.WEEK, ("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-16"), ("2025-11-24", "2025-11-24")),
        (Named.MONTH, ("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-23"), ("2025-11-01", "2025-11-23")),
        (Named.LAST_MONTH, ("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30"), ("2025-10-01", "2025-10-31")),
        (Named.LAST_30_DAYS, ("2026-10-25", "2026-11-23"), ("2026-09-25", "2026-10-24"), ("2025-10-25", "2025-11-23")),
        (Named.QUARTER, ("2026-10-01", "2026-12-31"), ("2026-07-01", "2026-08-23"), ("2025-10-01", "2025-11-23")),
        (Named.YEAR, ("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-11-23"), ("2025-01-01", "2025-11-23")),
    ],
)
def test_each_is_measured_against_the_same_part_of_the_one_before(
    name: Named, own: tuple[str, str], before: tuple[str, str], year_before: tuple[str, str]
) -> None:
    period = periods.named(name, AT)
    assert days(period) == own
    assert days(periods.before(period)) == before
    assert days(periods.year_before(period)) == year_before


@pytest.mark.parametrize(
    ("first", "last", "before", "year_before"),
    [
        ("2024-02-01", "2024-02-29", ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", ("2025-01-01", "2025-01-31"), ("2024-02-01", "2024-02-29")),
        ("2024-02-29", "2024-02-29", ("2024-02-28", "2024-02-28"), ("2023-02-28", "2023-02-28")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        ("2026-03-10", "2026-03-12", ("2026-03-07", "2026-03-09"), ("2025-03-10", "2025-03-12")),
        ("2020-12-28", "2021-01-03", ("2020-12-21", "2020-12-27"), ("2019-12-30", "2020-01-05")),
    ],
)
def test_what_is_over_is_measured_against_a_whole(
    first: str, last: str, before: tuple[str, str], year_before: tuple[str, str]
) -> None:
    period = periods.own(date.fromisoformat(first), date.fromisoformat(last), AT)
    assert days(periods.before(period)) == before
    assert days(periods.year_before(period)) == year_before


def test_at_the_end_of_march_all_of_february_is_measured_against() -> None:
    march = periods.named(Named.MONTH, datetime(2026, 3, 31, 9))
    assert march.is_unfinished
    assert days(periods.before(march)) == ("2026-02-01", "2026-02-28")


def test_on_its_first_day_a_month_is_measured_against_the_same_hours() -> None:
    month = periods.named(Named.MONTH, datetime(2026, 11, 1, 9, 5))
    earlier = periods.before(month)
    assert earlier is not None
    assert (earlier.counts_until, earlier.until_hour) == (date(2026, 10, 1), 9)
    assert write(periods.as_filter(earlier)) == "placed:2026-10-01 hour:0..9"
    assert write(periods.as_filter(periods.whole(earlier))) == "placed:2026-10"


@pytest.mark.parametrize(
    ("now", "zone", "today"),
    [
        (datetime(2026, 10, 24, 22, 30), "Europe/Paris", date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 30), "Europe/Paris", date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0), "Europe/Paris", date(2026, 10, 26)),
        (datetime(2026, 3, 28, 23, 0), "Europe/Paris", date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59), "Europe/Paris", date(2026, 3, 29)),
        (datetime(2026, 12, 31, 11, 0), "Pacific/Auckland", date(2027, 1, 1)),
    ],
)
def test_today_is_the_shops_day_also_in_nights_when_clocks_turn(now: datetime, zone: str, today: date) -> None:
    period = periods.named(Named.TODAY, periods.shop_clock(now, zone))
    assert (period.first, period.last) == (today, today)


@given(MOMENTS, st.sampled_from([name for name in Named if name is not Named.ALL]))
def test_the_one_before_ends_where_a_period_begins_and_has_no_more_of_it(at: datetime, name: Named) -> None:
    period = periods.named(name, at)
    earlier = periods.before(period)
    assert earlier is not None
    assert earlier.last == period.first - timedelta(days=1)
    assert earlier.first <= earlier.counts_until <= earlier.last
    if period.is_unfinished:
        assert (earlier.counts_until - earlier.first) <= (at.date() - period.first)
        assert (earlier.until_hour is None) == (at.date() > period.first)
    assert earlier.unit is period.unit


@given(MOMENTS, st.sampled_from([name for name in Named if name is not Named.ALL]))
def test_a_year_before_lies_a_year_before(at: datetime, name: Named) -> None:
    period = periods.named(name, at)
    earlier = periods.year_before(period)
    assert earlier is not None
    assert 364 <= (period.first - earlier.first).days <= 366
    if period.unit is Unit.WEEK:
        assert earlier.first.weekday() == 0
        assert earlier.days == 7


@given(DATES, DATES, MOMENTS)
def test_any_range_is_a_period_that_can_be_asked_for(one: date, other: date, at: datetime) -> None:
    period = periods.own(one, other, at)
    assert period.first <= period.last
    assert (period.first, period.last) == (min(one, other), max(one, other))
    for each in (period, periods.before(period), periods.year_before(period)):
        if each:
            asked = periods.as_filter(each)
            assert parse(write(asked)) == asked
            assert each.first <= each.counts_until <= each.last


@given(DATES)
def test_a_unit_holds_its_day_and_begins_where_it_should(day: date) -> None:
    for unit in Unit:
        first, last = periods.span(unit, day)
        assert first <= day <= last
    assert periods.span(Unit.WEEK, day)[0].weekday() == 0 or day - date.min < timedelta(days=7)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "week"}, ("2026-11-23", "2026-11-29")),
        ({"name": "never"}, ("2026-11-01", "2026-11-30")),
        ({"name": "own", "first": "2026-11-09", "last": "2026-11-02"}, ("2026-11-02", "2026-11-09")),
        ({"first": "2026-11-09"}, ("2026-11-09", "2026-11-23")),
        ({"last": "2026-11-09"}, ("2024-05-01", "2026-11-09")),
        ({"first": "2027-02-01"}, ("2027-02-01", "2027-02-01")),
        ({"name": "own", "first": "soon"}, ("2026-11-01", "2026-11-30")),
        ({"name": "all"}, ("2024-05-01", "2026-11-23")),
    ],
)
def test_an_address_asks_for_a_period_and_what_it_says_wrongly_is_not_said(asked: Any, found: tuple[str, str]) -> None:
    words = {"name": "", "first": "", "last": ""} | asked
    assert days(periods.asked(**words, at=AT, since=date(2024, 5, 1))) == found


def test_everything_asks_for_nothing_and_has_nothing_before() -> None:
    everything = periods.named(Named.ALL, AT, date(2024, 5, 1))
    assert not periods.as_filter(everything)
    assert periods.before(everything) is None
    assert periods.year_before(everything) is None


def test_a_range_to_come_is_neither_unfinished_nor_over() -> None:
    period = periods.own(date(2027, 1, 1), date(2027, 1, 31), AT)
    assert period.is_future
    assert not period.is_unfinished
    assert days(periods.before(period)) == ("2026-12-01", "2026-12-31")
