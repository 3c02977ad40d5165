"""A figure of somebody else's beside ours: what explains the gap to the cent is found, with its orders."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from data.filters import Filter
from data.measures import Measure
from services import query
from services.analytics import Clock
from services.analytics.difference import Difference, difference
from services.errors import Invalid
from services.orders.draft import DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid

D = Decimal


def march(shop: Shop, theirs: str, figure: Measure = Measure.PLACED, clock: Clock = Clock.ORDER) -> Difference:
    return difference(shop, figure, date(2026, 3, 1), date(2026, 3, 31), D(theirs), Filter(), clock)


def exact(found: Difference) -> list[str]:
    return [one.sentence for one in found.explanations if one.is_exact]


def _sell(shop: Shop) -> Shop:
    """March: 48.90 and 100.00 paid, 30.00 not paid yet, 12.00 cancelled; 7.00 on the 28th of February."""

    def paid(amount: str, at: datetime) -> tuple[DraftPayment, ...]:
        return (DraftPayment(PaymentKind.CHARGE, D(amount), at),)

    keep(
        shop,
        draft("1", placed_at=datetime(2026, 3, 5), payments=paid("48.90", datetime(2026, 3, 5))),
        draft("2", placed_at=datetime(2026, 3, 30), total=D(100), payments=paid("100", datetime(2026, 4, 2))),
        unpaid("3", placed_at=datetime(2026, 3, 9), total=D(30)),
        unpaid("4", placed_at=datetime(2026, 3, 10), total=D(12), payment_status=PaymentStatus.CANCELLED),
        draft("5", placed_at=datetime(2026, 2, 28, 12), total=D(7), payments=paid("7", datetime(2026, 3, 1, 12))),
    )
    return shop


@pytest.fixture
def sold(shop: Shop) -> Shop:
    return _sell(shop)


@pytest.fixture
def any_sold(any_shop: Shop) -> Shop:
    return _sell(any_shop)


def test_what_agrees_needs_no_explanation(sold: Shop) -> None:
    found = march(sold, "178.90")
    assert (found.ours, found.gap, found.explanations) == (D("178.90"), 0, ())


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        ("190.90", "They count cancelled orders."),
        ("148.90", "They leave out what is not paid yet."),
        ("185.90", "They count the day before too."),
        ("78.90", "Order 2 of Mar 30, 2026 may be missing there."),
        ("160.90", "They count cancelled orders. They leave out what is not paid yet."),
    ],
)
def test_a_gap_is_explained_to_the_cent(sold: Shop, theirs: str, sentence: str) -> None:
    said = exact(march(sold, theirs))
    assert sentence in said


def test_an_explanation_lists_its_orders(sold: Shop) -> None:
    found = next(one for one in march(sold, "190.90").explanations if "cancelled" in one.sentence)
    assert [row["number"] for row in find(sold, View(query.parse(found.query or ""))).rows] == ["4"]


def test_money_of_the_bank_is_laid_beside_money_of_the_orders(any_sold: Shop) -> None:
    found = march(any_sold, "55.90", Measure.PAID)
    assert (found.ours, found.gap) == (D("148.90"), D("-93.00"))
    assert exact(found) == ["They count money on the day on which it moved, not on the day of its order."]
    by_event = march(any_sold, "148.90", Measure.PAID, Clock.EVENT)
    assert (by_event.ours, exact(by_event)[0][:29]) == (D("55.90"), "They count money on the day o")


def test_what_nothing_explains_shows_what_comes_nearest(any_sold: Shop) -> None:
    found = march(any_sold, "178.95")
    assert exact(found) == []
    assert found.explanations
    gaps = [abs(found.gap - one.by) for one in found.explanations]
    assert gaps == sorted(gaps)


def test_a_range_in_reverse_and_other_figures_are_refused(sold: Shop) -> None:
    with pytest.raises(Invalid, match="before it begins"):
        difference(sold, Measure.PLACED, date(2026, 4, 1), date(2026, 3, 1), D(1), Filter())
    with pytest.raises(Invalid, match="Only these figures"):
        march(sold, "1", Measure.CUSTOMERS)
