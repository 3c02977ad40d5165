"""Mark as returned: all that was shipped came back, or some lines did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from services.errors import Conflict
from services.language import _
from services.money import ZERO
from services.orders import derive
from services.orders.actions.parcels import asked_for
from services.orders.actions.picked import picked
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Line, Shipment
from services.orders.plan import Asked, Moved, Plan, Returned
from services.orders.statuses import EventKind, FulfilmentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Quantities come back out of the parcel `shipment`, else out of the newest parcels first. Without `lines` all
    that is with the customer is returned. `restock` says that the goods go back on the shelf."""
    parcel = asked_for(order, body)
    is_whole = (
        not body.has("lines") and parcel is None and order.fulfilment_status is not FulfilmentStatus.PARTIALLY_SHIPPED
    )
    restock = body.flag("restock", False)
    back = picked(order, body, _left(parcel), _("{name}: {left} can come back, {asked} asked for."))
    body.done()
    if not back and (order.shipments or not is_whole):
        raise Conflict(_("Nothing of this order is left to come back."))
    return Plan(
        EventKind.MARKED_RETURNED,
        {"fulfilment_status": FulfilmentStatus.RETURNED} if is_whole else {},
        moved=tuple(Moved(line_id, returned=quantity) for line_id, quantity in back.items()),
        returned=_out_of_parcels((parcel,) if parcel else order.shipments, back),
        said={"restock": True} if restock else {},
    )


def _left(parcel: Shipment | None) -> Callable[[Line], Decimal]:
    """How much of a line can come back, out of one parcel or of all."""
    if parcel is None:
        return derive.left_to_return

    def left(line: Line) -> Decimal:
        return min(derive.left_to_return(line), _held(parcel, line.id))

    return left


def _held(parcel: Shipment, line_id: str) -> Decimal:
    """How much of a line a parcel holds that did not come back."""
    return sum((part.quantity - part.returned for part in parcel.lines if part.line_id == line_id), ZERO)


def _out_of_parcels(parcels: tuple[Shipment, ...], back: Mapping[str, Decimal]) -> tuple[Returned, ...]:
    found = []
    for line_id, quantity in back.items():
        rest = quantity
        for parcel in reversed(parcels):
            taken = min(rest, _held(parcel, line_id))
            if taken > 0:
                found.append(Returned(parcel.id, line_id, taken))
                rest -= taken
    return tuple(found)
