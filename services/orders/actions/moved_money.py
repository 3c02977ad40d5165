"""A money movement that an action puts on record by hand, and what is said about it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from data.ids import new_id
from services.language import _, current
from services.money import shown
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.parts import Payment
from services.orders.payment_methods import key_of
from services.orders.plan import Asked
from services.orders.statuses import FulfilmentStatus, PaymentKind


def moved_money(
    order: Order,
    asked: Asked,
    kind: PaymentKind,
    amount: Decimal,
    reference: str,
    *,
    method: str = "",
    at: datetime | None = None,
    failure_reason: str = "",
) -> Payment:
    """A row of `payments`, made by the event that is asked for; by the order's own method and now, unless said
    otherwise."""
    return Payment(
        id=new_id(),
        at=at or asked.at,
        kind=kind,
        amount=amount,
        currency=order.currency,
        method=method or order.payment_method,
        provider="",
        reference=reference,
        failure_reason=failure_reason,
        event_id=asked.event_id,
    )


def method_of(order: Order, body: Body) -> str:
    """The key of the body's `method`, a key or words; empty when it does not say."""
    given = body.text("method", LINE).strip()
    return key_of(given, given, order.total) if given else ""


def moment_of(body: Body, asked: Asked) -> datetime | None:
    """The body's `at`, which cannot lie ahead; None when it does not say."""
    at = body.moment("at")
    if at is not None and at > asked.at:
        body.fault("at", _("This is in the future."))
    return at


def about_receiving(order: Order, received: Decimal) -> tuple[str, ...]:
    """What a merchant should know when this much comes in: the order is cancelled, or asks for less."""
    if order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER:
        back = shown(order.kept + received, order.currency, current())
        return (_("This order was cancelled: {amount} is to be given back.", amount=back),)
    over = order.kept + received - order.total
    if over <= 0:
        return ()
    return (_("This is {amount} more than the order asks for.", amount=shown(over, order.currency, current())),)
