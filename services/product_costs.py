"""What products cost the merchant: kept product by product, entered by hand or from a file.

A cost holds from a day on until the next one; lines of orders before the first such day have no known cost. No cost is
never a cost of zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data import product_costs
from data.store import Row
from services import clock
from services.analytics.words import chosen_currency
from services.errors import Invalid, store_errors
from services.language import _
from services.people import Actor
from services.shop import Shop

MOST = Decimal(100_000_000)  # of a unit cost, not reached
LONGEST = 200  # letters of a category
_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one item of a product costs without tax (None: only its category is known), from a day on (None: from the
    beginning). `product_key` is its SKU, else its name."""

    product_key: str
    currency: str
    unit_cost: Decimal | None
    since_on: date | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A product that orders hold; `lines` counts those of orders that stand, in the currency that was asked for."""

    key: str
    sku: str
    name: str
    lines: int


def every(shop: Shop) -> list[Cost]:
    """All costs; of a product and currency the latest first."""
    with store_errors(), shop.store.read() as read:
        return [_cost(row) for row in product_costs.every(read)]


def products(shop: Shop, currency: str) -> list[Product]:
    """The products of all orders, those of most lines in a currency first."""
    with store_errors(), shop.store.read() as read:
        rows = product_costs.products(read, currency)
    return [Product(row["product_key"], row["sku"], row["product"], row["lines"]) for row in rows]


def keep(shop: Shop, costs: Iterable[Cost], actor: Actor) -> int:
    """Keep costs, each in the place of that of its product, currency and day; how many. Raises `Invalid` for the first
    that cannot be."""
    at = clock.now()
    made = {(one.product_key, one.currency, one.since_on): one for one in map(checked, costs)}
    rows = [
        {
            "product_key": one.product_key,
            "currency": one.currency,
            "unit_cost": one.unit_cost,
            "since_on": one.since_on,
            "category": one.category,
            "updated_at": at,
            "actor": actor.name,
        }
        for one in made.values()
    ]
    if rows:
        with store_errors(), shop.store.write() as write:
            product_costs.replace(write, rows)
    return len(rows)


def forget(shop: Shop, cost: Cost) -> None:
    """Keep this cost no more: lines of its days have the one before it, else none."""
    with store_errors(), shop.store.write() as write:
        product_costs.remove(write, cost.product_key, cost.currency, cost.since_on)


def checked(cost: Cost) -> Cost:
    """The cost as it is kept. Raises `Invalid` with one sentence for what is none."""
    currency = chosen_currency(cost.currency)
    if not cost.product_key.strip():
        raise _invalid("product", _("It names no product."))
    if not currency:
        raise _invalid("currency", _("It takes an ISO 4217 code such as EUR."))
    if len(cost.category) > LONGEST:
        raise _invalid("category", _("A category has at most {count} letters.", count=LONGEST))
    if cost.unit_cost is None and not cost.category.strip():
        raise _invalid("cost", _("It says neither a cost nor a category."))
    amount = cost.unit_cost
    if amount is not None:
        if not amount.is_finite() or not 0 <= amount < MOST:
            raise _invalid("cost", _("A cost is zero or more, and below 100,000,000."))
        amount = amount.quantize(_PLACES)
    return Cost(cost.product_key.strip(), currency, amount, cost.since_on, " ".join(cost.category.split()))


def _invalid(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: sentence})


def _cost(row: Row) -> Cost:
    return Cost(row["product_key"], row["currency"], row["unit_cost"], row["since_on"], row["category"])
