"""The items of an order and its sums, as HTML."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from pages.parts.tables import table
from services.language import _, number
from services.money import shown
from services.orders import words
from services.orders.order import Line, Order
from services.orders.statuses import Kind


def items(order: Order, language: str) -> str:
    """A table of lines, then subtotal, discount, shipping, handling, tax and total."""
    heads = [_("Item"), _("Quantity"), _("Price"), _("Total")]
    lines = [_line(line, order.currency, language) for line in order.lines]
    bought = table(heads, lines, numbers=(1, 2, 3), kind="ct-bought")
    nothing = "" if lines else f"<p class='ct-quiet'>{escape(_('This order has no items.'))}</p>"
    return f"{bought}{nothing}<dl class='ct-sums'>{_sums(order, language)}</dl>"


def _line(line: Line, currency: str, language: str) -> list[str]:
    under = " · ".join(escape(text) for text in (line.sku, words.options(line), _kind(line.kind)) if text)
    return [
        f"<span class='ct-thing'>{escape(line.name) or '—'}</span><span class='ct-under'>{under}</span>{_facts(line)}",
        number(line.quantity, language),
        escape(shown(line.unit_price, currency, language)),
        f"{escape(shown(line.total, currency, language))}{_off(line, currency, language)}",
    ]


def _off(line: Line, currency: str, language: str) -> str:
    if not line.discount:
        return ""
    return f"<span class='ct-under'>{escape(_('discount'))} −{escape(shown(line.discount, currency, language))}</span>"


def _facts(line: Line) -> str:
    """What was ordered, shipped, returned and refunded of a line, once anything has happened to it."""
    said = []
    if line.shipped:
        said.append(_("{count} of {ordered} shipped", count=number(line.shipped), ordered=number(line.quantity)))
    facts = ((line.returned, _("returned")), (line.refunded, _("refunded")))
    said += [f"{number(count)} {word}" for count, word in facts if count]
    return f"<span class='ct-under ct-facts'>{escape(' · '.join(said))}</span>" if said else ""


def _kind(kind: Kind) -> str:
    return {Kind.PHYSICAL: "", Kind.DIGITAL: _("digital"), Kind.GIFT_CARD: _("gift card")}[kind]


def _sums(order: Order, language: str) -> str:
    def money(amount: Decimal) -> str:
        return shown(amount, order.currency, language)

    tax = _("Tax, included in the prices") if order.tax_included else _("Tax")
    coupons = f" ({', '.join(order.coupons)})" if order.coupons else ""
    rows = [
        (_("Subtotal"), money(order.subtotal), ""),
        (_("Discount") + coupons, f"−{money(order.discount)}" if order.discount else money(order.discount), ""),
        (_("Shipping fee"), money(order.shipping_fee), ""),
        (_("Handling fee"), money(order.handling_fee), ""),
        (tax, money(order.tax), ""),
        (_("Order total"), money(order.total), "ct-total"),
    ]
    return "".join(
        f"<div class='{c}'><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value, c in rows
    )
