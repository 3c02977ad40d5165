"""The largest and the rest; rows as a table of two ways."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.analytics.folding import pivot, rest_of, share, top

D = Decimal
ROWS = [
    {"country": "FR", "placed": D("60.00")},
    {"country": "BE", "placed": D("5.50")},
    {"country": "ES", "placed": D("30.00")},
    {"country": "DE", "placed": D("4.50")},
]


def country(row: object) -> str:
    return str(row["country"])  # type: ignore[index]


def test_the_largest_stand_by_themselves_and_the_rest_is_what_they_leave_of_the_whole() -> None:
    folded = top(ROWS, country, "placed", 2, D("100.00"), adds_up=True)
    assert [(part.code, part.amount, part.share) for part in folded.parts] == [("FR", 60, 60), ("ES", 30, 30)]
    assert (folded.rest, folded.rest_share, folded.others) == (D("10.00"), 10, 2)


def test_a_figure_whose_parts_overlap_has_no_rest_and_no_shares() -> None:
    folded = top(ROWS, country, "placed", 2, D(80), adds_up=False)
    assert folded.rest is None
    assert [part.share for part in folded.parts] == [None, None]
    assert folded.others == 2


def test_when_all_are_told_there_is_no_rest() -> None:
    assert top(ROWS, country, "placed", 4, D(100), adds_up=True).rest is None


def test_what_is_not_known_comes_last() -> None:
    rows = [{"country": "FR", "hours": None}, {"country": "BE", "hours": D(3)}]
    assert [part.code for part in top(rows, country, "hours", 2, None, adds_up=False).parts] == ["BE", "FR"]


def test_of_nothing_nothing_is_a_share() -> None:
    assert share(D(0), D(0)) is None
    assert share(None, D(5)) is None


def test_the_rest_is_taken_step_by_step() -> None:
    assert rest_of([D(10), D(5), None], [[D(4), None, None], [D(1), D(5), None]]) == [D(5), D(0), None]


@given(st.lists(st.decimals("-1000", "1000", places=2), max_size=30), st.integers(1, 40))
def test_parts_and_rest_always_make_the_whole(amounts: list[Decimal], most: int) -> None:
    rows = [{"country": str(at), "placed": amount} for at, amount in enumerate(amounts)]
    folded = top(rows, country, "placed", most, sum(amounts, D(0)), adds_up=True)
    assert sum((part.amount or 0 for part in folded.parts), D(0)) + (folded.rest or 0) == sum(amounts, D(0))
    assert len(folded.parts) + folded.others == len(amounts)


def test_a_pivot_meets_where_both_meet() -> None:
    rows = [
        {"month": "2026-01", "country": "FR", "placed": D(3)},
        {"month": "2026-01", "country": "ES", "placed": D(2)},
        {"month": "2026-02", "country": "FR", "placed": D(1)},
    ]
    found = pivot(rows, country, lambda row: row["month"])
    assert found.down == ("FR", "ES")
    assert found.across == ("2026-01", "2026-02")
    assert found.cell("FR", "2026-02", "placed") == 1
    assert found.cell("ES", "2026-02", "placed") is None
