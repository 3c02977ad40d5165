"""Lifetime value: what customers ordered over all their orders, how that is spread, and what the best tenth bring."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from data import buyers
from data.filters import Filter
from services.errors import store_errors
from services.language import _
from services.orders.statuses import PaymentStatus
from services.shop import Shop

NOBODY = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """Customers whose orders come to `low` or more, but less than `high` (None: no step above)."""

    low: Decimal
    high: Decimal | None
    customers: int
    orders: int
    placed: Decimal


@dataclass(frozen=True, slots=True)
class Lifetime:
    """All customers of orders under a filter, in one currency. `median` is what the one in the middle ordered; the best
    tenth ordered `tenth` or more each, `best_placed` together."""

    steps: tuple[Step, ...]
    customers: int
    placed: Decimal
    median: Decimal
    tenth: Decimal
    best_customers: int
    best_placed: Decimal
    definition: str
    sql: str

    @property
    def average(self) -> Decimal:
        """What a customer ordered on average, not rounded."""
        return self.placed / self.customers if self.customers else NOBODY

    @property
    def best_share(self) -> Decimal:
        """What the best tenth brought, in percent of all."""
        return 100 * self.best_placed / self.placed if self.placed else NOBODY


def lifetime(shop: Shop, filter: Filter, currency: str) -> Lifetime:
    """What the customers of the orders under `filter` come to, by these orders."""
    with store_errors(), shop.store.read() as read:
        rows, sql = buyers.lifetime(read, filter, currency, PaymentStatus.CANCELLED.value)
    lows = [Decimal(row["step"]) for row in rows]
    steps = tuple(
        Step(low, _next(low) if low != lows[-1] else None, row["customers"], int(row["orders"]), row["placed"])
        for low, row in zip(lows, rows, strict=True)
    )
    whole, best = (rows[0]["whole"], rows[0]["best"]) if rows else ({}, {})
    return Lifetime(
        steps,
        whole.get("all_customers", 0),
        whole.get("all_placed", NOBODY),
        whole.get("median", NOBODY),
        whole.get("tenth", NOBODY),
        best.get("best_customers", 0),
        best.get("best_placed", NOBODY),
        _(
            "Totals of all orders of a customer that were not cancelled, in {currency}; a customer is known by e-mail "
            "address, else by name.",
            currency=currency,
        ),
        sql,
    )


def _next(low: Decimal) -> Decimal:
    """Where the step of 1, 2 or 5 times a power of ten ends."""
    if not low:
        return Decimal(1)
    return low * (Decimal(5) / 2 if str(low).startswith("2") else 2)
