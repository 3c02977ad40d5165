"""What a packing slip says: what goes into the parcel, without prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services import language
from services.language import _
from services.messages.letter import number as shown_number
from services.messages.wording import line, paragraph
from services.money import ZERO
from services.orders import derive, words
from services.orders.order import Line, Order, Shipment
from services.orders.statuses import Kind
from services.paper.addresses import destination
from services.paper.barcodes import code128
from services.paper.sender import Sender


def packing_slip(order: Order, sender: Sender, speak: str, zone: str, parcel: Shipment | None = None) -> dict[str, Any]:
    """A slip for a parcel; without one, for what is left to ship, or for all goods when all has been shipped. In the
    customer's language `speak`."""
    with language.use(speak):
        return {
            "title": _("Packing slip"),
            "order": _("Order {number}", number=shown_number(order)),
            "placed": language.moment(order.placed_at, zone),
            "method": line(order.shipping_method),
            "to": destination(order.shipping_address, sender.country, speak) or [order.customer],
            "bars": code128(line(order.number).lstrip("#")),
            "lines": [_line(part, quantity) for part, quantity in inside(order, parcel)],
            "comment": paragraph(order.customer_comment),
            "tracking": line(parcel.tracking_number) if parcel else "",
            "words": {
                "to": _("Ship to"),
                "placed": _("Placed"),
                "method": _("Shipping"),
                "tracking": _("Tracking number"),
                "quantity": _("Quantity"),
                "item": _("Item"),
                "sku": _("SKU"),
                "comment": _("Your comment"),
                "thanks": _("Thank you for your order."),
            },
            "lang": speak,
            **sender.as_content(),
        }


def inside(order: Order, parcel: Shipment | None) -> list[tuple[Line, Decimal]]:
    """What goes into a parcel: lines and quantities."""
    if parcel and parcel.lines:
        held = {part.line_id: part.quantity for part in parcel.lines}
        return [(part, held[part.id]) for part in order.lines if held.get(part.id)]
    goods = [part for part in order.lines if part.kind is Kind.PHYSICAL]
    left = [(part, derive.left_to_ship(part)) for part in goods]
    return [pair for pair in left if pair[1] > ZERO] or [(part, part.quantity) for part in goods]


def _line(part: Line, quantity: Decimal) -> dict[str, str]:
    return {
        "quantity": language.number(quantity.normalize()),
        "name": line(part.name),
        "about": line(words.options(part)),
        "sku": line(part.sku),
    }
