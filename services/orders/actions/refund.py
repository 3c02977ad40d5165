"""Refund: money goes back to the customer, in full, by amount or by lines."""

from __future__ import annotations

from decimal import Decimal

from services.errors import Conflict
from services.language import _, current
from services.money import ZERO, decimals, rounded, shown
from services.orders.actions.moved_money import moved_money
from services.orders.actions.picked import picked
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.parts import Line
from services.orders.plan import Asked, Moved, Plan
from services.orders.statuses import EventKind, PaymentKind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One refund on record, never above what was paid and not yet given back. Without `amount` and `lines` all of it;
    with `lines` their share of the total, taxes included. `restock` says that the goods go back on the shelf."""
    amount = body.money("amount", decimals(order.currency))
    has_lines = body.has("lines")
    lines = (
        picked(order, body, left_to_refund, _("{name}: {left} can be refunded, {asked} asked for."))
        if has_lines
        else _no_lines(body)
    )
    restock = body.flag("restock", False)
    reference = body.text("reference", LINE)
    most = order.paid - order.refunded
    if amount == 0:
        body.fault("amount", _("This must be more than zero."))
    body.done()
    if most <= 0:
        raise Conflict(_("There is no money to give back: nothing was received, or all was refunded already."))
    wanted = amount if amount is not None else (_worth(order, lines) if has_lines else most)
    if amount is None:
        wanted = min(wanted, most)  # rounding of shares never asks for more than there is
    if wanted > most:
        raise Conflict(
            _(
                "At most {most} can be refunded: that is what was paid and not yet given back.",
                most=shown(most, order.currency, current()),
            )
        )
    if wanted <= 0:
        raise Conflict(_("These lines cost nothing: there is nothing to refund."))
    row = moved_money(order, asked, PaymentKind.REFUND, wanted, reference)
    warnings = (_("The money itself is sent back at the payment provider or the bank: this keeps the record."),)
    return Plan(
        EventKind.REFUNDED,
        payments=(row,),
        moved=tuple(Moved(line_id, refunded=quantity) for line_id, quantity in lines.items()),
        said={"restock": restock},
        warnings=warnings,
    )


def left_to_refund(line: Line) -> Decimal:
    """How much of a line was not refunded yet."""
    return max(line.quantity - line.refunded, ZERO)


def _no_lines(body: Body) -> dict[str, Decimal]:
    body.value("lines")
    return {}


def _worth(order: Order, lines: dict[str, Decimal]) -> Decimal:
    """What the customer paid for quantities of lines: line totals, less their part of the discount on the whole order,
    plus their tax where prices are without."""
    goods = sum((line.total for line in order.lines), ZERO)
    if goods <= 0:
        return ZERO
    on_all = max(order.discount - sum((line.discount for line in order.lines), ZERO), ZERO)
    is_taxed_by_line = any(line.tax for line in order.lines)
    worth = ZERO
    for line in order.lines:
        if line.id in lines and line.quantity:
            taxes = line.tax if is_taxed_by_line else order.tax * line.total / goods
            whole = line.total - on_all * line.total / goods + (ZERO if order.tax_included else taxes)
            worth += whole * lines[line.id] / line.quantity
    return rounded(worth, order.currency)
