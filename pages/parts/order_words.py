"""The fields of an order in words, for previews and the timeline: their names, and their values as a person reads
them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from pages.parts.order_people import country_name, language_name
from services.language import _, current, day, number
from services.money import shown
from services.orders import words
from services.orders.order import Order

_MONEY = ("paid", "refunded", "due", "shipping")


def label(field: str, order: Order) -> str:
    """What a changed field is called."""
    holder, _dot, part = field.partition(".")
    if holder == "lines":
        index, _dot, what = part.partition(".")
        place = int(index) if index.isdigit() and int(index) < len(order.lines) else None
        name = order.lines[place].name if place is not None else _("line")
        said = {"shipped": _("shipped"), "returned": _("returned"), "refunded": _("refunded")}.get(what, what)
        return _("{name}: {value}", name=name, value=said)
    if holder == "shipments":
        place, _dot, what = part.partition(".")
        said = _labels().get(what, what)
        return _("Parcel {place}: {field}", place=int(place) + 1, field=said) if place.isdigit() else said
    if holder in ("shipping_address", "billing_address"):
        whose = _("Shipping address") if holder == "shipping_address" else _("Billing address")
        return f"{whose}, {address_parts().get(part, part)}"
    return _fields().get(field, field)


def value(field: str, of: Any, order: Order) -> str:
    """What stands in a field, as a person reads it; a dash where nothing does."""
    if of in (None, "", [], ()):
        return "—"
    if isinstance(of, bool):
        return _("yes") if of else _("no")
    if field == "payment_status":
        return words.payment_status(of)
    if field == "fulfilment_status":
        return words.fulfilment_status(of)
    if field in _MONEY:
        return shown(Decimal(of), order.currency, current())
    if field.endswith(".country"):
        return country_name(of)
    if field == "language":
        return language_name(of)
    if field == "payment":
        return f"{words.payment_kind(of['kind'])}, {shown(Decimal(of['amount']), order.currency, current())}"
    if field == "shipment":
        return " ".join(part for part in (of["carrier"], of["tracking_number"]) if part) or _("without tracking number")
    if field.endswith(".delivered_at"):
        return day(datetime.fromisoformat(str(of)).date())
    if field == "note":
        return str(of["text"])
    if isinstance(of, list | tuple):
        return ", ".join(str(part) for part in of)
    if isinstance(of, int | Decimal) and not isinstance(of, bool):
        return number(of)
    return str(of)


def _labels() -> dict[str, str]:
    return {
        "carrier": _("Carrier"),
        "tracking_number": _("Tracking number"),
        "tracking_url": _("Tracking page"),
        "delivered_at": _("Delivered"),
    }


def _fields() -> dict[str, str]:
    return {
        "payment_status": _("Payment"),
        "fulfilment_status": _("Fulfilment"),
        "payment_message": _("Payment message"),
        "is_muted": _("Muted"),
        "paid": _("Received"),
        "refunded": _("Given back"),
        "due": _("Due"),
        "email": _("E-mail"),
        "name": _("Name"),
        "phone": _("Phone"),
        "language": _("Language"),
        "tags": _("Tags"),
        "payment": _("Payment"),
        "shipment": _("Parcel"),
        "note": _("Note"),
        "transaction_id": _("Transaction"),
        "restock": _("Back on the shelf"),
        "shipping": _("Shipping and handling"),
        "text": _("Text"),
        "until": _("Until"),
        "files": _("Files"),
        "gift_cards": _("Gift cards"),
        "gift_card": _("Gift card"),
        "balance": _("Balance"),
        "sent_to": _("Sent to"),
        "shown": _("Shown"),
    }


def address_parts() -> dict[str, str]:
    """The parts of an address, as a person calls them."""
    return {
        "name": _("name"),
        "company": _("company"),
        "line1": _("line 1"),
        "line2": _("line 2"),
        "city": _("city"),
        "region": _("region"),
        "postal_code": _("postal code"),
        "country": _("country"),
        "phone": _("phone"),
    }
