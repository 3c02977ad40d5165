"""Lifetime value: what customers ordered over all their orders, how that is spread, and what the best tenth bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from data import buyers
from data.filters import Condition, Field, Filter, Range, Text
from services.errors import store_errors
from services.language import _
from services.money import unit
from services.shop import Shop

NOBODY = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """Customers whose orders come to `low` or more, but less than `high` (None: no step above). `asked` is what the
    order list must ask for their orders."""

    low: Decimal
    high: Decimal | None
    customers: int
    orders: int
    placed: Decimal
    asked: Range


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
    """What the customers of the orders under `filter` come to, by all their orders in one currency."""
    with store_errors(), shop.store.read() as read:
        rows, sql = buyers.lifetime(read, filter, currency)
    lows = [Decimal(row["step"]) for row in rows]
    steps = tuple(
        Step(low, high, row["customers"], int(row["orders"]), row["placed"], _asked(low, high, currency))
        for low, row in zip(lows, rows, strict=True)
        for high in (_next(low) if low != lows[-1] else None,)
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
            "Totals of all orders of a customer that were not cancelled, in {currency}; the filter chooses customers, "
            "not which of their orders count. A customer is known by e-mail address, else by name.",
            currency=currency,
        ),
        sql,
    )


def of_steps(filter: Filter, steps: Sequence[Step], currency: str) -> Filter:
    """The filter narrowed to customers of some steps, from the lowest to the highest."""
    low = min(step.low for step in steps)
    highs = [step.asked.high for step in steps]
    high = None if None in highs else max(high for high in highs if isinstance(high, Decimal))
    own = Condition(Field.CUSTOMER_TOTAL, (Range(low, high),))
    rest = filter.without_field(Field.CUSTOMER_TOTAL)
    if currency not in rest.choices(Field.CURRENCY):
        rest &= Filter((Condition(Field.CURRENCY, (Text(currency),)),))
    return rest & Filter((own,))


def _asked(low: Decimal, high: Decimal | None, currency: str) -> Range:
    """Up to the smallest unit below the next step."""
    return Range(low, None if high is None else high - unit(currency))


def _next(low: Decimal) -> Decimal:
    """Where the step of 1, 2 or 5 times a power of ten ends."""
    if not low:
        return Decimal(1)
    return low * (Decimal(5) / 2 if str(low).startswith("2") else 2)
