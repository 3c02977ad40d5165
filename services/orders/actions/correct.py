"""Correct the status: the exception that real shops need, with a reason, outside the table of legal steps."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Set `payment_status`, `fulfilment_status` or both by hand; no money and no goods move, nobody is told."""
    payment = body.one_of("payment_status", PaymentStatus)
    fulfilment = body.one_of("fulfilment_status", FulfilmentStatus)
    if not asked.reason.strip():
        body.fault("reason", _("Say why the status is corrected."))
    if not body.has("payment_status") and not body.has("fulfilment_status"):
        body.fault("fulfilment_status", _("Give the payment status or the fulfilment status as it should be."))
    body.done()
    wanted = {"payment_status": payment, "fulfilment_status": fulfilment}
    fields = {name: status for name, status in wanted.items() if status and status is not getattr(order, name)}
    if not fields:
        raise Conflict(_("Nothing changes: the order says this already."))
    return Plan(EventKind.CORRECTED, fields)
