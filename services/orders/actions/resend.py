"""Resend: a message of the order goes out once more, as a message of its own."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.messages.kinds import Template
from services.messages.telling import ABOUT_A_PARCEL, ONCE_ONLY
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Send `template` again; a shipping mail speaks of the parcel `shipment` (the newest when absent)."""
    choices = tuple(kind for kind in Template if kind not in ONCE_ONLY)
    template = body.one_of("template", Template, choices)
    if template is None:
        body.fault("template", _("This is needed."))
    shipment_id = body.text("shipment").lower()
    parcel = next((one for one in reversed(order.shipments) if shipment_id in ("", one.id)), None)
    if shipment_id and parcel is None:
        body.fault("shipment", _("This order has no such parcel."))
    body.done()
    assert template is not None  # done() raised otherwise  # noqa: S101
    if template in (Template.ORDER_SHIPPED, Template.TRACKING_CORRECTED) and parcel is None:
        raise Conflict(_("Nothing of this order was shipped yet."))
    about = parcel if template in ABOUT_A_PARCEL else None
    return Plan(
        EventKind.MESSAGE_RESENT,
        messages=(ToSend(template, about, is_again=True),),
        said={"template": template.value},
    )
