"""What is clicked in a chart, as a filter."""

from __future__ import annotations

from datetime import date

import pytest

from data.dimensions import Dimension
from services import query
from services.analytics.narrowing import narrowed

D = Dimension


@pytest.mark.parametrize(
    ("q", "by", "rows", "made"),
    [
        ("", (D.COUNTRY,), [{"country": "FR"}], "country:FR"),
        ("country:ES tag:gift", (D.COUNTRY,), [{"country": "FR"}, {"country": "BE"}], "tag:gift country:BE,FR"),
        ("", (D.COUNTRY,), [{"country": ""}], "country:none"),
        ("", (D.MONTH,), [{"month": "2026-01"}, {"month": "2026-03"}], "month:2026-01..2026-03"),
        ("", (D.DAY,), [{"day": date(2026, 1, 31)}], "placed:2026-01-31"),
        ("", (D.WEEKDAY, D.HOUR), [{"weekday": 1, "hour": 8}, {"weekday": 2, "hour": 10}], "weekday:1,2 hour:8,10"),
        ("", (D.PRODUCT,), [{"sku": "A-1", "product": "Cup"}], "sku:A-1"),
    ],
)
def test_what_was_clicked_takes_the_place_of_what_was_asked(
    q: str, by: tuple[Dimension, ...], rows: list[dict[str, object]], made: str
) -> None:
    assert narrowed(query.parse(q), by, rows) == query.parse(made)


def test_to_click_the_same_again_lets_go_of_it() -> None:
    asked = query.parse("payment:paid country:FR")
    assert narrowed(asked, (D.COUNTRY,), [{"country": "FR"}]) == query.parse("payment:paid")


def test_what_the_order_list_cannot_be_asked_changes_nothing() -> None:
    asked = query.parse("country:FR")
    assert narrowed(asked, (D.MONTHS_LATER,), [{"months_later": 2}]) == asked
