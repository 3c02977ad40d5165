"""Mark as paid: all the money that is due has come in."""

from __future__ import annotations

from services.language import _
from services.messages.kinds import Template
from services.money import decimals
from services.orders.actions.moved_money import about_receiving, moved_money
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, PaymentKind, PaymentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One charge over what has not come in of the total, or over `amount`; more is taken and said. Where nothing is
    missing the order is simply paid. The customer is told."""
    amount = body.money("amount", decimals(order.currency))
    if amount == 0 and order.unpaid > 0:
        body.fault("amount", _("This must be more than zero."))
    reference = body.text("reference", LINE)
    body.done()
    received = order.unpaid if amount is None else amount
    # the reason of an earlier failure has become history: it stays in the failed payment's row and in the event
    fields: dict[str, object] = {"payment_message": ""}
    if received == 0:
        return Plan(EventKind.MARKED_PAID, fields | {"payment_status": PaymentStatus.PAID})
    charge = moved_money(order, asked, PaymentKind.CHARGE, received, reference)
    return Plan(
        EventKind.MARKED_PAID,
        fields,
        payments=(charge,),
        messages=(ToSend(Template.PAYMENT_RECEIVED, about={"amount": received}),),
        warnings=about_receiving(order, received),
    )
