"""Cancel: the order will not be fulfilled. Money that came in goes back with it, or stays on record until it does."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _, current
from services.messages.kinds import Template
from services.money import ZERO, shown
from services.orders.actions.moved_money import moved_money
from services.orders.actions.refund import all_left
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentKind, PaymentStatus


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Will not be delivered. With `refund` all that the shop holds goes back; without, it stays with a word on it. What
    a provider only authorised is let go. `restock` says that the goods go back on the shelf. The customer is told."""
    wants_refund, restock = body.flag("refund", False), body.flag("restock", False)
    reference = body.text("reference", LINE)
    body.done()
    if any(line.shipped > line.returned for line in order.lines):
        raise Conflict(_("Goods of this order have left the shop. Mark them as returned, then refund."))
    fields: dict[str, object] = {"fulfilment_status": FulfilmentStatus.WILL_NOT_DELIVER}
    payments, warnings = [], []
    if order.promised > 0:
        payments.append(moved_money(order, asked, PaymentKind.VOID, order.promised, ""))
        warnings.append(_("The authorisation itself is let go at the payment provider: this keeps the record."))
    back = order.kept if wants_refund and order.kept > 0 else ZERO
    if back:
        payments.append(moved_money(order, asked, PaymentKind.REFUND, back, reference))
        warnings.append(_("The money itself is sent back at the payment provider or the bank: this keeps the record."))
    elif order.kept > 0:
        fields["payment_status"] = order.payment_status
        money = shown(order.kept, order.currency, current())
        warnings.append(_("The shop still has {amount} of this order: refund it.", amount=money))
    elif order.payment_status.is_open:
        fields["payment_status"] = PaymentStatus.CANCELLED
    return Plan(
        EventKind.CANCELLED,
        fields,
        payments=tuple(payments),
        moved=all_left(order) if back else (),
        messages=(ToSend(Template.CANCELLED, about={"amount": back}),),
        warnings=tuple(warnings),
        said={"restock": True} if restock else {},
    )
