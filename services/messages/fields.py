"""The values that a template may name: what the check knows, what the editor lists, and a shop's worth of samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.language import _


class Shape(StrEnum):
    """What a value is: a text (empty when there is none), yes or no, several, or one thing with values of its own."""

    TEXT = "text"
    FLAG = "flag"
    LIST = "list"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Field:
    """A value. `inside` are the values of a thing, or of each in a list of things; a list without them holds texts."""

    shape: Shape = Shape.TEXT
    inside: Mapping[str, Field] = field(default_factory=dict)


_GOODS = Field(Shape.LIST, {name: Field() for name in ("quantity", "name", "about", "total")})
_TEXTS = Field(Shape.LIST)
FIELDS: dict[str, Field] = {
    **{name: Field() for name in ("shop", "contact", "lang", "number", "placed", "name", "greeting")},
    "lines": _GOODS,
    "sums": Field(Shape.LIST, {"label": Field(), "amount": Field(), "is_total": Field(Shape.FLAG)}),
    **{name: Field() for name in ("total", "paid", "refunded", "due")},
    "ships": Field(Shape.FLAG),
    **dict.fromkeys(("payment", "delivery", "shipping", "billing"), _TEXTS),
    "is_billed_there": Field(Shape.FLAG),
    **dict.fromkeys(("customer", "comment"), _TEXTS),
    "order_url": Field(),
    "parcel": Field(
        Shape.THING,
        {
            **{name: Field() for name in ("carrier", "tracking_number", "tracking_url")},
            "is_part": Field(Shape.FLAG),
            "lines": _GOODS,
        },
    ),
    **{name: Field() for name in ("amount", "reason", "until", "code", "sender", "recipient_name", "what")},
    **dict.fromkeys(("text", "message", "place", "hours"), _TEXTS),
    "links": Field(Shape.LIST, {name: Field() for name in ("name", "url", "until", "size")}),
}
PIECES = {"goods": 1, "totals": 1, "block": 2, "button": 2, "secret": 1}
"""Ready-made parts of a mail, and how many values each takes."""


def sample(inside: Mapping[str, Field] = FIELDS, *, is_full: bool = True) -> dict[str, Any]:
    """Values for every field, to try a template on: all there, or all empty."""
    return {name: _sample(name, one, is_full) for name, one in inside.items()}


def _sample(name: str, one: Field, is_full: bool) -> Any:
    match one.shape:
        case Shape.FLAG:
            return is_full
        case Shape.THING:
            return sample(one.inside, is_full=is_full)
        case Shape.LIST:
            return [sample(one.inside) if one.inside else name] * 2 if is_full else []
    if name in ("order_url", "tracking_url", "url"):
        return "https://example.com/" if is_full else ""
    return name if is_full else ""


def meaning(name: str) -> str:
    """What a value says, for the editor's list."""
    return {
        "shop": _("name of the shop"),
        "contact": _("address for questions, from the settings"),
        "lang": _("language of the mail: fr or en"),
        "number": _("order number, with its #"),
        "placed": _("when the order was placed"),
        "name": _("name of the customer"),
        "greeting": _("“Hello” with the name"),
        "lines": _("items: quantity, name, about, total"),
        "sums": _("sums from subtotal to total: label, amount, is_total"),
        "total": _("total of the order"),
        "paid": _("what was paid"),
        "refunded": _("what was refunded"),
        "due": _("what is still to pay"),
        "ships": _("whether something goes into a parcel"),
        "payment": _("how the order is paid, in lines"),
        "delivery": _("shipping method, in lines"),
        "shipping": _("shipping address, in lines"),
        "billing": _("billing address, in lines; empty when it is the same"),
        "is_billed_there": _("whether both addresses are the same"),
        "customer": _("name, e-mail and phone, in lines"),
        "comment": _("the customer’s comment, in lines"),
        "order_url": _("link to the order, for the merchant"),
        "parcel": _("parcel: carrier, tracking_number, tracking_url, is_part, lines"),
        "amount": _("amount that this mail is about"),
        "reason": _("why a payment failed"),
        "until": _("last day"),
        "code": _("code of the gift card"),
        "sender": _("who gives the gift card"),
        "recipient_name": _("who gets the gift card"),
        "what": _("subject of the mail that is corrected"),
        "text": _("text written for this mail, in paragraphs"),
        "message": _("message that goes with the gift card, in paragraphs"),
        "place": _("where to fetch the order, in lines"),
        "hours": _("opening hours, in lines"),
        "links": _("downloads: name, url, until, size"),
    }[name]
