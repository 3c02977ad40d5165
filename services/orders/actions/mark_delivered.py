"""Mark as delivered: the goods are with the customer."""

from __future__ import annotations

from services.orders.actions.parcels import handed_over
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, FulfilmentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Every parcel still on its way counts as arrived now; goods fetched at the shop left and arrived now."""
    body.done()
    arrived = tuple(parcel.id for parcel in order.shipments if parcel.delivered_at is None)
    delivered = Plan(EventKind.MARKED_DELIVERED, {"fulfilment_status": FulfilmentStatus.DELIVERED}, delivered=arrived)
    if order.fulfilment_status.has_left:
        return delivered
    return handed_over(delivered, order, asked, has_arrived=True)
