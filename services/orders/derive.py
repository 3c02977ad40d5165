"""What follows from facts: payment status from money movements, fulfilment status from what was shipped and returned.

Where the facts of an order are incomplete (a source that tells only the word), its status stands until a fact of ours
moves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from services.money import ZERO
from services.orders.parts import Line, Payment
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus


def received(payments: Iterable[Payment]) -> Decimal:
    """Money that came in."""
    return sum((payment.amount for payment in payments if payment.kind.is_received), ZERO)


def given_back(payments: Iterable[Payment]) -> Decimal:
    """Money that was given back."""
    return sum((payment.amount for payment in payments if payment.kind is PaymentKind.REFUND), ZERO)


def promised(payments: Iterable[Payment]) -> Decimal:
    """Money that a provider holds for the shop: authorisations, less what was taken of them or let go."""
    told = list(payments)
    held = sum((payment.amount for payment in told if payment.kind is PaymentKind.AUTHORISATION), ZERO)
    return max(held - sum((payment.amount for payment in told if payment.kind.uses_authorisation), ZERO), ZERO)


def due(total: Decimal, paid: Decimal, payment: PaymentStatus, goods: FulfilmentStatus) -> Decimal:
    """Money still to come; nothing when the order was cancelled, whatever came in before or since, or all was given
    back."""
    is_cancelled = goods is FulfilmentStatus.WILL_NOT_DELIVER and payment.has_money
    if is_cancelled or payment in (PaymentStatus.CANCELLED, PaymentStatus.REFUNDED):
        return ZERO
    return max(total - paid, ZERO)


def payment_status(total: Decimal, paid: Decimal, refunded: Decimal, payments: Iterable[Payment]) -> PaymentStatus:
    """Where the money is, from what moved. All that came being given back counts as refunded."""
    if refunded > 0:
        return PaymentStatus.REFUNDED if refunded >= paid else PaymentStatus.PARTIALLY_REFUNDED
    if paid >= total:
        return PaymentStatus.PAID
    if paid > 0:
        return PaymentStatus.PARTIALLY_PAID
    if promised(payments) > 0:
        return PaymentStatus.AUTHORISED
    return PaymentStatus.AWAITING_PAYMENT


def left_to_ship(line: Line) -> Decimal:
    """How much of a line has still to leave in a parcel; nothing of digital goods and gift cards."""
    return max(line.quantity - line.shipped, ZERO) if line.kind is Kind.PHYSICAL else ZERO


def left_to_return(line: Line) -> Decimal:
    """How much of a line is with the customer."""
    return max(line.shipped - line.returned, ZERO)


def shipped_status(lines: Iterable[Line], before: FulfilmentStatus) -> FulfilmentStatus:
    """Shipped when nothing is left to leave, partially shipped when something has left, else what it was."""
    goods = [line for line in lines if line.kind is Kind.PHYSICAL]
    if not any(line.shipped for line in goods):
        return before
    is_whole = all(left_to_ship(line) == 0 for line in goods)
    return FulfilmentStatus.SHIPPED if is_whole else FulfilmentStatus.PARTIALLY_SHIPPED


def returned_status(lines: Iterable[Line], before: FulfilmentStatus) -> FulfilmentStatus:
    """Returned when all that left came back and nothing is left to leave, else what it was."""
    goods = [line for line in lines if line.shipped]
    is_whole = bool(goods) and all(left_to_return(line) == 0 for line in goods)
    is_whole = is_whole and before is not FulfilmentStatus.PARTIALLY_SHIPPED
    return FulfilmentStatus.RETURNED if is_whole else before
