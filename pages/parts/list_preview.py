"""A quiet look at one order beside the list, as data for the browser."""

from __future__ import annotations

from typing import Any

from pages.parts.badges import fulfilment_badge, payment_badge
from pages.parts.list_address import ListView
from pages.parts.list_table import shown_money, shown_number
from pages.parts.order_people import lines_of
from services.language import _, moment, number
from services.orders import life, words
from services.orders.order import Line, Order


def preview(view: ListView, order: Order, zone: str) -> dict[str, Any]:
    """What one wants to know without leaving the list."""
    return {
        "id": order.id,
        "href": view.order_link(order.id),
        "number": shown_number(order.number),
        "placed": moment(order.placed_at, zone),
        "payment": payment_badge(order.payment_status),
        "fulfilment": fulfilment_badge(order.fulfilment_status),
        "message": _message(order),
        "lines": [_line(line, order.currency) for line in order.lines],
        "sums": _sums(order),
        "contact": [text for text in (order.customer, order.email, order.phone) if text],
        "ship_to": lines_of(order.shipping_address),
        "bill_to": lines_of(order.billing_address) if order.billing_address != order.shipping_address else [],
        "comment": order.customer_comment,
        "notes": [note.text for note in order.notes],
    }


def _message(order: Order) -> dict[str, str] | None:
    """Why a payment failed, else what to do now."""
    if order.payment_message:
        return {"text": order.payment_message, "role": words.Role.BAD}
    role = words.Role.WAITING if order.payment_status.is_open else words.Role.MOVING
    return {"text": told, "role": role} if (told := life.what_to_do(order)) else None


def _line(line: Line, currency: str) -> dict[str, str]:
    return {
        "quantity": f"{number(line.quantity.normalize() + 0)} ×",
        "name": line.name,
        "under": " · ".join(text for text in (line.sku, words.options(line)) if text),
        "total": shown_money(line.total, currency),
    }


def _sums(order: Order) -> list[dict[str, Any]]:
    parts = [
        (_("Subtotal"), order.subtotal),
        (_("Discount"), -order.discount),
        (_("Shipping"), order.shipping_fee),
        (_("Handling"), order.handling_fee),
        (_("Tax (included)") if order.tax_included else _("Tax"), order.tax),
    ]
    shown = [{"title": title, "amount": shown_money(amount, order.currency)} for title, amount in parts if amount]
    return [*shown, {"title": _("Total"), "amount": shown_money(order.total, order.currency), "strong": True}]
