"""Steps that only set the fulfilment status: processing, ready for pickup, out for delivery, will not deliver."""

from __future__ import annotations

from dataclasses import replace

from services.messages.kinds import Template
from services.orders.actions.parcels import handed_over
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus


def mark_processing(order: Order, body: Body, asked: Asked) -> Plan:
    """The shop has begun to prepare the order."""
    return _step(body, EventKind.MARKED_PROCESSING, FulfilmentStatus.PROCESSING)


def mark_ready_for_pickup(order: Order, body: Body, asked: Asked) -> Plan:
    """The goods wait at the shop for the customer, who is told where and when."""
    step = _step(body, EventKind.MARKED_READY_FOR_PICKUP, FulfilmentStatus.READY_FOR_PICKUP)
    return replace(step, messages=(ToSend(Template.READY_FOR_PICKUP),))


def mark_out_for_delivery(order: Order, body: Body, asked: Asked) -> Plan:
    """The goods are on their last way to the customer; a delivery of our own takes all that is still in the shop."""
    step = _step(body, EventKind.MARKED_OUT_FOR_DELIVERY, FulfilmentStatus.OUT_FOR_DELIVERY)
    if not order.fulfilment_status.has_left:
        step = handed_over(step, order, asked, has_arrived=False)
    on_the_way = (*order.shipments, *step.shipments)
    return replace(step, messages=(ToSend(Template.OUT_FOR_DELIVERY, on_the_way[-1] if on_the_way else None),))


def mark_will_not_deliver(order: Order, body: Body, asked: Asked) -> Plan:
    """The goods will not leave the shop."""
    return _step(body, EventKind.MARKED_WILL_NOT_DELIVER, FulfilmentStatus.WILL_NOT_DELIVER)


def _step(body: Body, event: EventKind, status: FulfilmentStatus) -> Plan:
    body.done()
    return Plan(event, {"fulfilment_status": status})
