"""Cancel: the order will not be fulfilled. Money that came in stays on record until it is refunded."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _, current
from services.money import shown
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Will not be delivered; payment cancelled when no money came, else as it is, with a word on the refund."""
    body.done()
    if any(line.shipped > line.returned for line in order.lines):
        raise Conflict(_("Goods of this order have left the shop. Mark them as returned, then refund."))
    fields: dict[str, object] = {"fulfilment_status": FulfilmentStatus.WILL_NOT_DELIVER}
    held = order.paid - order.refunded
    if held > 0:
        money = shown(held, order.currency, current())
        return Plan(
            EventKind.CANCELLED,
            fields,
            warnings=(_("The shop still has {amount} of this order: refund it.", amount=money),),
        )
    if order.payment_status.is_open:
        fields["payment_status"] = PaymentStatus.CANCELLED
    return Plan(EventKind.CANCELLED, fields)
