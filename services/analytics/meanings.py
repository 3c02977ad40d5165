"""What each figure is, for people: its name, its sentence and its unit, each said once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from data.measures import Measure
from services.analytics.measures import PARTS, Column, ColumnType, Figure, Ratio
from services.analytics.naming import did_you_mean
from services.errors import Invalid
from services.language import _

Said = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is: its type, its unit (money has that of the question), its name for people and its sentence."""

    type: ColumnType
    unit: str
    name: Said
    sentence: Said


def _money(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.MONEY, "", name, sentence)


def _count(unit: str, name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.COUNT, unit, name, sentence)


def _items(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.QUANTITY, "items", name, sentence)


def _hours(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.HOURS, "h", name, sentence)


def _days(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.DAYS, "d", name, sentence)


def _day(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.DAY, "", name, sentence)


def _share(name: Said, sentence: Said) -> Meaning:
    return Meaning(ColumnType.SHARE, "%", name, sentence)


_M, _R = Measure, Ratio

MEANINGS: dict[Figure, Meaning] = {
    _M.ORDERS: _count("orders", lambda: _("Orders"), lambda: _("orders: how many were placed and not cancelled")),
    _M.CANCELLED_ORDERS: _count(
        "orders", lambda: _("Cancelled orders"), lambda: _("cancelled_orders: how many were cancelled")
    ),
    _M.PLACED: _money(lambda: _("Ordered"), lambda: _("placed: totals of orders that were not cancelled")),
    _M.PAID: _money(lambda: _("Received"), lambda: _("paid: money received")),
    _M.REFUNDED: _money(lambda: _("Given back"), lambda: _("refunded: money given back")),
    _M.NET: _money(lambda: _("Net"), lambda: _("net: paid − refunded")),
    _M.DUE: _money(lambda: _("Still due"), lambda: _("due: what is still to be paid")),
    _M.SUBTOTAL: _money(lambda: _("Goods"), lambda: _("subtotal: goods before discounts, of orders not cancelled")),
    _M.DISCOUNT: _money(lambda: _("Discounts"), lambda: _("discount: what was taken off, of orders not cancelled")),
    _M.DISCOUNTED_ORDERS: _count(
        "orders",
        lambda: _("Orders with a discount"),
        lambda: _("discounted_orders: orders not cancelled with something taken off"),
    ),
    _M.SHIPPING: _money(lambda: _("Shipping"), lambda: _("shipping: shipping fees of orders not cancelled")),
    _M.HANDLING: _money(lambda: _("Handling"), lambda: _("handling: handling fees of orders not cancelled")),
    _M.TAX: _money(lambda: _("Tax"), lambda: _("tax: taxes in the totals of orders not cancelled")),
    _M.TAXABLE: _money(
        lambda: _("Before tax"), lambda: _("taxable: totals without their taxes, of orders not cancelled")
    ),
    _M.ITEMS: _items(lambda: _("Items"), lambda: _("items: quantities ordered, of orders not cancelled")),
    _M.RETURNED_ITEMS: _items(lambda: _("Items returned"), lambda: _("returned_items: quantities that came back")),
    _M.CUSTOMERS: _count(
        "customers",
        lambda: _("Customers"),
        lambda: _("customers: different customers, by e-mail address, else by name"),
    ),
    _M.NEW_CUSTOMERS: _count(
        "customers", lambda: _("New customers"), lambda: _("new_customers: those among them whose first order it is")
    ),
    _M.RETURNING_CUSTOMERS: _count(
        "customers",
        lambda: _("Customers who come back"),
        lambda: _("returning_customers: those among them who ordered twice or more, at any time"),
    ),
    _M.FIRST_ON: _day(lambda: _("First order"), lambda: _("first_on: the day of the first order")),
    _M.LAST_ON: _day(lambda: _("Last order"), lambda: _("last_on: the day of the last order")),
    _M.LAST_SOLD_ON: _day(
        lambda: _("Last sold"), lambda: _("last_sold_on: the day of the last order that was not cancelled")
    ),
    _M.LISTED: _money(
        lambda: _("At list price"),
        lambda: _("listed: what was ordered at its list price with tax, before anything was taken off"),
    ),
    _M.MARKDOWN: _money(
        lambda: _("Below list price"), lambda: _("markdown: listed − placed, what was taken off products")
    ),
    _M.COST: _money(
        lambda: _("Cost"), lambda: _("cost: items × what one cost on its day, of lines whose cost is known")
    ),
    _M.COSTED: _money(
        lambda: _("Ordered with a known cost"), lambda: _("costed: placed − tax of lines whose cost is known")
    ),
    _M.MARGIN: _money(lambda: _("Margin"), lambda: _("margin: costed − cost")),
    _M.UNCOSTED: _money(
        lambda: _("Without a known cost"),
        lambda: _("uncosted: placed − tax of all else: lines whose cost nobody said, shipping and fees"),
    ),
    _M.PAY_HOURS: _hours(
        lambda: _("Time to pay"), lambda: _("pay_hours: from placing an order to its first money, the median")
    ),
    _M.PAY_HOURS_P90: _hours(
        lambda: _("Time to pay, 9 of 10"), lambda: _("pay_hours_p90: within which nine of ten orders were paid")
    ),
    _M.SHIP_HOURS: _hours(
        lambda: _("Time to ship"),
        lambda: _("ship_hours: from the money, else from placing, to the first parcel, the median"),
    ),
    _M.SHIP_HOURS_P90: _hours(
        lambda: _("Time to ship, 9 of 10"), lambda: _("ship_hours_p90: within which nine of ten orders were shipped")
    ),
    _M.DELIVER_HOURS: _hours(
        lambda: _("Time under way"), lambda: _("deliver_hours: from the first parcel to the first delivery, the median")
    ),
    _M.DELIVER_HOURS_P90: _hours(
        lambda: _("Time under way, 9 of 10"), lambda: _("deliver_hours_p90: within which nine of ten parcels arrived")
    ),
    _M.WHOLE_HOURS: _hours(
        lambda: _("From order to delivery"),
        lambda: _("whole_hours: from placing an order to its first delivery, the median"),
    ),
    _M.WHOLE_HOURS_P90: _hours(
        lambda: _("From order to delivery, 9 of 10"),
        lambda: _("whole_hours_p90: within which nine of ten orders were delivered"),
    ),
    _M.SHIPPED_ORDERS: _count(
        "orders", lambda: _("Orders shipped"), lambda: _("shipped_orders: orders with a parcel and its day")
    ),
    _M.DELIVERED_ORDERS: _count(
        "orders", lambda: _("Orders delivered"), lambda: _("delivered_orders: orders with a delivery and its day")
    ),
    _M.ATTEMPTS: _count(
        "attempts",
        lambda: _("Attempts to pay"),
        lambda: _("attempts: payments that a provider answered, with money or with a refusal"),
    ),
    _M.FAILURES: _count("attempts", lambda: _("Failed payments"), lambda: _("failures: attempts that were refused")),
    _M.FAILED_AMOUNT: _money(lambda: _("Amount refused"), lambda: _("failed_amount: the amounts of refused attempts")),
    _M.REFUNDS: _count("refunds", lambda: _("Refunds"), lambda: _("refunds: how many times money was given back")),
    _M.REFUND_AMOUNT: _money(lambda: _("Refunded"), lambda: _("refund_amount: the amounts of refunds")),
    _M.MOVEMENTS: _count(
        "movements", lambda: _("Movements"), lambda: _("movements: how many times money came in or was given back")
    ),
    _M.MAILS: _count("mails", lambda: _("Mails"), lambda: _("mails: how many an order gave rise to")),
    _M.MAILS_DELIVERED: _count(
        "mails",
        lambda: _("Mails delivered"),
        lambda: _("mails_delivered: those whose delivery the mail service reported"),
    ),
    _M.MAILS_FAILED: _count(
        "mails", lambda: _("Mails that did not arrive"), lambda: _("mails_failed: those that bounced or were given up")
    ),
    _M.WAITING_ORDERS: _count(
        "orders", lambda: _("Orders not over"), lambda: _("waiting_orders: orders that are not over yet")
    ),
    _M.WAITING_TOTAL: _money(
        lambda: _("Their totals"), lambda: _("waiting_total: totals of orders that are not over yet")
    ),
    _M.WAITING_DAYS: _days(
        lambda: _("Days of waiting"),
        lambda: _("waiting_days: days since a status of the order last changed, the median"),
    ),
    _M.WAITING_DAYS_MAX: _days(
        lambda: _("Longest wait"),
        lambda: _("waiting_days_max: days since a status of the order that waits longest last changed"),
    ),
    _R.AVERAGE_ORDER: _money(lambda: _("Average order"), lambda: _("average_order: placed ÷ orders")),
    _R.AVERAGE_CUSTOMER: _money(lambda: _("Ordered per customer"), lambda: _("average_customer: placed ÷ customers")),
    _R.RETURNING_SHARE: _share(
        lambda: _("Share who come back"), lambda: _("returning_share: returning_customers ÷ customers, in percent")
    ),
    _R.AVERAGE_ITEMS: _items(lambda: _("Items per order"), lambda: _("average_items: items ÷ orders")),
    _R.REFUND_RATE: _share(lambda: _("Share given back"), lambda: _("refund_rate: refunded ÷ paid, in percent")),
    _R.DISCOUNT_RATE: _share(lambda: _("Share taken off"), lambda: _("discount_rate: discount ÷ subtotal, in percent")),
    _R.FAILURE_RATE: _share(lambda: _("Share that failed"), lambda: _("failure_rate: failures ÷ attempts, in percent")),
    _R.AVERAGE_PRICE: _money(lambda: _("Average price"), lambda: _("average_price: placed ÷ items, with tax")),
    _R.LIST_PRICE: _money(lambda: _("List price"), lambda: _("list_price: listed ÷ items, with tax")),
    _R.MARKDOWN_RATE: _share(
        lambda: _("Share below list price"), lambda: _("markdown_rate: markdown ÷ listed, in percent")
    ),
    _R.MARGIN_RATE: _share(lambda: _("Margin rate"), lambda: _("margin_rate: margin ÷ costed, in percent")),
    _R.RETURN_RATE: _share(lambda: _("Share returned"), lambda: _("return_rate: returned_items ÷ items, in percent")),
}


def figure(name: str) -> Figure:
    """The figure of a name. Raises `Invalid` with the nearest one."""
    for known in MEANINGS:
        if known.value == name:
            return known
    sentence = _("There is no figure “{name}”.", name=name) + did_you_mean(name, [one.value for one in MEANINGS])
    raise Invalid(sentence, {"measures": sentence})


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
