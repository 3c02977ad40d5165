"""Mark as delivered: the goods are with the customer, all of them or those of one parcel."""

from __future__ import annotations

from dataclasses import replace

from services.errors import Conflict
from services.language import _
from services.messages.kinds import Template
from services.orders import derive
from services.orders.actions.parcels import asked_for, handed_over
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Shipment
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus, Kind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """With `shipment` that parcel arrived now, and the order with the last of them; else every parcel still on its way
    did. Goods fetched at the shop left and arrived now."""
    parcel = asked_for(order, body)
    body.done()
    if parcel:
        return _one(order, parcel)
    if order.fulfilment_status is FulfilmentStatus.PARTIALLY_SHIPPED:
        raise Conflict(_("A part of this order has not left yet: say which parcel has arrived."))
    arrived = tuple(one.id for one in order.shipments if one.delivered_at is None)
    delivered = Plan(
        EventKind.MARKED_DELIVERED,
        {"fulfilment_status": FulfilmentStatus.DELIVERED},
        delivered=arrived,
        messages=(ToSend(Template.DELIVERED),) if _is_told(order) else (),
    )
    if order.fulfilment_status.has_left:
        return delivered
    return handed_over(delivered, order, asked, has_arrived=True)


def _one(order: Order, parcel: Shipment) -> Plan:
    if parcel.delivered_at is not None:
        raise Conflict(_("This parcel was delivered already."))
    rest = [one for one in order.shipments if one.delivered_at is None and one.id != parcel.id]
    is_last = not rest and not any(derive.left_to_ship(line) for line in order.lines)
    arrived = Plan(
        EventKind.MARKED_DELIVERED,
        delivered=(parcel.id,),
        messages=(ToSend(Template.DELIVERED, parcel, about_id=parcel.id),),
    )
    return replace(arrived, fields={"fulfilment_status": FulfilmentStatus.DELIVERED}) if is_last else arrived


def _is_told(order: Order) -> bool:
    """Goods that came without a parcel (downloads, gift cards, fetched at the shop) need no word that they came."""
    return any(line.kind is Kind.PHYSICAL for line in order.lines) and not order.is_pickup
