"""Dates and times as files write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.imports.moments import DateOrder, date_order, moment


@pytest.mark.parametrize(
    "text,order,at",
    [
        ("2024-03-01 10:00:00 -0500", None, datetime(2024, 3, 1, 15)),
        ("2008-01-10T11:00:00-05:00", None, datetime(2008, 1, 10, 16)),
        ("2024-03-01T10:00:00Z", None, datetime(2024, 3, 1, 10)),
        ("2024-03-01 10:00:00", None, datetime(2024, 3, 1, 9)),
        ("2024-07-01", None, datetime(2024, 6, 30, 22)),
        ("01/03/2024 10:00", DateOrder.DAY_FIRST, datetime(2024, 3, 1, 9)),
        ("1/3/24", DateOrder.MONTH_FIRST, datetime(2024, 1, 2, 23)),
        ("1/3/69", DateOrder.MONTH_FIRST, None),
        ("25.12.2023", None, datetime(2023, 12, 24, 23)),
        ("45384.34789351852", None, datetime(2024, 4, 2, 6, 20, 58)),
        ("2024-13-01", None, None),
        ("03/04/2024", None, None),
        ("soon", None, None),
    ],
)
def test_a_moment_is_utc_and_naked_times_are_the_shops(text, order, at):
    if at is None:
        with pytest.raises(ValueError):
            moment(text, "Europe/Paris", order)
    else:
        assert moment(text, "Europe/Paris", order) == at


def test_the_order_of_a_column_is_decided_by_all_its_values():
    assert date_order(["03/04/2024", "25/04/2024"]) is DateOrder.DAY_FIRST
    assert date_order(["03/04/2024", "04/25/2024"]) is DateOrder.MONTH_FIRST
    assert date_order(["03/04/2024"]) is None
    with pytest.raises(ValueError):
        date_order(["25/04/2024", "04/25/2024"])
