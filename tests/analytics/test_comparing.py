"""Two answers beside each other by step of time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dimensions import Dimension
from services.analytics.comparing import GRAINS, aligned, begin, change, moving_average, place, steps

D = Decimal
CALENDAR = [grain for grain in GRAINS if grain is not Dimension.HOUR]


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        (D(120), D(100), 20),
        (D(50), D(100), -50),
        (D(5), D(-10), 150),
        (D(5), D(0), None),
        (None, D(5), None),
        (3, 2, 50),
    ],
)
def test_a_change_is_in_percent_of_what_was_before(now: Decimal, before: Decimal, percent: int | None) -> None:
    assert change(now, before) == percent


@pytest.mark.parametrize(
    ("grain", "first", "last", "made"),
    [
        (Dimension.DAY, date(2026, 2, 27), date(2026, 3, 1), [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]),
        (Dimension.WEEK, date(2025, 12, 31), date(2026, 1, 5), [date(2025, 12, 29), date(2026, 1, 5)]),
        (Dimension.MONTH, date(2025, 11, 30), date(2026, 1, 1), ["2025-11", "2025-12", "2026-01"]),
        (Dimension.QUARTER, date(2025, 12, 31), date(2026, 1, 1), ["2025-Q4", "2026-Q1"]),
        (Dimension.YEAR, date(2024, 2, 29), date(2026, 1, 1), ["2024", "2025", "2026"]),
    ],
)
def test_steps_are_as_answers_have_them(grain: Dimension, first: date, last: date, made: list[object]) -> None:
    assert steps(grain, first, last) == made


@given(st.sampled_from(CALENDAR), st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-4000, 4000))
def test_the_place_of_a_step_is_that_of_all_its_days(grain: Dimension, first: date, days: int) -> None:
    day = first + timedelta(days=days)
    low, high = sorted((first, day))
    listed = steps(grain, low, high)
    assert len(listed) == place(grain, low, high) + 1
    assert [place(grain, low, max(low, begin(grain, step))) for step in listed] == list(range(len(listed)))
    assert place(grain, high, low) == -place(grain, low, high)


def test_the_march_of_last_year_stands_beside_this_march() -> None:
    rows = [
        {"month": "2024-12", "placed": D(9)},
        {"month": "2025-01", "placed": D(1)},
        {"month": "2025-03", "placed": D(3)},
    ]
    assert aligned(rows, Dimension.MONTH, "placed", date(2025, 1, 1), 3) == [D(1), None, D(3)]


def test_hours_stand_on_the_hours_of_the_day() -> None:
    made = aligned([{"hour": 9, "orders": 2}], Dimension.HOUR, "orders", date(2026, 3, 1), 24)
    assert [at for at, amount in enumerate(made) if amount] == [9]


def test_an_average_moves_only_over_what_is_known() -> None:
    assert moving_average([D(1), D(2), D(6), None, D(3)], 2) == [None, D("1.5"), D(4), None, None]
