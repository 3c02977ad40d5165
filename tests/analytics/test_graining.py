"""The step of time that suits a span of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.dimensions import Dimension
from services import query
from services.analytics.graining import lifted, of_itself, readable

FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "grain"),
    [(1, Dimension.HOUR), (31, Dimension.DAY), (91, Dimension.WEEK), (365, Dimension.MONTH), (4000, Dimension.QUARTER)],
)
def test_a_longer_span_steps_more_coarsely(days: int, grain: Dimension) -> None:
    assert of_itself(FIRST, FIRST + timedelta(days=days - 1)) is grain


def test_so_many_steps_that_nobody_can_read_them_become_fewer() -> None:
    assert readable(Dimension.DAY, FIRST, FIRST + timedelta(days=3650)) is Dimension.WEEK
    assert readable(Dimension.DAY, date(1, 1, 1), date(9999, 12, 31)) is Dimension.YEAR
    assert readable(Dimension.HOUR, FIRST, FIRST + timedelta(days=1)) is Dimension.DAY


@pytest.mark.parametrize(
    ("q", "first", "last", "rest"),
    [
        ("month:2026-03", date(2026, 3, 1), date(2026, 3, 31), ""),
        ("placed:2026-03-05 country:FR", date(2026, 3, 5), date(2026, 3, 5), "country:FR"),
        ("placed:2025-12-20..2026-01-05", date(2026, 1, 1), date(2026, 1, 5), ""),
        ("month:2026-03,2026-05", date(2026, 1, 1), date(2026, 12, 31), "month:2026-03,2026-05"),
        ("month:2020-03", date(2026, 1, 1), date(2026, 12, 31), "month:2020-03"),
        ("-month:2026-03", date(2026, 1, 1), date(2026, 12, 31), "-month:2026-03"),
    ],
)
def test_days_that_the_filter_asks_for_count_as_the_period(q: str, first: date, last: date, rest: str) -> None:
    low, high, left = lifted(date(2026, 1, 1), date(2026, 12, 31), query.parse(q))
    assert (low, high) == (first, last)
    assert left == query.parse(rest)
