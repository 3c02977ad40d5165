"""What an invoice says: who sold what to whom, the taxes by rate, and what is still to be paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services import clock, language
from services.language import _
from services.messages.letter import number as shown_number
from services.messages.wording import line
from services.money import ZERO, shown
from services.orders.order import Line, Order
from services.orders.words import options
from services.paper import taxes
from services.paper.addresses import destination
from services.paper.sender import Sender
from services.paper.taxes import TaxRow


def invoice(order: Order, sender: Sender, speak: str, zone: str, number: str, issued_on: date) -> dict[str, Any]:
    """An invoice in the customer's language `speak`; all of it is text, to be kept as issued."""
    with language.use(speak):
        rates = taxes.line_rates(order)
        return {
            "title": _("Invoice"),
            "number": number,
            "to": bill_to(order, sender, speak),
            "facts": [
                [_("Invoice"), number],
                [_("Date"), language.day(issued_on)],
                [_("Order"), shown_number(order)],
                [_("Order date"), language.day(clock.day(order.placed_at, zone))],
                *([[_("Payment"), line(order.payment_method_label)]] if order.payment_method_label else []),
            ],
            "lines": [_line(part, order, rates.get(part.id)) for part in order.lines],
            "sums": _sums(order),
            "taxes": tax_rows(taxes.by_rate(order), order.currency) if order.tax else [],
            "note": _("The prices include the taxes.") if order.tax_included and order.tax else "",
            "words": words(),
            "lang": speak,
            **sender.as_content(),
        }


def bill_to(order: Order, sender: Sender, speak: str) -> list[str]:
    """The buyer, as the address window shows it."""
    for address in (order.billing_address, order.shipping_address):
        if address.line1 or address.city:
            return destination(address, sender.country, speak)
    return [text for text in (order.customer, order.email if order.email != order.customer else "") if text]


def words() -> dict[str, str]:
    """The heads of the columns of invoices and credit notes."""
    return {
        "item": _("Item"),
        "quantity": _("Quantity"),
        "price": _("Unit price"),
        "discount": _("Discount"),
        "rate": _("Tax rate"),
        "total": _("Total"),
        "base": _("Without tax"),
        "tax": _("Tax"),
    }


def tax_rows(rows: tuple[TaxRow, ...], currency: str) -> list[dict[str, str]]:
    """Taxes by rate as text; a rate that the amounts do not tell is said as such."""
    return [
        {
            "rate": percent(row.rate) or _("several rates"),
            "base": money(row.base, currency),
            "tax": money(row.tax, currency),
        }
        for row in rows
    ]


def percent(rate: Decimal | None) -> str:
    """A rate as the language writes it: "5,5 %"; empty when it is not known."""
    return (
        "" if rate is None else language.number(rate.normalize()) + ("\u202f%" if language.current() == "fr" else "%")
    )


def money(amount: Decimal, currency: str) -> str:
    """An amount as the language writes it, with a true minus."""
    return shown(amount, currency, language.current()).replace("-", "\u2212")


def _line(part: Line, order: Order, rate: Decimal | None) -> dict[str, str]:
    return {
        "name": line(part.name),
        "about": line(" · ".join(text for text in (options(part), part.sku) if text)),
        "quantity": language.number(part.quantity.normalize() if part.quantity else ZERO),
        "price": money(part.unit_price, order.currency),
        "discount": money(-part.discount, order.currency) if part.discount else "",
        "rate": percent(rate) if order.tax else "",
        "total": money(part.total, order.currency),
    }


def _sums(order: Order) -> list[dict[str, Any]]:
    """From the subtotal to what is due, as the order has them."""
    rows = [
        (_("Subtotal"), order.subtotal, True, False),
        (_("Discount"), -order.discount, bool(order.discount), False),
        (_("Shipping"), order.shipping_fee, bool(order.shipping_fee), False),
        (_("Handling fee"), order.handling_fee, bool(order.handling_fee), False),
        (_("Taxes"), order.tax, bool(order.tax) and not order.tax_included, False),
        (_("Total"), order.total, True, True),
        (_("of which taxes"), order.tax, bool(order.tax) and order.tax_included, False),
        (_("Amount paid"), order.paid, True, False),
        (_("Still to pay"), order.due, bool(order.due), True),
    ]
    return [
        {"label": label, "amount": money(amount, order.currency), "is_strong": is_strong}
        for label, amount, is_said, is_strong in rows
        if is_said
    ]
