"""A parcel on its way into an order: goods that leave the shop now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from data.ids import new_id
from services.money import ZERO
from services.orders import derive
from services.carriers.pages import tracking_url
from services.orders.order import Order
from services.orders.parts import Shipment, ShipmentLine
from services.orders.plan import Asked, Moved, Plan


def parcel(order: Order, inside: Mapping[str, Decimal], asked: Asked, carrier: str = "", number: str = "") -> Shipment:
    """A parcel with quantities by line id. The tracking page is the carrier's, or that of the shipping method."""
    return Shipment(
        id=new_id(),
        at=asked.at,
        carrier=carrier,
        tracking_number=number,
        tracking_url=tracking_url(carrier or order.shipping_method, number),
        delivered_at=None,
        event_id=asked.event_id,
        lines=tuple(ShipmentLine(line_id, quantity, ZERO) for line_id, quantity in inside.items()),
    )


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
