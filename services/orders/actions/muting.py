"""Mute and unmute: whether the customer of this order is written to at all."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind


def mute(order: Order, body: Body, asked: Asked) -> Plan:
    """The customer gets no message about this order any more; what waits for them is stopped."""
    body.done()
    if order.is_muted:
        raise Conflict(_("This order is muted already."))
    return Plan(EventKind.MUTED, {"is_muted": True}, silences=True)


def unmute(order: Order, body: Body, asked: Asked) -> Plan:
    """The customer is told again of what happens from now on; what was stopped stays so."""
    body.done()
    if not order.is_muted:
        raise Conflict(_("This order is not muted."))
    return Plan(EventKind.UNMUTED, {"is_muted": False})
