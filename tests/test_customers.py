"""Customers as their orders tell them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from services import customers
from services.customers import CustomerSort
from services.orders import finding
from services.orders.statuses import PaymentStatus
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, numbers


def test_a_customers_orders_are_counted_and_summed_without_the_cancelled(any_shop: Shop) -> None:
    keep(any_shop, draft("1"), draft("2"), draft("3", payment_status=PaymentStatus.CANCELLED, payments=()))
    found = customers.page(any_shop)
    assert found.total == 1
    assert (found.customers[0].count, found.customers[0].spent) == (2, Decimal("97.80"))


def test_two_currencies_are_never_summed(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", currency="USD"))
    assert {(one.currency, one.spent) for one in customers.page(shop).customers} == {
        ("EUR", Decimal("48.90")),
        ("USD", Decimal("48.90")),
    }


def test_a_customer_is_found_without_accents_and_the_query_lists_the_orders(any_shop: Shop) -> None:
    keep(any_shop, draft("1"), draft("2", email="jon@example.com", name="Jon Doe"))
    one = customers.page(any_shop, "ines").customers[0]
    rows = finding.find(any_shop, finding.View(parse(one.query))).rows
    assert numbers(rows) == ["1"]


def test_the_latest_customer_stands_first_when_asked(shop: Shop) -> None:
    later = NOW + timedelta(days=1)
    keep(shop, draft("1"), draft("2", email="jon@example.com", name="Jon Doe", placed_at=later, total=Decimal(1)))
    assert customers.page(shop, sort=CustomerSort.LATEST).customers[0].name == "Jon Doe"
    assert customers.page(shop, sort=CustomerSort.SPENT).customers[0].name == "Inès Kaba"
