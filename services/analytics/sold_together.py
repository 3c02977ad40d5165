"""Products that are sold together: pairs in the same order, how often, and how much more often than by chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from data import sold_together
from data.filters import Condition, Field, Filter, Text
from services import query
from services.errors import store_errors
from services.language import _
from services.orders.statuses import PaymentStatus
from services.shop import Shop

PRODUCTS, PAIRS, LEAST = 200, 200, 2  # products that are looked at, pairs that are told, orders that make a pair


@dataclass(frozen=True, slots=True)
class Pair:
    """Two products in `orders` orders; `share` is how many percent of the orders of the one have the other too, `lift`
    how many times as often as if the two had nothing to do with each other. `query` lists the orders."""

    first_sku: str
    first: str
    second_sku: str
    second: str
    orders: int
    first_orders: int
    second_orders: int
    lift: Decimal
    query: str

    @property
    def first_share(self) -> Decimal:
        """Of the orders of the first, how many percent have the second."""
        return Decimal(100 * self.orders) / self.first_orders

    @property
    def second_share(self) -> Decimal:
        """Of the orders of the second, how many percent have the first."""
        return Decimal(100 * self.orders) / self.second_orders


@dataclass(frozen=True, slots=True)
class Together:
    """The pairs, those of most orders first; what they mean, and the SQL."""

    pairs: tuple[Pair, ...]
    definition: str
    sql: str


def together(shop: Shop, filter: Filter, currency: str) -> Together:
    """The pairs of the orders under `filter` in a currency, cancelled orders left out."""
    words = {
        "currency": currency,
        "cancelled": PaymentStatus.CANCELLED.value,
        "products": PRODUCTS,
        "least": LEAST,
        "pairs": PAIRS,
    }
    with store_errors(), shop.store.read() as read:
        rows, sql = sold_together.pairs(read, filter, words)
    pairs = []
    for row in rows:
        chance = Decimal(row["first_orders"]) * row["second_orders"]
        ends = ((row["first_sku"], row["first_product"]), (row["second_sku"], row["second_product"]))
        pairs.append(
            Pair(
                *ends[0],
                *ends[1],
                row["orders"],
                row["first_orders"],
                row["second_orders"],
                Decimal(row["orders"]) * row["all_orders"] / chance,
                query.write(filter & Filter(_behind(ends, currency))),
            )
        )
    definition = _(
        "Orders in {currency} that were not cancelled and have both products; the {count} products on most lines are "
        "looked at. The lift says how many times as often they meet as by chance: 1 is chance.",
        currency=currency,
        count=PRODUCTS,
    )
    return Together(tuple(pairs), definition, sql)


def _behind(ends: tuple[tuple[str, str], ...], currency: str) -> tuple[Condition, ...]:
    """What the order list must ask for the orders of both."""
    return (
        *(Condition(Field.SKU if sku else Field.PRODUCT, (Text(sku or name),)) for sku, name in ends),
        Condition(Field.CURRENCY, (Text(currency),)),
        Condition(Field.PAYMENT, (Text(PaymentStatus.CANCELLED.value),), is_negated=True),
    )
