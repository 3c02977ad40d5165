"""What stands around a list and an order: the neighbours in a list, the customer's other orders, what is covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import around, finding
from data.store import Row
from services.errors import NotFound, store_errors
from services.language import _
from services.orders.order import Order
from services.orders.statuses import PaymentStatus
from services.orders.view import View
from services.shop import Shop

OTHERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The orders beside one in a list, by id (None at the ends), its position counted from 1, and the list's length.
    An order that has left the list keeps the place where it would stand."""

    previous: str | None
    next: str | None
    position: int
    total: int


@dataclass(frozen=True, slots=True)
class History:
    """A customer's orders: `others` without the one asked about, newest first, at most `OTHERS_SHOWN`; `count` of
    all, with it; `sums` of the totals of all that are not cancelled, by currency."""

    others: list[Row]
    count: int
    sums: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the shop's figures cover: orders by source, the first and last order, the last import, the time zone."""

    sources: dict[str, int]
    first: datetime | None
    last: datetime | None
    last_import: datetime | None
    zone: str


def neighbours(shop: Shop, view: View, order_id: str) -> Neighbours:
    """The neighbours of an order in a list. Raises `NotFound`."""
    sort = view.sort
    with shop.store.read() as read:
        filter = finding.asked(read, view.filter)
        place = finding.place(read, sort, order_id)
        if place is None:
            raise NotFound(_("There is no order {number}.", number=order_id))
        before = finding.rows(read, filter, finding.REVERSED[sort], 1, place)
        after = finding.rows(read, filter, sort, 1, place)
        return Neighbours(
            before[0]["id"] if before else None,
            after[0]["id"] if after else None,
            finding.count_before(read, filter, sort, place) + 1,
            finding.count(read, filter),
        )


def customer_history(shop: Shop, order: Order) -> History:
    """The orders of the customer of `order`, whom the e-mail address, else the name tells."""
    with shop.store.read() as read:
        rows = around.of_customer(read, order.customer_key) if order.customer_key else []
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row["payment_status"] != PaymentStatus.CANCELLED:
            sums[row["currency"]] = sums.get(row["currency"], Decimal(0)) + row["total"]
    others = [row for row in rows if row["id"] != order.id]
    return History(others[:OTHERS_SHOWN], max(1, len(rows)), sums)


def coverage(shop: Shop) -> Coverage:
    """What the shop holds now."""
    with shop.store.read() as read:
        rows, last_import = around.by_source(read), around.last_import(read)
    return Coverage(
        {row["source"]: row["orders"] for row in rows},
        min((row["first"] for row in rows), default=None),
        max((row["last"] for row in rows), default=None),
        last_import,
        shop.profile().time_zone,
    )


def change_mark(shop: Shop) -> str:
    """A token that changes whenever anything in the store does, also by another process; cheap, for live lists."""
    with store_errors():
        return str(shop.store.stamp())
