"""Payments that fail more than usual."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics import periods
from services.analytics.failing import failing, is_unusual
from services.analytics.periods import Named
from services.orders.draft import DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, unpaid


def tried(number: str, at: datetime, **changes: Any) -> Any:
    """An order whose money came, with a card, at once."""
    paid = (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), at),)
    return draft(number, **{"placed_at": at, "payments": paid, "payment_method": "card"} | changes)


def refused(number: str, at: datetime) -> Any:
    """An order whose card was refused."""
    failure = DraftPayment(PaymentKind.FAILURE, Decimal("48.90"), at, failure_reason="card_declined")
    return unpaid(number, placed_at=at, payments=(failure,), payment_method="card", payment_message="card_declined")


def test_a_method_that_fails_more_than_in_the_ninety_days_before_is_named(any_shop: Shop) -> None:
    before = NOW - timedelta(days=40)
    keep(
        any_shop,
        *(tried(f"a{at}", before) for at in range(29)),
        refused("a29", before),
        *(tried(f"b{at}", NOW) for at in range(4)),
        *(refused(f"c{at}", NOW) for at in range(4)),
        *(tried(f"d{at}", NOW, payment_method="paypal") for at in range(4)),
    )
    (found,) = failing(any_shop, periods.named(Named.TODAY, NOW), parse(""), "")
    assert (found.method, found.failures, found.attempts, found.share) == ("card", 4, 8, 50)
    assert round(found.usual, 1) == Decimal("3.3")
    assert find(any_shop, View(found.filter)).total == 4


def test_what_fails_as_ever_is_not_named(any_shop: Shop) -> None:
    before = NOW - timedelta(days=40)
    keep(
        any_shop,
        *(tried(f"a{at}", before) for at in range(15)),
        *(refused(f"b{at}", before) for at in range(15)),
        *(tried(f"c{at}", NOW) for at in range(4)),
        *(refused(f"d{at}", NOW) for at in range(4)),
    )
    assert failing(any_shop, periods.named(Named.TODAY, NOW), parse(""), "") == ()


@pytest.mark.parametrize(
    ("failures", "attempts", "usual_failures", "usual_attempts", "is_named"),
    [
        (12, 60, 30, 500, True),
        (4, 60, 30, 500, False),
        (2, 2, 0, 500, False),
        (5, 5, 1, 10, False),
        (3, 40, 0, 500, True),
        (0, 0, 0, 0, False),
    ],
)
def test_it_takes_more_than_chance(
    failures: int, attempts: int, usual_failures: int, usual_attempts: int, is_named: bool
) -> None:
    assert is_unusual(failures, attempts, usual_failures, usual_attempts) is is_named


@given(st.integers(0, 500), st.integers(0, 500), st.integers(20, 5000))
def test_a_share_that_stays_the_same_is_never_named(failures: int, others: int, usual_attempts: int) -> None:
    attempts = failures + others
    usual_failures = -(-failures * usual_attempts // attempts) if attempts else 0
    assert not is_unusual(failures, attempts, min(usual_failures, usual_attempts), usual_attempts)
