"""A parcel on its way into an order: goods that leave the shop now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal

from data.ids import new_id
from services.language import _
from services.money import ZERO
from services.orders import derive
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Shipment, ShipmentLine
from services.orders.plan import Asked, Label, Moved, Plan

NO_LABEL = Label("", "", "")


def parcel(order: Order, inside: Mapping[str, Decimal], asked: Asked, label: Label = NO_LABEL) -> Shipment:
    """A parcel with quantities by line id."""
    return Shipment(
        id=new_id(),
        at=asked.at,
        **asdict(label),
        delivered_at=None,
        event_id=asked.event_id,
        lines=tuple(ShipmentLine(line_id, quantity, ZERO) for line_id, quantity in inside.items()),
    )


def asked_for(order: Order, body: Body, *, needed: bool = False) -> Shipment | None:
    """The parcel that a body's `shipment` names; the only one of the order where it names none and one is `needed`."""
    shipment_id = body.text("shipment").strip().lower()
    found = next((one for one in order.shipments if one.id == shipment_id), None)
    if shipment_id and found is None:
        body.fault("shipment", _("This order has no such parcel."))
    if shipment_id or not needed:
        return found
    if len(order.shipments) > 1:
        body.fault("shipment", _("This order has several parcels: say which one."))
    return order.shipments[0] if len(order.shipments) == 1 else None


def leaving(inside: Mapping[str, Decimal]) -> tuple[Moved, ...]:
    """The quantities of a parcel as shipped."""
    return tuple(Moved(line_id, shipped=quantity) for line_id, quantity in inside.items())


def handed_over(plan: Plan, order: Order, asked: Asked, *, has_arrived: bool) -> Plan:
    """The plan with a parcel of all that is still in the shop: goods that go without a carrier are a fact as well, and
    can be returned."""
    inside = {line.id: derive.left_to_ship(line) for line in order.lines if derive.left_to_ship(line) > 0}
    if not inside:
        return plan
    goods = replace(parcel(order, inside, asked), delivered_at=asked.at if has_arrived else None)
    return replace(plan, shipments=(goods,), moved=leaving(inside))
