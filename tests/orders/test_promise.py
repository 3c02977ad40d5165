"""The shop's promise counts working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.orders.promise import Promise

FRANCE = Promise(2, "FR")
DAY = date.fromisoformat


@pytest.mark.parametrize(
    ("since", "today", "days"),
    [
        ("2026-03-11", "2026-03-11", 0),  # Wednesday
        ("2026-03-11", "2026-03-13", 2),
        ("2026-03-13", "2026-03-15", 0),  # a weekend
        ("2026-03-13", "2026-03-16", 1),
        ("2026-04-03", "2026-04-07", 1),  # Easter Monday in France
        ("2026-12-24", "2026-12-28", 1),
    ],
)
def test_weekends_and_holidays_are_not_waited(since: str, today: str, days: int) -> None:
    assert FRANCE.waited(DAY(since), DAY(today)) == days


def test_a_country_nobody_knows_has_no_holidays() -> None:
    assert Promise(2, "XX").waited(DAY("2026-12-24"), DAY("2026-12-28")) == 2
    assert Promise(2).waited(DAY("2026-12-24"), DAY("2026-12-28")) == 2


@pytest.mark.parametrize(("since", "last"), [("2026-03-11", "2026-03-13"), ("2026-03-14", "2026-03-17")])
def test_the_promise_is_kept_up_to_its_last_working_day(since: str, last: str) -> None:
    assert Promise(2).deadline(DAY(since)) == DAY(last)


@pytest.mark.parametrize(
    ("today", "before"),
    [("2026-03-13", "2026-03-11"), ("2026-03-14", "2026-03-12"), ("2026-03-16", "2026-03-12")],
)
def test_the_promise_is_broken_for_what_came_before(today: str, before: str) -> None:
    assert Promise(2).broken_before(DAY(today)) == DAY(before)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 40), st.integers(1, 12))
def test_days_back_and_days_waited_agree(today: date, ago: int, count: int) -> None:
    since = today - timedelta(days=ago)
    assert (FRANCE.waited(since, today) >= count) == (since <= FRANCE.day_before(today, count))
    promise = Promise(count, "FR")
    assert (promise.deadline(since) < today) == (since < promise.broken_before(today))
