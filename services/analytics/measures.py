"""Figures: those that are measured and those that follow by division, the columns they stand in and their clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.measures import NOT_ADDITIVE, Measure


class Clock(StrEnum):
    """The day on which money counts: that of its order, or its own."""

    ORDER = "order"
    EVENT = "event"


class ColumnType(StrEnum):
    """What a column holds: figures, or what a row is about."""

    MONEY = "money"
    COUNT = "count"
    QUANTITY = "quantity"
    SHARE = "share"
    HOURS = "hours"
    DAYS = "days"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    NUMBER = "number"
    TEXT = "text"
    CURRENCY = "currency"
    COUNTRY = "country"
    PAYMENT_METHOD = "payment_method"

    @property
    def is_figure(self) -> bool:
        """It is a measure."""
        return self in (self.MONEY, self.COUNT, self.QUANTITY, self.SHARE, self.HOURS, self.DAYS)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer; `unit` is the currency for money, what is counted for a count, `h` for hours, `d` for
    days, `%` for a share (of one hundred), else empty."""

    name: str
    type: ColumnType
    unit: str = ""


class Ratio(StrEnum):
    """Figures that are one figure divided by another."""

    AVERAGE_ORDER = "average_order"
    AVERAGE_ITEMS = "average_items"
    REFUND_RATE = "refund_rate"
    DISCOUNT_RATE = "discount_rate"
    FAILURE_RATE = "failure_rate"
    RETURN_RATE = "return_rate"
    AVERAGE_CUSTOMER = "average_customer"
    RETURNING_SHARE = "returning_share"
    AVERAGE_PRICE = "average_price"
    LIST_PRICE = "list_price"
    MARKDOWN_RATE = "markdown_rate"
    MARGIN_RATE = "margin_rate"


Figure = Measure | Ratio


_M, _R = Measure, Ratio

# ratio -> what is divided, and by what
PARTS: dict[Ratio, tuple[Measure, Measure]] = {
    _R.AVERAGE_ORDER: (_M.PLACED, _M.ORDERS),
    _R.AVERAGE_ITEMS: (_M.ITEMS, _M.ORDERS),
    _R.AVERAGE_CUSTOMER: (_M.PLACED, _M.CUSTOMERS),
    _R.RETURNING_SHARE: (_M.RETURNING_CUSTOMERS, _M.CUSTOMERS),
    _R.REFUND_RATE: (_M.REFUNDED, _M.PAID),
    _R.DISCOUNT_RATE: (_M.DISCOUNT, _M.SUBTOTAL),
    _R.FAILURE_RATE: (_M.FAILURES, _M.ATTEMPTS),
    _R.RETURN_RATE: (_M.RETURNED_ITEMS, _M.ITEMS),
    _R.AVERAGE_PRICE: (_M.PLACED, _M.ITEMS),
    _R.LIST_PRICE: (_M.LISTED, _M.ITEMS),
    _R.MARKDOWN_RATE: (_M.MARKDOWN, _M.LISTED),
    _R.MARGIN_RATE: (_M.MARGIN, _M.COSTED),
}


def needed(figures: tuple[Figure, ...]) -> tuple[Measure, ...]:
    """The measures that the store must add up for some figures, each once."""
    made: list[Measure] = []
    for one in figures:
        made += PARTS[one] if isinstance(one, Ratio) else [one]
    return tuple(dict.fromkeys(made))


def is_additive(one: Figure) -> bool:
    """Whether parts of it add up to the whole: customers, times and shares do not."""
    return isinstance(one, Measure) and one not in NOT_ADDITIVE
