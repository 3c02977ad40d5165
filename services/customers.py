"""Customers of the shop, as their orders tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import customers
from data.customers import CustomerSort
from services.customer_record import query
from services.orders.statuses import PaymentStatus
from services.shop import Shop

__all__ = ["Customer", "CustomerPage", "CustomerSort", "page"]


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer in one currency. `spent` sums the totals of orders that are not cancelled, `count` counts them;
    `key` tells the customer apart from all others, `query` lists all orders of the customer."""

    key: str
    name: str
    email: str
    country: str
    currency: str
    count: int
    spent: Decimal
    first_at: datetime
    last_at: datetime
    query: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of customers, and how many there are in all."""

    customers: tuple[Customer, ...]
    total: int


def page(
    shop: Shop, text: str = "", sort: CustomerSort = CustomerSort.SPENT, limit: int = 50, at: int = 1
) -> CustomerPage:
    """The page `at` (from 1) of the customers whose name or e-mail holds `text`; who buys in two currencies stands
    twice, for money of two currencies is never summed."""
    cancelled = PaymentStatus.CANCELLED.value
    with shop.store.read() as read:
        rows = customers.page(read, text.strip(), cancelled, sort, limit, (at - 1) * limit)
        total = customers.count(read, text.strip(), cancelled)
    found = tuple(
        Customer(
            key=row["customer_key"],
            name=row["name"],
            email=row["email"],
            country=row["country"],
            currency=row["currency"],
            count=row["count_orders"],
            spent=row["spent"],
            first_at=row["first_at"],
            last_at=row["last_at"],
            query=query(row["email"], row["name"]),
        )
        for row in rows
    )
    return CustomerPage(found, total)
