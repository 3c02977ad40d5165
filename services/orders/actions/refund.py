"""Refund: money goes back to the customer, in full, by amount or by lines, with the shipping or without."""

from __future__ import annotations

from decimal import Decimal

from services.errors import Conflict
from services.language import _, current
from services.messages.kinds import Template
from services.money import ZERO, decimals, shown
from services.orders.actions.moved_money import moved_money
from services.orders.actions.picked import picked
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.parts import Line
from services.orders.plan import Asked, Moved, Plan, ToSend
from services.orders.shares import shares
from services.orders.statuses import EventKind, PaymentKind

Wanted = tuple[Decimal, Decimal, dict[str, Decimal]]
"""How much goes back in all, how much of it for shipping and handling, and quantities by line."""


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """One refund on record, never above what was paid and not yet given back.

    Without `amount` and `lines` all of it; with `lines` their share of what the order cost, taxes included. `shipping`
    true adds what is left of shipping and handling to the lines, an amount adds that much (or is all that goes back,
    without lines), false leaves it out. `restock` says that the goods go back on the shelf. The customer is told.
    """
    amount = body.money("amount", decimals(order.currency))
    if amount == 0:
        body.fault("amount", _("This must be more than zero."))
    has_lines = body.has("lines")
    lines = (
        picked(order, body, left_to_refund, _("{name}: {left} can be refunded, {asked} asked for."))
        if has_lines
        else _no_lines(body)
    )
    shipping = _shipping(order, body, amount)
    restock = body.flag("restock", False)
    reference = body.text("reference", LINE)
    body.done()
    if order.kept <= 0:
        raise Conflict(_("There is no money to give back: nothing was received, or all was refunded already."))
    if amount is not None:
        wanted, fees = amount, ZERO
    else:
        wanted, fees, lines = _worth(order, lines if has_lines else None, shipping)
    if wanted > order.kept:
        raise Conflict(
            _(
                "At most {most} can be refunded: that is what was paid and not yet given back.",
                most=shown(order.kept, order.currency, current()),
            )
        )
    if wanted <= 0:
        raise Conflict(_("These lines cost nothing: there is nothing to refund."))
    return Plan(
        EventKind.REFUNDED,
        payments=(moved_money(order, asked, PaymentKind.REFUND, wanted, reference),),
        moved=tuple(Moved(line_id, refunded=quantity) for line_id, quantity in lines.items()),
        messages=(ToSend(Template.REFUNDED, about={"amount": wanted}),),
        warnings=(_("The money itself is sent back at the payment provider or the bank: this keeps the record."),),
        said={"restock": restock} | ({"shipping": str(fees)} if fees else {}),
    )


def left_to_refund(line: Line) -> Decimal:
    """How much of a line was not refunded yet."""
    return max(line.quantity - line.refunded, ZERO)


def all_left(order: Order) -> tuple[Moved, ...]:
    """Every line as refunded; none where only a part of the order was ever paid."""
    if order.paid < order.total:
        return ()
    return tuple(Moved(line.id, refunded=left_to_refund(line)) for line in order.lines if left_to_refund(line) > 0)


def _no_lines(body: Body) -> dict[str, Decimal]:
    body.value("lines")
    return {}


def _shipping(order: Order, body: Body, amount: Decimal | None) -> Decimal | bool | None:
    """The body's `shipping`: yes, no, how much, or None when it does not say."""
    if not body.has("shipping"):
        body.value("shipping")
        return None
    if amount is not None:
        body.fault("shipping", _("Give an amount, or say what becomes of the shipping: not both."))
    given = body.value("shipping")
    if isinstance(given, bool):
        return given
    wanted, left = body.money("shipping", decimals(order.currency)), shares(order).fees_left
    if wanted is not None and wanted > left:
        most = shown(left, order.currency, current())
        body.fault("shipping", _("At most {most} of shipping and handling can be refunded.", most=most))
    return wanted


def _worth(order: Order, lines: dict[str, Decimal] | None, shipping: Decimal | bool | None) -> Wanted:
    """What goes back without an amount of its own. Where less was paid than the order costs, no more than that."""
    of = shares(order)
    if lines is None and (shipping is None or isinstance(shipping, bool)):
        fees = ZERO if shipping is False else min(of.fees_left, order.kept)
        rest = order.kept - (of.fees_left if shipping is False else ZERO)
        return rest, fees, {move.line_id: move.refunded for move in all_left(order)}
    fees = of.fees_left if shipping is True else (shipping or ZERO)
    lines = lines or {}
    wanted = min(of.of_lines(lines) + fees, order.kept)
    return wanted, min(fees, wanted), lines
