"""Mark as shipped: a parcel with all that is left, or with some lines, has gone to the carrier."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.messages.kinds import Template
from services.orders import derive
from services.orders.actions import labels
from services.orders.actions.parcels import leaving, parcel
from services.orders.actions.picked import picked
from services.orders.body import Body
from services.orders.order import Order
from services.orders.payment_methods import is_offline
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One shipment of `lines` (all that is left when absent) with `carrier`, `tracking_number` and `tracking_url`; the
    customer is told, with the tracking link when there is one."""
    label = labels.read(body, order.shipping_method)
    inside = picked(order, body, derive.left_to_ship, _("{name}: {left} left to ship, {asked} asked for."))
    body.done()
    if not inside:
        raise Conflict(_("Nothing of this order is left to ship."))
    goods = parcel(order, inside, asked, label)
    return Plan(
        EventKind.MARKED_SHIPPED,
        shipments=(goods,),
        moved=leaving(inside),
        messages=(ToSend(Template.ORDER_SHIPPED, goods),),
        warnings=(*_warnings(order), *labels.doubts(label, order.shipping_method)),
    )


def _warnings(order: Order) -> tuple[str, ...]:
    """Shipping before the money is usual for invoices and cash on delivery; online it is worth a second look."""
    if order.payment_status is PaymentStatus.CANCELLED:
        return (_("The payment of this order was cancelled."),)
    if order.payment_status is PaymentStatus.REFUNDED:
        return (_("The payment of this order was refunded."),)
    if order.payment_status is PaymentStatus.AWAITING_PAYMENT and not is_offline(order.payment_method):
        return (_("This order is not paid: its online payment was not processed."),)
    if order.fulfilment_status is FulfilmentStatus.READY_FOR_PICKUP:
        return (_("This order waits for its customer to fetch it."),)
    return ()
