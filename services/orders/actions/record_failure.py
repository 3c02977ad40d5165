"""Record a failed payment: the customer tried to pay and the provider said no."""

from __future__ import annotations

from services.language import current, use
from services.messages.kinds import Template
from services.money import decimals
from services.orders import failures
from services.orders.actions.moved_money import method_of, moment_of, moved_money
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, PaymentKind

LONGEST = 1000  # characters of a reason


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One failure with its `failure_reason`, the provider's code or words, kept as they come. No money moves. The
    customer is told, in words that are fit for them."""
    reason = body.text("failure_reason", LONGEST, required=True).strip()
    amount = body.money("amount", decimals(order.currency))
    reference, method, at = body.text("reference", LINE), method_of(order, body), moment_of(body, asked)
    body.done()
    row = moved_money(
        order,
        asked,
        PaymentKind.FAILURE,
        order.due if amount is None else amount,
        reference,
        method=method,
        at=at,
        failure_reason=reason,
    )
    with use(order.language or current()):
        told = failures.for_customer(reason)
    return Plan(
        EventKind.FAILURE_RECORDED,
        {"payment_message": reason},
        payments=(row,),
        messages=(ToSend(Template.PAYMENT_FAILED, about={"reason": told}),),
    )
