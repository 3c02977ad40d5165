"""A money movement that an action puts on record by hand."""

from __future__ import annotations

from decimal import Decimal

from data.ids import new_id
from services.orders.order import Order
from services.orders.parts import Payment
from services.orders.plan import Asked
from services.orders.statuses import PaymentKind


def moved_money(order: Order, asked: Asked, kind: PaymentKind, amount: Decimal, reference: str) -> Payment:
    """A row of `payments` by the order's own method, made by the event that is asked for."""
    return Payment(
        id=new_id(),
        at=asked.at,
        kind=kind,
        amount=amount,
        currency=order.currency,
        method=order.payment_method,
        provider="",
        reference=reference,
        failure_reason="",
        event_id=asked.event_id,
    )
