"""What is counted and summed: each measure once, with the SQL over the facts that it stands for."""

from __future__ import annotations

from enum import StrEnum

from data.dimensions import Fact


class Measure(StrEnum):
    """A figure that the store adds up; the words of the API. What follows from others by division is no such figure."""

    ORDERS = "orders"
    CANCELLED_ORDERS = "cancelled_orders"
    PLACED = "placed"
    PAID = "paid"
    REFUNDED = "refunded"
    NET = "net"
    DUE = "due"
    SUBTOTAL = "subtotal"
    DISCOUNT = "discount"
    DISCOUNTED_ORDERS = "discounted_orders"
    SHIPPING = "shipping"
    HANDLING = "handling"
    TAX = "tax"
    TAXABLE = "taxable"
    ITEMS = "items"
    RETURNED_ITEMS = "returned_items"
    CUSTOMERS = "customers"
    NEW_CUSTOMERS = "new_customers"
    RETURNING_CUSTOMERS = "returning_customers"
    FIRST_ON = "first_on"
    LAST_ON = "last_on"
    LAST_SOLD_ON = "last_sold_on"
    LISTED = "listed"
    MARKDOWN = "markdown"
    COST = "cost"
    COSTED = "costed"
    MARGIN = "margin"
    UNCOSTED = "uncosted"
    PAY_HOURS = "pay_hours"
    PAY_HOURS_P90 = "pay_hours_p90"
    SHIP_HOURS = "ship_hours"
    SHIP_HOURS_P90 = "ship_hours_p90"
    DELIVER_HOURS = "deliver_hours"
    DELIVER_HOURS_P90 = "deliver_hours_p90"
    WHOLE_HOURS = "whole_hours"
    WHOLE_HOURS_P90 = "whole_hours_p90"
    SHIPPED_ORDERS = "shipped_orders"
    DELIVERED_ORDERS = "delivered_orders"
    ATTEMPTS = "attempts"
    FAILURES = "failures"
    FAILED_AMOUNT = "failed_amount"
    REFUNDS = "refunds"
    REFUND_AMOUNT = "refund_amount"
    MOVEMENTS = "movements"
    MAILS = "mails"
    MAILS_DELIVERED = "mails_delivered"
    MAILS_FAILED = "mails_failed"
    WAITING_ORDERS = "waiting_orders"
    WAITING_TOTAL = "waiting_total"
    WAITING_DAYS = "waiting_days"
    WAITING_DAYS_MAX = "waiting_days_max"


def _placed(column: str) -> str:
    return f"coalesce(sum(f.{column}) filter (where f.is_placed), 0)"


def _moved(column: str) -> str:
    return f"coalesce(sum(f.{column}), 0)"


def _hours(column: str) -> dict[str, str]:
    return {
        column: f"cast(round(median(f.{column}), 1) as decimal(18, 1))",
        f"{column}_p90": f"cast(round(quantile_cont(f.{column}, 0.9), 1) as decimal(18, 1))",
    }


def _people(which: str, alone: str) -> str:
    """How many customers the rows `which` are of, a row per order: those of whom it can be `alone` are not told apart,
    which is what takes time."""
    return (
        f"count(*) filter (where {which} and {alone} = 1) "
        f"+ count(distinct c.customer) filter (where {which} and {alone} > 1)"
    )


# Those who ordered twice or more, whichever of their orders the rows are; `a` of a line is its customer if one of them.
_AGAIN = "count(distinct c.customer) filter (where f.is_placed and c.standing_orders > 1)"
_AGAIN_OF_LINES = "count(distinct f.customer) filter (where f.is_placed and a.customer is not null)"
_ORDERS = {
    "orders": "count(*) filter (where f.is_placed)",
    "cancelled_orders": "count(*) filter (where f.is_cancelled)",
    "placed": _placed("total"),
    "paid": _moved("paid"),
    "refunded": _moved("refunded"),
    "net": f"{_moved('paid')} - {_moved('refunded')}",
    "due": _placed("due"),
    "subtotal": _placed("subtotal"),
    "discount": _placed("discount"),
    "discounted_orders": "count(*) filter (where f.is_placed and f.discount <> 0)",
    "shipping": _placed("shipping_fee"),
    "handling": _placed("handling_fee"),
    "tax": _placed("tax"),
    "items": _placed("item_count"),
    "customers": _people("f.is_placed", "c.standing_orders"),
    "new_customers": _people("f.is_placed and f.placed_at = c.first_at", "c.first_orders"),
    "returning_customers": _AGAIN,
    "first_on": "min(f.day)",
    "last_on": "max(f.day)",
}
# What a line cost, to the smallest unit of its currency; null where nobody said: `k` is the cost that held on its day
# (data/product_costs.py).
_UNITS = "f.quantity * k.unit_cost"
_COST = (
    f"cast(case k.decimals when 0 then round({_UNITS}, 0) when 3 then round({_UNITS}, 3) else round({_UNITS}, 2) end "
    "as decimal(18, 3))"
)
_LISTED = "f.taxable + f.tax + f.discount"
_LINES = {
    "orders": "count(distinct f.id) filter (where f.is_placed)",
    "cancelled_orders": "count(distinct f.id) filter (where f.is_cancelled)",
    **{name: _ORDERS[name] for name in ("placed", "paid", "refunded", "net", "discount", "tax")},
    "customers": "count(distinct f.customer) filter (where f.is_placed and f.customer >= 0)",
    "returning_customers": _AGAIN_OF_LINES,
    "taxable": _placed("taxable"),
    "items": _placed("quantity"),
    "returned_items": _placed("returned"),
    "last_sold_on": "max(f.day) filter (where f.is_placed)",
    "listed": f"coalesce(sum({_LISTED}) filter (where f.is_placed), 0)",
    "markdown": f"coalesce(sum({_LISTED} - f.total) filter (where f.is_placed), 0)",
    "cost": f"sum({_COST}) filter (where f.is_placed)",
    "costed": "coalesce(sum(f.total - f.tax) filter (where f.is_placed and k.unit_cost is not null), 0)",
    "margin": f"sum(f.total - f.tax - {_COST}) filter (where f.is_placed)",
    "uncosted": "coalesce(sum(f.total - f.tax) filter (where f.is_placed and k.unit_cost is null), 0)",
}
_JOURNEYS = {
    **{name: sql for step in ("pay", "ship", "deliver", "whole") for name, sql in _hours(f"{step}_hours").items()},
    "shipped_orders": "count(f.shipped_at)",
    "delivered_orders": "count(f.delivered_at)",
}
_ATTEMPTS = {
    "attempts": "count(*)",
    "failures": "count(*) filter (where f.is_failure)",
    "failed_amount": "coalesce(sum(f.amount) filter (where f.is_failure), 0)",
}
_REFUNDS = {"refunds": "count(*)", "refund_amount": "coalesce(sum(f.amount), 0)"}
_MOVEMENTS = {"movements": "count(*)", **{name: _ORDERS[name] for name in ("paid", "refunded", "net")}}
_MAILS = {
    "mails": "count(*)",
    "mails_delivered": "count(*) filter (where f.mail_state = $delivered)",
    "mails_failed": "count(*) filter (where list_contains($undelivered, f.mail_state))",
}
_WAITING = {
    "waiting_orders": "count(*)",
    "waiting_total": "coalesce(sum(f.total), 0)",
    "waiting_days": "cast(round(median(f.waiting_days), 1) as decimal(18, 1))",
    "waiting_days_max": "max(f.waiting_days)",
}

# fact -> measure -> SQL over its rows `f`; `c` is what the customer of the order is known by
SQL: dict[Fact, dict[Measure, str]] = {
    fact: {Measure(name): sql for name, sql in made.items()}
    for fact, made in {
        Fact.ORDERS: _ORDERS,
        Fact.LINES: _LINES,
        Fact.JOURNEYS: _JOURNEYS,
        Fact.ATTEMPTS: _ATTEMPTS,
        Fact.REFUNDS: _REFUNDS,
        Fact.MAILS: _MAILS,
        Fact.WAITING: _WAITING,
        Fact.MOVEMENTS: _MOVEMENTS,
    }.items()
}

# The orders of lines, where a column knows which line is its order's first, and where days are summed up already. Who
# ordered once need not be told apart from others then.
FIRST_LINES = {
    Measure.CUSTOMERS: "count(*) filter (where f.is_placed and f.{first} and f.customer >= 0 and a.customer is null) + "
    + _AGAIN_OF_LINES,
    Measure.ORDERS: "count(*) filter (where f.is_placed and f.{first})",
    Measure.CANCELLED_ORDERS: "count(*) filter (where f.is_cancelled and f.{first})",
}
OF_DAYS = {
    Measure.ORDERS: "coalesce(sum(f.orders) filter (where f.is_placed), 0)",
    Measure.CANCELLED_ORDERS: "coalesce(sum(f.orders) filter (where f.is_cancelled), 0)",
}
# Sums of parts are sums of the whole; customers and times are not.
NOT_ADDITIVE = frozenset(
    {
        Measure.CUSTOMERS,
        Measure.NEW_CUSTOMERS,
        Measure.RETURNING_CUSTOMERS,
        Measure.FIRST_ON,
        Measure.LAST_ON,
        Measure.LAST_SOLD_ON,
    }
    | {Measure.WAITING_DAYS, Measure.WAITING_DAYS_MAX}
    | {measure for measure in Measure if "_hours" in measure}
)
