"""Capture, and let go: what becomes of money that a payment provider holds for the order."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _, current
from services.money import decimals, shown
from services.orders.actions.moved_money import moved_money
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, PaymentKind, PaymentStatus


def capture(order: Order, body: Body, asked: Asked) -> Plan:
    """Take `amount` of the authorisation, all that is due of it when absent; never more than is held."""
    amount = body.money("amount", decimals(order.currency))
    if amount == 0:
        body.fault("amount", _("This must be more than zero."))
    reference = body.text("reference", LINE)
    body.done()
    taken = (min(order.promised, order.due) or order.promised) if amount is None else amount
    if taken > order.promised:
        raise Conflict(
            _(
                "At most {most} can be captured: that is what is authorised and not yet taken.",
                most=shown(order.promised, order.currency, current()),
            )
        )
    return Plan(
        EventKind.CAPTURED,
        {"payment_message": ""},
        payments=(moved_money(order, asked, PaymentKind.CAPTURE, taken, reference),),
        warnings=(_("The money itself is taken at the payment provider: this keeps the record."),),
    )


def void_authorisation(order: Order, body: Body, asked: Asked) -> Plan:
    """Let go what is authorised and not yet taken; a cancelled order stays cancelled."""
    reference = body.text("reference", LINE)
    body.done()
    is_cancelled = order.payment_status is PaymentStatus.CANCELLED
    return Plan(
        EventKind.AUTHORISATION_VOIDED,
        {"payment_status": PaymentStatus.CANCELLED} if is_cancelled else {},
        payments=(moved_money(order, asked, PaymentKind.VOID, order.promised, reference),),
        warnings=(_("The authorisation itself is let go at the payment provider: this keeps the record."),),
    )
