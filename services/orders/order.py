"""An order as it is now, and as the API and files write it: money as text, times in RFC 3339, whole quantities as
integers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data.incoming import ADDRESS
from data.store import Row
from services.clock import rfc3339
from services.money import ZERO, plain
from services.orders import derive
from services.orders.draft import Address
from services.orders.parts import Event, Line, Message, Note, Payment, Shipment, ShipmentLine
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

__all__ = [
    "Order", "Line", "Payment", "Shipment", "ShipmentLine", "Note", "Event", "Message",
    "as_json", "message_json", "summary_json", "quantity",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """A whole order. Times are UTC, naive; `placed_on` and `placed_month` are the shop's. What was undone (voided
    payments, shipments and notes) is left out, its events are not."""

    id: str
    number: str
    source: str
    source_id: str
    placed_at: datetime
    placed_on: date
    placed_month: str
    updated_at: datetime
    version: int
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    source_status: dict[str, str]
    payment_method: str
    payment_method_label: str
    payment_message: str
    transaction_id: str
    email: str
    name: str
    phone: str
    language: str
    customer_key: str
    customer_comment: str
    tags: tuple[str, ...]
    coupons: tuple[str, ...]
    shipping_method: str
    is_pickup: bool
    shipping_address: Address
    billing_address: Address
    country: str
    currency: str
    subtotal: Decimal
    discount: Decimal
    shipping_fee: Decimal
    handling_fee: Decimal
    tax: Decimal
    total: Decimal
    tax_included: bool
    paid: Decimal
    refunded: Decimal
    due: Decimal
    kinds: tuple[Kind, ...]
    import_run_id: str | None
    is_muted: bool
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    shipments: tuple[Shipment, ...]
    notes: tuple[Note, ...]
    events: tuple[Event, ...]
    messages: tuple[Message, ...]

    @property
    def customer(self) -> str:
        """What to call who bought: the best name there is, else the e-mail address."""
        names = (self.name, self.shipping_address.name, self.billing_address.name, self.email)
        return next((name for name in names if name), "")

    @property
    def unpaid(self) -> Decimal:
        """What has not come in of the total, also where nothing is due any more."""
        return max(self.total - self.paid, ZERO)

    @property
    def promised(self) -> Decimal:
        """Money that the provider holds and the shop can still take. Where a source tells only the word, it is what
        is due."""
        if any(payment.kind is PaymentKind.AUTHORISATION for payment in self.payments):
            return derive.promised(self.payments)
        return self.due if self.payment_status is PaymentStatus.AUTHORISED else ZERO

    @property
    def kept(self) -> Decimal:
        """Money that the shop holds for it: received and not given back."""
        return self.paid - self.refunded

    @property
    def item_count(self) -> Decimal:
        """Quantities of all lines."""
        return sum((line.quantity for line in self.lines), Decimal(0))


_PLAIN = (
    "id", "number", "source", "source_id", "placed_at", "placed_on", "placed_month", "version", "payment_status",
    "fulfilment_status", "payment_method", "payment_method_label", "payment_message", "transaction_id", "email",
    "name", "phone", "language", "customer_comment", "tags", "coupons", "shipping_method",
)  # fmt: skip
_BEFORE_PAID = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")
_AFTER_TOTAL = ("paid", "refunded", "due")
_ADDRESSES = ("shipping_address", "billing_address")
OWN_FIELDS = (*_PLAIN, *_ADDRESSES, "currency", *_BEFORE_PAID, "tax_included", *_AFTER_TOTAL)
"""The order's own fields, as `own_json` writes them."""
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "placed_at": rfc3339,
    "placed_on": date.isoformat,
    "payment_status": str,
    "fulfilment_status": str,
    "tags": list,
    "coupons": list,
}


def own_json(order: Order) -> dict[str, Any]:
    """One order without its parts: lines, payments, parcels, notes, events and messages."""
    return {
        **_head({name: getattr(order, name) for name in _PLAIN}),
        "shipping_address": {part: getattr(order.shipping_address, part) for part in ADDRESS},
        "billing_address": {part: getattr(order.billing_address, part) for part in ADDRESS},
        **_sums({name: getattr(order, name) for name in ("currency", "tax_included", *_BEFORE_PAID, *_AFTER_TOTAL)}),
    }


def field_json(order: Order, name: str) -> Any:
    """One of `OWN_FIELDS`: many orders are changed at once, and of each only a field or two."""
    value = getattr(order, name)
    if name in _ADDRESSES:
        return {part: getattr(value, part) for part in ADDRESS}
    if name in _BEFORE_PAID or name in _AFTER_TOTAL:
        return plain(value, order.currency)
    write = _WRITTEN.get(name)
    return write(value) if write else value


def part_json(part: Payment | Shipment | Note) -> dict[str, Any]:
    """A part of an order that an action adds or takes away whole."""
    if isinstance(part, Payment):
        return _payment(part)
    return _shipment(part) if isinstance(part, Shipment) else _note(part)


def as_json(order: Order) -> dict[str, Any]:
    """One order, whole."""
    return {
        **own_json(order),
        "lines": [_line(line, order.currency) for line in order.lines],
        "payments": [_payment(payment) for payment in order.payments],
        "shipments": [_shipment(shipment) for shipment in order.shipments],
        "notes": [_note(note) for note in order.notes],
        "events": [_event(event) for event in order.events],
        "messages": [message_json(message) for message in order.messages],
    }


def summary_json(row: Row) -> dict[str, Any]:
    """One order of a list, from a row of `data.orders.COLUMNS`: no arrays of parts, their counts instead."""
    return {
        **_head(row),
        "shipping_address": {part: row[f"shipping_{part}"] for part in ADDRESS},
        "billing_address": {part: row[f"billing_{part}"] for part in ADDRESS},
        **_sums(row),
        "line_count": row["line_count"],
        "item_count": quantity(row["item_count"]),
    }


def quantity(value: Decimal) -> int | float:
    """A quantity as a JSON number: an integer when whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _head(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _PLAIN} | {name: write(row[name]) for name, write in _WRITTEN.items()}


def _sums(row: Row) -> dict[str, Any]:
    currency = row["currency"]
    return {
        "currency": currency,
        **{name: plain(row[name], currency) for name in _BEFORE_PAID},
        "tax_included": row["tax_included"],
        **{name: plain(row[name], currency) for name in _AFTER_TOTAL},
    }


def _line(line: Line, currency: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "sku": line.sku,
        "name": line.name,
        "options": [{"name": name, "value": value} for name, value in line.options],
        "kind": line.kind.value,
        "quantity": quantity(line.quantity),
        **{name: plain(getattr(line, name), currency) for name in ("unit_price", "discount", "tax", "total")},
        **{name: quantity(getattr(line, name)) for name in ("shipped", "returned", "refunded")},
    }


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.id,
        "at": rfc3339(payment.at),
        "kind": payment.kind.value,
        "amount": plain(payment.amount, payment.currency),
        "method": payment.method,
        "reference": payment.reference,
        "failure_reason": payment.failure_reason,
    }


def _shipment(shipment: Shipment) -> dict[str, Any]:
    return {
        "id": shipment.id,
        "at": rfc3339(shipment.at),
        "carrier": shipment.carrier,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "lines": [{"line_id": line.line_id, "quantity": quantity(line.quantity)} for line in shipment.lines],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, "at": rfc3339(note.at), "author": note.author, "text": note.text}


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": rfc3339(event.at),
        "kind": event.kind.value,
        "actor": event.actor,
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
        "cause": event.cause,
    }


def message_json(message: Message) -> dict[str, Any]:
    """A message of an order, without its bodies."""
    return {
        "id": message.id,
        "at": rfc3339(message.at),
        "channel": message.channel,
        "template": message.template,
        "to": message.to,
        "subject": message.subject,
        "state": message.state,
        "send_after": rfc3339(message.send_after),
        "attempts": message.attempts,
        "error": message.error,
    }
