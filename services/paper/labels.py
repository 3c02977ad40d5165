"""What a shipping label says: from whom, to whom, and the tracking number as a barcode."""

from __future__ import annotations

from typing import Any

from services.language import _
from services.messages.letter import number as shown_number
from services.messages.wording import line
from services.orders.order import Order, Shipment
from services.paper.addresses import destination
from services.paper.barcodes import code128
from services.paper.sender import Sender


def label(order: Order, sender: Sender, speak: str, parcel: Shipment | None = None) -> dict[str, Any]:
    """A label for a parcel of `order`, by default its newest; without a tracking number the barcode is the order's
    number, for the packer's scanner. `speak` is the language of where it is sent from."""
    goes = parcel or (order.shipments[-1] if order.shipments else None)
    tracking = line(goes.tracking_number) if goes else ""
    code = tracking or line(order.number).lstrip("#")
    address = order.shipping_address if any(_words(order.shipping_address)) else order.billing_address
    to = destination(address, sender.country, speak)
    return {
        "from": [sender.name, *sender.address],
        "to": to or [order.customer or order.email],
        "name_at": next((place for place, row in enumerate(to) if address.name and line(address.name) in row), 0),
        "phone": line(address.phone or order.phone),
        "order": _("Order {number}", number=shown_number(order)),
        "carrier": line((goes.carrier if goes else "") or order.shipping_method),
        "caption": _("Tracking number") if tracking else _("Order"),
        "code": code,
        "bars": code128(code),
        "lang": speak,
        "words": {"from": _("From"), "phone": _("Phone")},
    }


def _words(address: object) -> tuple[str, ...]:
    return tuple(getattr(address, name) for name in ("line1", "city", "postal_code"))
