"""Hold and release: work on an order stops for a reason, and goes on where it was."""

from __future__ import annotations

from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, FulfilmentStatus
from services.orders.undoing import standing


def hold(order: Order, body: Body, asked: Asked) -> Plan:
    """Work stops; the reason stands in the timeline, where one was given."""
    body.done()
    return Plan(EventKind.HELD, {"fulfilment_status": FulfilmentStatus.ON_HOLD})


def release(order: Order, body: Body, asked: Asked) -> Plan:
    """Back to the status that the order had before; to prepare when nobody knows (an imported hold). What was undone
    since counts for nothing, and an undo that left the order on hold did not put it there."""
    body.done()
    before = FulfilmentStatus.AWAITING_PROCESSING
    for event in standing(order.events):
        if event.after.get("fulfilment_status") == FulfilmentStatus.ON_HOLD:
            before = FulfilmentStatus(event.before.get("fulfilment_status", FulfilmentStatus.AWAITING_PROCESSING))
    if before is FulfilmentStatus.ON_HOLD:
        before = FulfilmentStatus.AWAITING_PROCESSING
    return Plan(EventKind.RELEASED, {"fulfilment_status": before})
