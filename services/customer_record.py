"""One customer: every order, what was bought, what staff noted, which mails went out, and what it all came to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import md5

from data import customer_record, segments
from data.filters import Condition, Field, Filter, Text
from data.segments import Segment
from data.store import Reader, Row
from services.errors import NotFound
from services.language import _
from services.messages.kinds import Audience, Channel, Template
from services.orders import reading
from services.orders.order import Order
from services.orders.statuses import PaymentStatus
from services.query import write
from services.shop import Shop

# What is shown of each kind; sums are of all.
MOST_ORDERS, MOST_PRODUCTS, MOST_NOTES, MOST_MAILS = 200, 50, 50, 50
_FOR_SHOP = [template.value for template in Template if template.kind.audience is Audience.MERCHANT]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a customer ordered in one currency. `orders`, `placed` and the days leave cancelled orders out; the days are
    None when nothing else is there."""

    currency: str
    orders: int
    cancelled_orders: int
    placed: Decimal
    paid: Decimal
    refunded: Decimal
    first_on: date | None
    last_on: date | None

    @property
    def net(self) -> Decimal:
        """Money that stayed."""
        return self.paid - self.refunded

    @property
    def average(self) -> Decimal:
        """What an order comes to, not rounded; zero without orders."""
        return self.placed / self.orders if self.orders else Decimal(0)


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer. `latest` is the order that tells name and addresses; `sums` are by currency; `orders`, `products`,
    `notes` and `mails` are rows as `data.customer_record` gives them, at most so many as the `MOST_…` say; `query`
    lists all orders."""

    mark: str
    latest: Order
    sums: tuple[Sum, ...]
    orders: list[Row]
    products: list[Row]
    notes: list[Row]
    mails: list[Row]
    query: str

    @property
    def name(self) -> str:
        """What to call the customer."""
        return self.latest.customer or self.latest.email

    @property
    def count(self) -> int:
        """Orders that were not cancelled, in all currencies."""
        return sum(one.orders for one in self.sums)

    @property
    def cancelled_count(self) -> int:
        """Orders that were cancelled."""
        return sum(one.cancelled_orders for one in self.sums)

    def segment(self, today: date) -> Segment | None:
        """The segment of the customer on a day of the shop; None without an order that was not cancelled."""
        return segments.of(self.count, self.last_on, today) if self.last_on else None

    @property
    def first_on(self) -> date | None:
        """The day of the first order that was not cancelled."""
        return min((one.first_on for one in self.sums if one.first_on), default=None)

    @property
    def last_on(self) -> date | None:
        """The day of the latest such order."""
        return max((one.last_on for one in self.sums if one.last_on), default=None)


def mark(customer_key: str) -> str:
    """What stands for a customer in an address: 16 signs out of which nobody reads an e-mail address."""
    return md5(customer_key.encode(), usedforsecurity=False).hexdigest()[:16]


def record(shop: Shop, mark: str) -> CustomerRecord:
    """The customer of a mark, as the orders are now. Raises `NotFound`, also for one whose orders are all gone or whose
    e-mail address was corrected since: customers are known by it, else by name."""
    cancelled = PaymentStatus.CANCELLED.value
    with shop.store.read() as read:
        key = _key(read, mark)
        rows = customer_record.orders(read, key, MOST_ORDERS)
        latest = reading.load(read, rows[0]["id"])
        return CustomerRecord(
            mark=mark,
            latest=latest,
            sums=tuple(Sum(**row) for row in customer_record.sums(read, key, cancelled)),
            orders=rows,
            products=customer_record.products(read, key, cancelled, MOST_PRODUCTS),
            notes=customer_record.notes(read, key, MOST_NOTES),
            mails=customer_record.mails(read, key, Channel.EMAIL.value, _FOR_SHOP, MOST_MAILS),
            query=query(latest.email, latest.customer),
        )


def query(email: str, name: str) -> str:
    """The query that lists the orders of a customer."""
    field, value = (Field.EMAIL, email) if email else (Field.NAME, name)
    return write(Filter((Condition(field, (Text(value),)),)))


def _key(read: Reader, mark: str) -> str:
    """The key of the customer whom a mark stands for."""
    known = None
    if re.fullmatch("[0-9a-f]{16}", mark):
        known = customer_record.key_of(read, int.from_bytes(bytes.fromhex(mark), "little"))
    if known is None:
        raise NotFound(_("There is no such customer. The e-mail address may have been corrected since."))
    return known
