"""What becomes of customers: cohorts month by month, and what customers come to in all."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.filters import Filter
from services import query
from services.analytics import answer, ask, cohorts
from services.analytics.cohorts import View
from services.analytics.lifetime import lifetime, of_steps
from services.orders.draft import Address
from services.orders.finding import View as ListView
from services.orders.finding import find
from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal
NOBODY = {"email": "", "name": "", "billing_address": Address()}


@pytest.fixture
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the middle of March 2026."""
    monkeypatch.setattr("services.clock.now", lambda: datetime(2026, 3, 14, 12))


@pytest.mark.usefixtures("in_march")
def test_a_cohort_is_followed_to_the_current_month_which_is_unfinished(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2026, 1, 5), total=D(10)),
        draft("2", placed_at=datetime(2026, 1, 6), total=D(20), email="ada@example.com"),
        draft("3", placed_at=datetime(2026, 3, 5), total=D(6)),
        draft("4", placed_at=datetime(2026, 3, 6), total=D(4), email="bea@example.com"),
        draft("5", placed_at=datetime(2026, 1, 6), total=D(99), **NOBODY),
        draft("6", placed_at=datetime(2025, 1, 6), payment_status=PaymentStatus.CANCELLED, payments=()),
    )
    january, march = cohorts.found(any_shop, Filter(), "EUR")
    assert (january.month, january.customers, march.customers) == ("2026-01", 2, 1)
    assert [cell.figure(View.RETENTION) for cell in january.cells] == [D(100), D(0), D(50)]
    assert [cell.figure(View.PLACED) for cell in january.cells] == [D(30), D(0), D(6)]
    assert [cell.figure(View.VALUE) for cell in january.cells] == [D(15), D(15), D(18)]
    assert [cell.is_unfinished for cell in january.cells] == [False, False, True]
    assert [cell.is_unfinished for cell in march.cells] == [True]


@pytest.mark.usefixtures("in_march")
def test_every_cell_of_the_cohorts_has_its_orders_to_the_cent(any_shop: Shop) -> None:
    people = ("ada@example.com", "bea@example.com", "cleo@example.com")
    keep(
        any_shop,
        *(
            draft(f"{n}", placed_at=datetime(2025, 10 + n % 3, 28, 23, 30), total=D(n) / 7, email=people[n % 5 % 3])
            for n in range(1, 12)
        ),
        draft("x", total=D("0.01"), **NOBODY),
    )
    told = ask(any_shop, cohorts.asked(Filter(), "EUR")[0])
    assert len(told.rows) > 4
    for row in told.rows:
        listed = find(any_shop, ListView(query.parse(told.behind(row) or "")))
        assert (listed.total, listed.sums["EUR"]) == (row["orders"], row["placed"]), row


def test_customers_are_spread_over_steps_by_what_they_ordered_in_all(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", total=D("19.99"), email="ada@example.com"),
        draft("2", total=D("20.00"), email="bea@example.com"),
        draft("3", total=D("30.00"), email="cleo@example.com"),
        draft("4", total=D("970.00"), email="cleo@example.com"),
        draft("5", total=D("0.00"), email="dora@example.com"),
        draft("6", total=D(5000), currency="JPY", email="ada@example.com"),
        draft("7", total=D(7), **NOBODY),
    )
    found = lifetime(any_shop, Filter(), "EUR")
    assert [(one.low, one.high, one.customers, one.orders, one.placed) for one in found.steps] == [
        (D(0), D(1), 1, 1, D(0)),
        (D(10), D(20), 1, 1, D("19.99")),
        (D(20), D(50), 1, 1, D(20)),
        (D(1000), None, 1, 2, D(1000)),
    ]
    assert (found.customers, found.placed, found.median, found.average) == (4, D("1039.99"), D("19.995"), D("259.9975"))
    assert (found.best_customers, round(found.best_share, 1)) == (1, D("96.2"))
    assert lifetime(any_shop, query.parse("country:ES"), "EUR").steps == ()
    for one in found.steps:  # and each step leads to its orders
        asked = query.parse(f"{query.write(of_steps(Filter(), (one,), 'EUR'))} -payment:cancelled")
        listed = find(any_shop, ListView(asked))
        assert (listed.total, listed.sums) == (one.orders, {"EUR": one.placed})
    assert query.write(of_steps(Filter(), found.steps[1:3], "EUR")) == "currency:EUR customer_total:10..49.99"
    (cleo,) = lifetime(any_shop, query.parse("number:3"), "EUR").steps  # chosen by one order, counted with all
    assert (cleo.low, cleo.orders, cleo.placed) == (D(1000), 2, D(1000))


def test_all_steps_together_are_what_known_customers_ordered(any_shop: Shop) -> None:
    @settings(max_examples=8, deadline=None)
    @given(cents=st.lists(st.integers(0, 10_000_000), min_size=1, max_size=12))
    def holds(cents: list[int]) -> None:
        with any_shop.store.write() as write:
            for table in ("orders", "order_lines", "payments", "order_events", "search_terms", "order_cards"):
                write.execute(f"delete from {table}")
        keep(
            any_shop,
            *(draft(f"{n}", total=D(one).scaleb(-2), email=f"{n % 4}@example.com") for n, one in enumerate(cents)),
        )
        found, whole = lifetime(any_shop, Filter(), "EUR"), answer(any_shop, "overview").rows[0]
        assert sum(one.placed for one in found.steps) == found.placed == whole["placed"]
        assert sum(one.customers for one in found.steps) == found.customers == whole["customers"]
        assert sum(one.orders for one in found.steps) == whole["orders"]

    holds()
