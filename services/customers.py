"""Customers of the shop, as their orders tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data import customers
from data.customers import EVERY_ORDER, Chosen, CustomerSort
from data.filters import Filter
from data.segments import LAPSED, Segment
from data.store import Row
from services import clock
from services.customer_record import query
from services.orders.statuses import PaymentStatus
from services.shop import Shop

__all__ = [
    "LAPSED",
    "Customer",
    "CustomerPage",
    "CustomerSort",
    "Segment",
    "Sum",
    "Wanted",
    "chosen",
    "page",
    "written",
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers: whose name or e-mail holds `text`, who have orders under `filter` (only these are counted and
    summed), who belong to `group`: a segment, `LAPSED`, or everybody when empty."""

    text: str = ""
    filter: Filter = EVERY_ORDER
    group: str = ""


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
class Sum:
    """All of them together in one currency."""

    currency: str
    customers: int
    orders: int
    spent: Decimal


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of customers, how many there are in all, and what they come to by currency."""

    customers: tuple[Customer, ...]
    total: int
    sums: tuple[Sum, ...]


def page(
    shop: Shop, wanted: Wanted | str = "", sort: CustomerSort = CustomerSort.SPENT, limit: int = 50, at: int = 1
) -> CustomerPage:
    """The page `at` (from 1) of some customers (a text: by name or e-mail); who buys in two currencies stands twice,
    for money of two currencies is never summed."""
    own = chosen(shop, Wanted(wanted) if isinstance(wanted, str) else wanted, clock.now())
    with shop.store.read() as read:
        rows, all_of_them = customers.page(read, own, sort, limit, (at - 1) * limit)
    sums = tuple(Sum(**row) for row in all_of_them)
    return CustomerPage(tuple(_customer(row) for row in rows), sum(one.customers for one in sums), sums)


def written(shop: Shop, wanted: Wanted, sort: CustomerSort = CustomerSort.SPENT) -> str:
    """The question for these customers as SQL, to be read and asked again."""
    with shop.store.read() as read:
        return customers.written(read, chosen(shop, wanted, clock.now()), sort)


def chosen(shop: Shop, wanted: Wanted, now: datetime) -> Chosen:
    """The same as the store takes it, on the shop's day."""
    today: date = clock.day(now, shop.profile().time_zone)
    return Chosen(PaymentStatus.CANCELLED.value, today, wanted.text.strip(), wanted.filter, wanted.group)


def _customer(row: Row) -> Customer:
    return Customer(
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
