"""Record a payment: an amount has come in, all that is due or a part, in time or late, once more than was asked."""

from __future__ import annotations

from services.language import _
from services.messages.kinds import Template
from services.money import decimals
from services.orders.actions.moved_money import about_receiving, method_of, moment_of, moved_money
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentKind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One charge (or gift card) over `amount`, what is due when absent, by `method`, with its `reference`, received
    `at`. Money is never refused: what is too much, or comes after cancelling, is taken and said. The customer is told,
    unless the order is cancelled."""
    amount = body.money("amount", decimals(order.currency))
    received = order.due if amount is None else amount
    if received == 0:
        body.fault("amount", _("This must be more than zero.") if amount == 0 else _("Say how much came in."))
    reference, method, at = body.text("reference", LINE), method_of(order, body), moment_of(body, asked)
    body.done()
    kind = PaymentKind.GIFT_CARD if method == "gift_card" else PaymentKind.CHARGE
    row = moved_money(order, asked, kind, received, reference, method=method, at=at)
    is_whole = order.paid + received >= order.total
    is_cancelled = order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER
    return Plan(
        EventKind.PAYMENT_RECORDED,
        {"payment_message": ""} if is_whole else {},
        payments=(row,),
        messages=() if is_cancelled else (ToSend(Template.PAYMENT_RECEIVED, about={"amount": received}),),
        warnings=about_receiving(order, received),
    )
