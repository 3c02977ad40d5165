"""A filter of orders as data, and the SQL it stands for.

A `Filter` is a list of conditions that must all hold; a `Condition` names a field and the values of which any may
hold. Nothing here reads a person's text: `services/query/` makes filters from it and says them in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Field(StrEnum):
    """What can be asked of an order; the words of the query language."""

    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"
    PHONE = "phone"
    COUNTRY = "country"
    CITY = "city"
    POSTAL_CODE = "postal_code"
    REGION = "region"
    CUSTOMER = "customer"
    FIRST_ORDER = "first_order"
    LAST_ORDER = "last_order"
    CUSTOMER_ORDERS = "customer_orders"
    CUSTOMER_TOTAL = "customer_total"
    PAYMENT_METHOD = "payment_method"
    PAYMENT = "payment"
    PAYMENT_MESSAGE = "payment_message"
    FULFILMENT = "fulfilment"
    STATUS = "status"
    SHIPPING_METHOD = "shipping_method"
    MONTH = "month"
    PLACED = "placed"
    WEEKDAY = "weekday"
    HOUR = "hour"
    PAID = "paid"
    MOVED = "moved"
    MOVED_BY = "moved_by"
    PROVIDER = "provider"
    REFERENCE = "reference"
    SINCE = "since"
    TOTAL = "total"
    DUE = "due"
    REFUNDED = "refunded"
    REFUND_REASON = "refund_reason"
    CURRENCY = "currency"
    SKU = "sku"
    PRODUCT = "product"
    KIND = "kind"
    CATEGORY = "category"
    TAX_RATE = "tax_rate"
    TAG = "tag"
    COUPON = "coupon"
    LANGUAGE = "language"
    SOURCE = "source"
    TRACKING = "tracking"
    COMMENT = "comment"
    NOTE = "note"
    MESSAGE = "message"
    MAIL = "mail"


# The kind of what no line explains: orders that have shipping, fees or another rest beside their lines.
FEES = "fees"


class Sort(StrEnum):
    """The orders in which a list can stand; the words of the API."""

    NEWEST = "-placed_at"
    OLDEST = "placed_at"
    SMALLEST = "total"
    LARGEST = "-total"
    FIRST_NUMBER = "number"
    LAST_NUMBER = "-number"


class Presence(StrEnum):
    """Whether a field holds anything at all; money holds something when it is not zero."""

    NONE = "none"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Text:
    """Words or a code. A phrase asks for its words side by side, as written."""

    text: str
    is_phrase: bool = False


Bound = Decimal | date | str


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None is open. Months are text like 2026-03, days are dates, sums are decimals. When an
    order was placed may also be asked by UTC moments (`datetime`), which the query language has no words for."""

    low: Bound | None = None
    high: Bound | None = None
    is_low_in: bool = True
    is_high_in: bool = True


Value = Text | Range | Presence


@dataclass(frozen=True, slots=True)
class Condition:
    """A field (None: anything on the order) and its values, of which any may hold; negated: none may hold."""

    field: Field | None
    values: tuple[Value, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that must all hold; none at all means every order."""

    conditions: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def __and__(self, other: Filter) -> Filter:
        """Both filters; a condition that stands in both is kept once."""
        return Filter(tuple(dict.fromkeys(self.conditions + other.conditions)))

    def without(self, condition: Condition) -> Filter:
        """The filter without one of its conditions."""
        return Filter(tuple(kept for kept in self.conditions if kept != condition))

    def without_field(self, field: Field) -> Filter:
        """The filter without what it asks of a field; for counts beside that field's choices."""
        return Filter(tuple(kept for kept in self.conditions if kept.field is not field or kept.is_negated))

    def choices(self, field: Field) -> tuple[str, ...]:
        """The texts chosen for a field, for the ticks beside its choices."""
        return tuple(
            value.text
            for condition in self.conditions
            if condition.field is field and not condition.is_negated
            for value in condition.values
            if isinstance(value, Text)
        )

    def with_choices(self, field: Field, texts: tuple[str, ...]) -> Filter:
        """The filter with the choices of a field replaced; none takes the field's condition away."""
        rest = self.without_field(field)
        if not texts:
            return rest
        return Filter((*rest.conditions, Condition(field, tuple(Text(text) for text in texts))))
