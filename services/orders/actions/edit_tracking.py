"""Correct a tracking number, or add one to a parcel that left without."""

from __future__ import annotations

from dataclasses import asdict, replace

from services.errors import Conflict
from services.language import _
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.orders.actions import labels
from services.orders.actions.parcels import asked_for
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Message, Shipment
from services.orders.plan import Asked, Plan, Relabelled, ToSend
from services.orders.relabelling import about, label_of
from services.orders.statuses import EventKind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Another `carrier`, `tracking_number` or `tracking_url` on the parcel `shipment` (the only one when absent).

    A shipping mail that still waits is written anew; a mail of its own goes out only to who was told already.
    """
    parcel = asked_for(order, body, needed=True)
    before = label_of(parcel) if parcel else None
    label = labels.read(body, order.shipping_method, before)
    body.done()
    if parcel is None or before is None:
        raise Conflict(_("Nothing of this order was shipped yet."))
    if label == before:
        raise Conflict(_("Nothing changes: the parcel says this already."))
    mails = [message for message in order.messages if about(message, parcel.id)]
    return Plan(
        EventKind.TRACKING_EDITED,
        relabelled=(Relabelled(parcel.id, before, label),),
        messages=_telling(parcel, replace(parcel, **asdict(label)), mails, asked),
        warnings=labels.doubts(label, order.shipping_method) if label.tracking_number != before.tracking_number else (),
    )


def _telling(was: Shipment, parcel: Shipment, mails: list[Message], asked: Asked) -> tuple[ToSend, ...]:
    """What to send where the customer is to be told: nothing beside a mail that still waits, a correction to who has
    the wrong number, the shipping notice to who has none."""
    states = {MessageState(message.state) for message in mails}
    if any(state.can_be_stopped for state in states):
        return ()
    knows = any(state.has_left for state in states) or was.event_id is None
    if knows and was.tracking_number:
        return (ToSend(Template.TRACKING_CORRECTED, parcel, about_id=parcel.id),)
    return (ToSend(Template.ORDER_SHIPPED, parcel, about_id=asked.event_id),)
