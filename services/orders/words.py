"""The life of an order in words and signs: one name for each status, action, payment method and event.

Screens and mails take their words here. Colour never stands alone: every status has a sign of its own shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from services.language import _, current
from services.orders.parts import Line
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, Kind, PaymentKind, PaymentStatus


class Role(StrEnum):
    """What a status says by its colour."""

    WAITING = "waiting"
    MOVING = "moving"
    GOOD = "good"
    BAD = "bad"
    UNDONE = "undone"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Sign:
    """The shape and the colour's role of a status."""

    shape: str
    role: Role


SIGNS: dict[PaymentStatus | FulfilmentStatus, Sign] = {
    PaymentStatus.AWAITING_PAYMENT: Sign("◷", Role.WAITING),
    PaymentStatus.AUTHORISED: Sign("◎", Role.WAITING),
    PaymentStatus.PARTIALLY_PAID: Sign("◐", Role.WAITING),
    PaymentStatus.PAID: Sign("✓", Role.GOOD),
    PaymentStatus.PARTIALLY_REFUNDED: Sign("◑", Role.UNDONE),
    PaymentStatus.REFUNDED: Sign("↺", Role.UNDONE),
    PaymentStatus.CANCELLED: Sign("✕", Role.OVER),
    FulfilmentStatus.AWAITING_PROCESSING: Sign("□", Role.WAITING),
    FulfilmentStatus.PROCESSING: Sign("▸", Role.MOVING),
    FulfilmentStatus.ON_HOLD: Sign("‖", Role.BAD),
    FulfilmentStatus.PARTIALLY_SHIPPED: Sign("◧", Role.MOVING),
    FulfilmentStatus.READY_FOR_PICKUP: Sign("⌂", Role.MOVING),
    FulfilmentStatus.OUT_FOR_DELIVERY: Sign("»", Role.MOVING),
    FulfilmentStatus.SHIPPED: Sign("➜", Role.GOOD),
    FulfilmentStatus.DELIVERED: Sign("■", Role.GOOD),
    FulfilmentStatus.RETURNED: Sign("↩", Role.UNDONE),
    FulfilmentStatus.WILL_NOT_DELIVER: Sign("⊘", Role.OVER),
}


def payment_status(status: str) -> str:
    """ "Awaiting payment", "Paid", …"""
    return _payment_statuses(current())[PaymentStatus(status)]


def fulfilment_status(status: str) -> str:
    """ "To prepare", "Shipped", …"""
    return _fulfilment_statuses(current())[FulfilmentStatus(status)]


def action(name: str) -> str:
    """What the button of an action says: "Mark as shipped"."""
    return _actions(current())[ActionName(name)]


def event(kind: str) -> str:
    """What the timeline says of an event: "Marked as shipped"."""
    return _events(current())[EventKind(kind)]


def payment_kind(kind: str) -> str:
    """What a money movement is: "Payment", "Refund", …"""
    return _payment_kinds(current())[PaymentKind(kind)]


def kind(name: str) -> str:
    """What a line is: "Physical goods", "Digital goods", "Gift card"."""
    return _kinds(current())[Kind(name)]


def options(line: Line) -> str:
    """What was chosen of a line: "Size: M · Colour: blue"."""
    told = (_("{name}: {value}", name=name, value=value) if name else value for name, value in line.options)
    return " · ".join(told)


def payment_method(key: str, label: str = "") -> str:
    """The shop's own words for a method when there are any, else the name of its key."""
    return label or _payment_methods(current()).get(key) or key.replace("_", " ").capitalize()


def sign(status: PaymentStatus | FulfilmentStatus) -> Sign:
    """The shape and colour role of a status."""
    return SIGNS[status]


# Each table is made once per language: the argument is the cache's key, `_` reads the language in use.


@lru_cache
def _payment_statuses(language: str) -> dict[PaymentStatus, str]:
    return {
        PaymentStatus.AWAITING_PAYMENT: _("Awaiting payment"),
        PaymentStatus.AUTHORISED: _("Authorised"),
        PaymentStatus.PARTIALLY_PAID: _("Partially paid"),
        PaymentStatus.PAID: _("Paid"),
        PaymentStatus.PARTIALLY_REFUNDED: _("Partially refunded"),
        PaymentStatus.REFUNDED: _("Refunded"),
        PaymentStatus.CANCELLED: _("Cancelled"),
    }


@lru_cache
def _fulfilment_statuses(language: str) -> dict[FulfilmentStatus, str]:
    return {
        FulfilmentStatus.AWAITING_PROCESSING: _("To prepare"),
        FulfilmentStatus.PROCESSING: _("Processing"),
        FulfilmentStatus.ON_HOLD: _("On hold"),
        FulfilmentStatus.PARTIALLY_SHIPPED: _("Partially shipped"),
        FulfilmentStatus.READY_FOR_PICKUP: _("Ready for pickup"),
        FulfilmentStatus.OUT_FOR_DELIVERY: _("Out for delivery"),
        FulfilmentStatus.SHIPPED: _("Shipped"),
        FulfilmentStatus.DELIVERED: _("Delivered"),
        FulfilmentStatus.RETURNED: _("Returned"),
        FulfilmentStatus.WILL_NOT_DELIVER: _("Will not be delivered"),
    }


@lru_cache
def _actions(language: str) -> dict[ActionName, str]:
    return {
        ActionName.MARK_PAID: _("Mark as paid"),
        ActionName.RECORD_PAYMENT: _("Record a payment"),
        ActionName.RECORD_FAILURE: _("Record a failed payment"),
        ActionName.CAPTURE: _("Capture the payment"),
        ActionName.VOID_AUTHORISATION: _("Let the authorisation go"),
        ActionName.CONTACT_CUSTOMER: _("Write to the customer"),
        ActionName.REMIND_UNPAID: _("Remind of the payment"),
        ActionName.MARK_PROCESSING: _("Start processing"),
        ActionName.MARK_SHIPPED: _("Mark as shipped"),
        ActionName.MARK_DELIVERED: _("Mark as delivered"),
        ActionName.MARK_READY_FOR_PICKUP: _("Mark as ready for pickup"),
        ActionName.MARK_OUT_FOR_DELIVERY: _("Mark as out for delivery"),
        ActionName.MARK_RETURNED: _("Mark as returned"),
        ActionName.MARK_WILL_NOT_DELIVER: _("Mark as not to be delivered"),
        ActionName.HOLD: _("Put on hold"),
        ActionName.RELEASE: _("Release the hold"),
        ActionName.CANCEL: _("Cancel the order"),
        ActionName.REFUND: _("Refund"),
        ActionName.ADD_NOTE: _("Add a note"),
        ActionName.TAG: _("Add tags"),
        ActionName.UNTAG: _("Remove tags"),
        ActionName.EDIT_CONTACT: _("Edit contact and addresses"),
        ActionName.EDIT_TRACKING: _("Correct the tracking number"),
        ActionName.RESEND: _("Send a message again"),
        ActionName.MUTE: _("Mute the order"),
        ActionName.UNMUTE: _("Write to the customer again"),
        ActionName.REISSUE_LINKS: _("Send new links"),
        ActionName.WITHDRAW_LINKS: _("Withdraw the links"),
        ActionName.REDEEM_GIFT_CARD: _("Take a gift card as payment"),
        ActionName.CORRECT: _("Correct the status"),
        ActionName.UNDO: _("Undo"),
    }


@lru_cache
def _events(language: str) -> dict[EventKind, str]:
    return {
        EventKind.PLACED: _("Order placed"),
        EventKind.IMPORTED: _("Imported"),
        EventKind.IMPORT_CHANGED: _("Changed by an import"),
        EventKind.MARKED_PAID: _("Marked as paid"),
        EventKind.PAYMENT_RECORDED: _("Payment recorded"),
        EventKind.FAILURE_RECORDED: _("Failed payment recorded"),
        EventKind.CAPTURED: _("Payment captured"),
        EventKind.AUTHORISATION_VOIDED: _("Authorisation let go"),
        EventKind.CUSTOMER_CONTACTED: _("Customer written to"),
        EventKind.UNPAID_REMINDED: _("Customer reminded of the payment"),
        EventKind.MARKED_PROCESSING: _("Processing started"),
        EventKind.MARKED_SHIPPED: _("Marked as shipped"),
        EventKind.MARKED_DELIVERED: _("Marked as delivered"),
        EventKind.MARKED_READY_FOR_PICKUP: _("Marked as ready for pickup"),
        EventKind.MARKED_OUT_FOR_DELIVERY: _("Marked as out for delivery"),
        EventKind.MARKED_RETURNED: _("Marked as returned"),
        EventKind.MARKED_WILL_NOT_DELIVER: _("Marked as not to be delivered"),
        EventKind.HELD: _("Held back"),
        EventKind.RELEASED: _("Hold released"),
        EventKind.CANCELLED: _("Order cancelled"),
        EventKind.REFUNDED: _("Refund recorded"),
        EventKind.NOTE_ADDED: _("Note added"),
        EventKind.TAGGED: _("Tags added"),
        EventKind.UNTAGGED: _("Tags removed"),
        EventKind.CONTACT_EDITED: _("Contact or address edited"),
        EventKind.TRACKING_EDITED: _("Tracking number corrected"),
        EventKind.MESSAGE_RESENT: _("Message sent again"),
        EventKind.MESSAGE_STOPPED: _("Message stopped"),
        EventKind.MUTED: _("Muted: the customer gets no mails"),
        EventKind.UNMUTED: _("No longer muted"),
        EventKind.DOCUMENT_ISSUED: _("Document issued"),
        EventKind.CORRECTED: _("Status corrected"),
        EventKind.UNDONE: _("Undone"),
        EventKind.GOODS_SENT: _("Files and gift cards sent"),
        EventKind.GOODS_WITHDRAWN: _("Files and gift cards withdrawn"),
        EventKind.GOODS_RESTORED: _("Files and gift cards open again"),
        EventKind.LINKS_REISSUED: _("New links made"),
        EventKind.LINKS_WITHDRAWN: _("Links withdrawn"),
        EventKind.SECRET_SHOWN: _("A link or code was shown"),
        EventKind.GIFT_CARD_REDEEMED: _("Paid by gift card"),
        EventKind.GIFT_CARD_CHANGED: _("Gift card changed"),
    }


@lru_cache
def _payment_kinds(language: str) -> dict[PaymentKind, str]:
    return {
        PaymentKind.CHARGE: _("Payment received"),
        PaymentKind.GIFT_CARD: _("Paid by gift card"),
        PaymentKind.REFUND: _("Money given back"),
        PaymentKind.AUTHORISATION: _("Authorisation"),
        PaymentKind.CAPTURE: _("Payment captured"),
        PaymentKind.VOID: _("Authorisation let go"),
        PaymentKind.FAILURE: _("Failed payment"),
    }


@lru_cache
def _kinds(language: str) -> dict[Kind, str]:
    return {
        Kind.PHYSICAL: _("Physical goods"),
        Kind.DIGITAL: _("Digital goods"),
        Kind.GIFT_CARD: _("Gift card"),
    }


@lru_cache
def _payment_methods(language: str) -> dict[str, str]:
    return {
        "gift_card": _("Gift card"),
        "cash_on_delivery": _("Cash on delivery"),
        "bank_transfer": _("Bank transfer"),
        "cheque": _("Cheque"),
        "card": _("Card"),
        "cash": _("Cash"),
        "manual": _("Other payment"),
        "test": _("Test payment"),
        "free": _("Nothing to pay"),
        "unknown": _("Unknown method"),
        "paypal": "PayPal",
        "ideal": "iDEAL",
    }
