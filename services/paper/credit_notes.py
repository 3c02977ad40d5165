"""What a credit note says: what a refund gave back, to the cent, and the taxes in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services import language
from services.language import _
from services.messages.letter import number as shown_number
from services.messages.wording import line
from services.money import ZERO, rounded
from services.orders.order import Order, Payment
from services.orders.words import options
from services.paper import taxes
from services.paper.invoices import bill_to, money, percent, tax_rows, words
from services.paper.sender import Sender
from services.paper.taxes import TaxRow


def credit_note(
    order: Order, refund: Payment, sender: Sender, speak: str, number: str, issued_on: date, invoice: str
) -> dict[str, Any]:
    """A credit note for a refund of `order`, correcting the invoice with the number `invoice`."""
    given_back = refunded_lines(order, refund)
    with language.use(speak):
        lines, listed = [], ZERO
        for part in order.lines:
            if quantity := given_back.get(part.id):
                share = rounded(part.total * quantity / part.quantity, order.currency)
                listed += share
                lines.append(
                    {
                        "name": line(part.name),
                        "about": line(" · ".join(text for text in (options(part), part.sku) if text)),
                        "quantity": language.number(quantity.normalize()),
                        "price": money(part.unit_price, order.currency),
                        "discount": "",
                        "rate": percent(taxes.line_rates(order).get(part.id)) if order.tax else "",
                        "total": money(share, order.currency),
                    }
                )
        rows = tax_shares(order, refund.amount, given_back)
        tax = sum((row.tax for row in rows), ZERO)
        rest = refund.amount - listed - (ZERO if order.tax_included else tax)
        return {
            "title": _("Credit note"),
            "number": number,
            "to": bill_to(order, sender, speak),
            "facts": [
                [_("Credit note"), number],
                [_("Date"), language.day(issued_on)],
                [_("For the invoice"), invoice],
                [_("Order"), shown_number(order)],
            ],
            "lines": lines,
            "sums": [
                *([_sum(_("Shipping, discount and rest"), rest, order)] if lines and rest else []),
                *([_sum(_("Refund"), rest, order)] if not lines else []),
                *([_sum(_("Taxes"), tax, order)] if tax and not order.tax_included else []),
                _sum(_("Given back"), refund.amount, order) | {"is_strong": True},
                *([_sum(_("of which taxes"), tax, order)] if tax and order.tax_included else []),
            ],
            "taxes": tax_rows(rows, order.currency) if tax else [],
            "note": "",
            "words": words(),
            "lang": speak,
            **sender.as_content(),
        }


def refunded_lines(order: Order, refund: Payment) -> dict[str, Decimal]:
    """Quantities by line that the event of a refund gave back."""
    event = next((one for one in order.events if one.id == refund.event_id), None)
    moved = event.made.get("moved", ()) if event else ()
    return {row["line_id"]: Decimal(row["refunded"]) for row in moved if Decimal(row["refunded"])}


def tax_shares(order: Order, amount: Decimal, given_back: Mapping[str, Decimal]) -> tuple[TaxRow, ...]:
    """The taxes in a refund of `amount`: of the lines given back, else of the whole order, each rate by its share.
    Base and tax of all rows sum to `amount`."""
    rows = taxes.by_rate(order)
    weights = {row.rate: row.base + row.tax for row in rows}
    if given_back:
        rates = taxes.line_rates(order)
        of_lines = dict.fromkeys(weights, ZERO)
        for part in order.lines:
            if part.id in given_back and rates.get(part.id) in of_lines:
                of_lines[rates.get(part.id)] += part.total * given_back[part.id] / part.quantity
        weights = of_lines if any(of_lines.values()) else weights
    whole = sum(weights.values(), ZERO)
    if not whole:
        return ()
    found, left = [], amount
    standing = [row for row in rows if weights[row.rate]]
    for place, row in enumerate(standing, start=1):
        gross = left if place == len(standing) else rounded(amount * weights[row.rate] / whole, order.currency)
        left -= gross
        tax = rounded(gross * row.tax / (row.base + row.tax), order.currency) if row.base + row.tax else ZERO
        found.append(TaxRow(row.rate, gross - tax, tax))
    return tuple(found)


def _sum(label: str, amount: Decimal, order: Order) -> dict[str, Any]:
    return {"label": label, "amount": money(amount, order.currency), "is_strong": False}
