"""What the figures mean. The same measures stand in every answer, so that all of them reconcile with the order list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.language import _
from services.orders.statuses import PaymentKind, PaymentStatus


class Clock(StrEnum):
    """The day on which money counts: that of its order, or its own."""

    ORDER = "order"
    EVENT = "event"


class ColumnType(StrEnum):
    """What a column holds: money and counts are measures, the others say what a row is about."""

    MONEY = "money"
    COUNT = "count"
    MONTH = "month"
    DAY = "day"
    PAYMENT_METHOD = "payment_method"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer; `unit` is the currency for money, what is counted for a count, else empty."""

    name: str
    type: ColumnType
    unit: str = ""


def measures(currency: str) -> tuple[Column, ...]:
    """The five that every answer has."""
    money = (Column(name, ColumnType.MONEY, currency) for name in ("placed", "paid", "refunded", "net"))
    return (Column("orders", ColumnType.COUNT, "orders"), *money)


def definition(clock: Clock, zone: str, currency: str) -> str:
    """The measures in words, with what an answer covers."""
    when = {
        Clock.ORDER: _("All of it counts on the day on which its order was placed"),
        Clock.EVENT: _("Orders count on the day on which they were placed, money on the day on which it moved"),
    }[clock]
    return _(
        "orders: how many were placed and not cancelled; placed: their totals; paid: money received; refunded: money "
        "given back; net: paid − refunded. {when}, in the time zone {zone}. Only orders in {currency}.",
        when=when,
        zone=zone,
        currency=currency,
    )


def words(currency: str) -> dict[str, object]:
    """The values of the `$names` in `data/queries/`."""
    return {
        "currency": currency,
        "cancelled": PaymentStatus.CANCELLED.value,
        "received": [kind.value for kind in PaymentKind if kind.is_received],
        "given_back": [PaymentKind.REFUND.value],
    }
