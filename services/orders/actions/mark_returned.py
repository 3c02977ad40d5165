"""Mark as returned: all that was shipped came back, or some lines did."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from services.language import _
from services.money import ZERO
from services.orders import derive
from services.orders.actions.picked import picked
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Moved, Plan, Returned
from services.orders.statuses import EventKind, FulfilmentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Quantities come back, out of the newest parcels first. Without `lines` all that left is
    returned."""
    is_whole = not body.has("lines") and order.fulfilment_status is not FulfilmentStatus.PARTIALLY_SHIPPED
    back = picked(order, body, derive.left_to_return, _("{name}: {left} can come back, {asked} asked for."))
    body.done()
    return Plan(
        EventKind.MARKED_RETURNED,
        {"fulfilment_status": FulfilmentStatus.RETURNED} if is_whole else {},
        moved=tuple(Moved(line_id, returned=quantity) for line_id, quantity in back.items()),
        returned=_out_of_parcels(order, back),
    )


def _out_of_parcels(order: Order, back: Mapping[str, Decimal]) -> tuple[Returned, ...]:
    found = []
    for line_id, quantity in back.items():
        rest = quantity
        for parcel in reversed(order.shipments):
            held = sum((part.quantity - part.returned for part in parcel.lines if part.line_id == line_id), ZERO)
            taken = min(rest, held)
            if taken > 0:
                found.append(Returned(parcel.id, line_id, taken))
                rest -= taken
    return tuple(found)
