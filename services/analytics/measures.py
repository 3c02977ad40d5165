"""What the figures mean: each measure with its sentence, its unit, and what follows from others by division."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data.measures import NOT_ADDITIVE, Measure
from services.analytics.naming import did_you_mean
from services.errors import Invalid
from services.language import _


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is: its type, its unit (money has that of the question), its name for people and its sentence."""

    type: ColumnType
    unit: str
    name: Callable[[], str]
    sentence: Callable[[], str]


_M, _R, _T = Measure, Ratio, ColumnType

# ratio -> what is divided, by what, and by how much the outcome is multiplied
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

MEANINGS: dict[Figure, Meaning] = {
    _M.ORDERS: Meaning(
        _T.COUNT, "orders", lambda: _("Orders"), lambda: _("orders: how many were placed and not cancelled")
    ),
    _M.CANCELLED_ORDERS: Meaning(
        _T.COUNT, "orders", lambda: _("Cancelled orders"), lambda: _("cancelled_orders: how many were cancelled")
    ),
    _M.PLACED: Meaning(
        _T.MONEY, "", lambda: _("Ordered"), lambda: _("placed: totals of orders that were not cancelled")
    ),
    _M.PAID: Meaning(_T.MONEY, "", lambda: _("Received"), lambda: _("paid: money received")),
    _M.REFUNDED: Meaning(_T.MONEY, "", lambda: _("Given back"), lambda: _("refunded: money given back")),
    _M.NET: Meaning(_T.MONEY, "", lambda: _("Net"), lambda: _("net: paid − refunded")),
    _M.DUE: Meaning(_T.MONEY, "", lambda: _("Still due"), lambda: _("due: what is still to be paid")),
    _M.SUBTOTAL: Meaning(
        _T.MONEY, "", lambda: _("Goods"), lambda: _("subtotal: goods before discounts, of orders not cancelled")
    ),
    _M.DISCOUNT: Meaning(
        _T.MONEY, "", lambda: _("Discounts"), lambda: _("discount: what was taken off, of orders not cancelled")
    ),
    _M.DISCOUNTED_ORDERS: Meaning(
        _T.COUNT,
        "orders",
        lambda: _("Orders with a discount"),
        lambda: _("discounted_orders: orders not cancelled with something taken off"),
    ),
    _M.SHIPPING: Meaning(
        _T.MONEY, "", lambda: _("Shipping"), lambda: _("shipping: shipping fees of orders not cancelled")
    ),
    _M.HANDLING: Meaning(
        _T.MONEY, "", lambda: _("Handling"), lambda: _("handling: handling fees of orders not cancelled")
    ),
    _M.TAX: Meaning(_T.MONEY, "", lambda: _("Tax"), lambda: _("tax: taxes in the totals of orders not cancelled")),
    _M.TAXABLE: Meaning(
        _T.MONEY, "", lambda: _("Before tax"), lambda: _("taxable: totals without their taxes, of orders not cancelled")
    ),
    _M.ITEMS: Meaning(
        _T.QUANTITY, "items", lambda: _("Items"), lambda: _("items: quantities ordered, of orders not cancelled")
    ),
    _M.RETURNED_ITEMS: Meaning(
        _T.QUANTITY, "items", lambda: _("Items returned"), lambda: _("returned_items: quantities that came back")
    ),
    _M.CUSTOMERS: Meaning(
        _T.COUNT,
        "customers",
        lambda: _("Customers"),
        lambda: _("customers: different customers, by e-mail address, else by name"),
    ),
    _M.NEW_CUSTOMERS: Meaning(
        _T.COUNT,
        "customers",
        lambda: _("New customers"),
        lambda: _("new_customers: those among them whose first order it is"),
    ),
    _M.RETURNING_CUSTOMERS: Meaning(
        _T.COUNT,
        "customers",
        lambda: _("Customers who come back"),
        lambda: _("returning_customers: those among them who ordered twice or more, at any time"),
    ),
    _M.FIRST_ON: Meaning(_T.DAY, "", lambda: _("First order"), lambda: _("first_on: the day of the first order")),
    _M.LAST_ON: Meaning(_T.DAY, "", lambda: _("Last order"), lambda: _("last_on: the day of the last order")),
    _M.LAST_SOLD_ON: Meaning(
        _T.DAY,
        "",
        lambda: _("Last sold"),
        lambda: _("last_sold_on: the day of the last order that was not cancelled"),
    ),
    _M.LISTED: Meaning(
        _T.MONEY,
        "",
        lambda: _("At list price"),
        lambda: _("listed: what was ordered at its list price with tax, before anything was taken off"),
    ),
    _M.MARKDOWN: Meaning(
        _T.MONEY, "", lambda: _("Below list price"), lambda: _("markdown: listed − placed, what was taken off products")
    ),
    _M.COST: Meaning(
        _T.MONEY,
        "",
        lambda: _("Cost"),
        lambda: _("cost: items × what one cost on its day, of lines whose cost is known"),
    ),
    _M.COSTED: Meaning(
        _T.MONEY,
        "",
        lambda: _("Ordered with a known cost"),
        lambda: _("costed: placed − tax of lines whose cost is known"),
    ),
    _M.MARGIN: Meaning(_T.MONEY, "", lambda: _("Margin"), lambda: _("margin: costed − cost")),
    _M.UNCOSTED: Meaning(
        _T.MONEY,
        "",
        lambda: _("Without a known cost"),
        lambda: _("uncosted: placed − tax of all else: lines whose cost nobody said, shipping and fees"),
    ),
    _M.PAY_HOURS: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time to pay"),
        lambda: _("pay_hours: from placing an order to its first money, the median"),
    ),
    _M.PAY_HOURS_P90: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time to pay, 9 of 10"),
        lambda: _("pay_hours_p90: within which nine of ten orders were paid"),
    ),
    _M.SHIP_HOURS: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time to ship"),
        lambda: _("ship_hours: from the money, else from placing, to the first parcel, the median"),
    ),
    _M.SHIP_HOURS_P90: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time to ship, 9 of 10"),
        lambda: _("ship_hours_p90: within which nine of ten orders were shipped"),
    ),
    _M.DELIVER_HOURS: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time under way"),
        lambda: _("deliver_hours: from the first parcel to the first delivery, the median"),
    ),
    _M.DELIVER_HOURS_P90: Meaning(
        _T.HOURS,
        "h",
        lambda: _("Time under way, 9 of 10"),
        lambda: _("deliver_hours_p90: within which nine of ten parcels arrived"),
    ),
    _M.WHOLE_HOURS: Meaning(
        _T.HOURS,
        "h",
        lambda: _("From order to delivery"),
        lambda: _("whole_hours: from placing an order to its first delivery, the median"),
    ),
    _M.WHOLE_HOURS_P90: Meaning(
        _T.HOURS,
        "h",
        lambda: _("From order to delivery, 9 of 10"),
        lambda: _("whole_hours_p90: within which nine of ten orders were delivered"),
    ),
    _M.SHIPPED_ORDERS: Meaning(
        _T.COUNT, "orders", lambda: _("Orders shipped"), lambda: _("shipped_orders: orders with a parcel and its day")
    ),
    _M.DELIVERED_ORDERS: Meaning(
        _T.COUNT,
        "orders",
        lambda: _("Orders delivered"),
        lambda: _("delivered_orders: orders with a delivery and its day"),
    ),
    _M.ATTEMPTS: Meaning(
        _T.COUNT,
        "attempts",
        lambda: _("Attempts to pay"),
        lambda: _("attempts: payments that a provider answered, with money or with a refusal"),
    ),
    _M.FAILURES: Meaning(
        _T.COUNT, "attempts", lambda: _("Failed payments"), lambda: _("failures: attempts that were refused")
    ),
    _M.FAILED_AMOUNT: Meaning(
        _T.MONEY, "", lambda: _("Amount refused"), lambda: _("failed_amount: the amounts of refused attempts")
    ),
    _M.REFUNDS: Meaning(
        _T.COUNT, "refunds", lambda: _("Refunds"), lambda: _("refunds: how many times money was given back")
    ),
    _M.REFUND_AMOUNT: Meaning(_T.MONEY, "", lambda: _("Refunded"), lambda: _("refund_amount: the amounts of refunds")),
    _M.MOVEMENTS: Meaning(
        _T.COUNT,
        "movements",
        lambda: _("Movements"),
        lambda: _("movements: how many times money came in or was given back"),
    ),
    _M.MAILS: Meaning(_T.COUNT, "mails", lambda: _("Mails"), lambda: _("mails: how many an order gave rise to")),
    _M.MAILS_DELIVERED: Meaning(
        _T.COUNT,
        "mails",
        lambda: _("Mails delivered"),
        lambda: _("mails_delivered: those whose delivery the mail service reported"),
    ),
    _M.MAILS_FAILED: Meaning(
        _T.COUNT,
        "mails",
        lambda: _("Mails that did not arrive"),
        lambda: _("mails_failed: those that bounced or were given up"),
    ),
    _M.WAITING_ORDERS: Meaning(
        _T.COUNT, "orders", lambda: _("Orders not over"), lambda: _("waiting_orders: orders that are not over yet")
    ),
    _M.WAITING_TOTAL: Meaning(
        _T.MONEY, "", lambda: _("Their totals"), lambda: _("waiting_total: totals of orders that are not over yet")
    ),
    _M.WAITING_DAYS: Meaning(
        _T.DAYS,
        "d",
        lambda: _("Days of waiting"),
        lambda: _("waiting_days: days since a status of the order last changed, the median"),
    ),
    _M.WAITING_DAYS_MAX: Meaning(
        _T.DAYS,
        "d",
        lambda: _("Longest wait"),
        lambda: _("waiting_days_max: days since a status of the order that waits longest last changed"),
    ),
    _R.AVERAGE_ORDER: Meaning(_T.MONEY, "", lambda: _("Average order"), lambda: _("average_order: placed ÷ orders")),
    _R.AVERAGE_CUSTOMER: Meaning(
        _T.MONEY,
        "",
        lambda: _("Ordered per customer"),
        lambda: _("average_customer: placed ÷ customers"),
    ),
    _R.RETURNING_SHARE: Meaning(
        _T.SHARE,
        "%",
        lambda: _("Share who come back"),
        lambda: _("returning_share: returning_customers ÷ customers, in percent"),
    ),
    _R.AVERAGE_ITEMS: Meaning(
        _T.QUANTITY, "items", lambda: _("Items per order"), lambda: _("average_items: items ÷ orders")
    ),
    _R.REFUND_RATE: Meaning(
        _T.SHARE, "%", lambda: _("Share given back"), lambda: _("refund_rate: refunded ÷ paid, in percent")
    ),
    _R.DISCOUNT_RATE: Meaning(
        _T.SHARE, "%", lambda: _("Share taken off"), lambda: _("discount_rate: discount ÷ subtotal, in percent")
    ),
    _R.FAILURE_RATE: Meaning(
        _T.SHARE, "%", lambda: _("Share that failed"), lambda: _("failure_rate: failures ÷ attempts, in percent")
    ),
    _R.AVERAGE_PRICE: Meaning(
        _T.MONEY, "", lambda: _("Average price"), lambda: _("average_price: placed ÷ items, with tax")
    ),
    _R.LIST_PRICE: Meaning(_T.MONEY, "", lambda: _("List price"), lambda: _("list_price: listed ÷ items, with tax")),
    _R.MARKDOWN_RATE: Meaning(
        _T.SHARE,
        "%",
        lambda: _("Share below list price"),
        lambda: _("markdown_rate: markdown ÷ listed, in percent"),
    ),
    _R.MARGIN_RATE: Meaning(
        _T.SHARE, "%", lambda: _("Margin rate"), lambda: _("margin_rate: margin ÷ costed, in percent")
    ),
    _R.RETURN_RATE: Meaning(
        _T.SHARE, "%", lambda: _("Share returned"), lambda: _("return_rate: returned_items ÷ items, in percent")
    ),
}


def figure(name: str) -> Figure:
    """The figure of a name. Raises `Invalid` with the nearest one."""
    for known in MEANINGS:
        if known.value == name:
            return known
    sentence = _("There is no figure “{name}”.", name=name) + did_you_mean(name, [one.value for one in MEANINGS])
    raise Invalid(sentence, {"measures": sentence})


def needed(figures: tuple[Figure, ...]) -> tuple[Measure, ...]:
    """The measures that the store must add up for some figures, each once."""
    made: list[Measure] = []
    for one in figures:
        made += PARTS[one] if isinstance(one, Ratio) else [one]
    return tuple(dict.fromkeys(made))


def is_additive(one: Figure) -> bool:
    """Whether parts of it add up to the whole: customers, times and shares do not."""
    return isinstance(one, Measure) and one not in NOT_ADDITIVE


def column(one: Figure, currency: str) -> Column:
    """The column in which an answer has a figure."""
    meaning = MEANINGS[one]
    return Column(one.value, meaning.type, currency if meaning.type is ColumnType.MONEY else meaning.unit)


def divided(one: Ratio, row: dict[str, Decimal]) -> Decimal | None:
    """A ratio out of its parts, not rounded; a share in percent. None when it would divide by nothing."""
    above, below = (row[part] for part in PARTS[one])
    if not below:
        return None
    return Decimal(above) / Decimal(below) * (100 if MEANINGS[one].type is ColumnType.SHARE else 1)
