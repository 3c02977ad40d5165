"""A scan: typed text and Enter. What it means depends on what it is: a product, an order, or a parcel's number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.carriers.recognising import recognised
from services.fulfilling import rounds
from services.fulfilling.round import Packing, Pick, Round
from services.language import _
from services.messages.letter import number as shown_number
from services.messages.wording import line as one_line
from services.shop import Shop


class Meaning(StrEnum):
    """What a scan did."""

    PICKED = "picked"
    OPENED = "opened"
    LABELLED = "labelled"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did, in a sentence, and the order that is being packed from now on, None for none."""

    meaning: Meaning
    sentence: str
    order_id: str | None


def scan(shop: Shop, round_id: str, text: str, order_id: str | None) -> Scanned:
    """Understand a scan in a round while the order `order_id` is being packed, None while all are picked together.

    A product goes into the box of that order, or of the first one that wants it; an order's number opens that order; a
    tracking number goes onto its parcel. Anything else is a wrong item: nothing changes, and the sentence says so.
    """
    code, one = one_line(text), rounds.get(shop, round_id)
    packed = one.box(order_id)
    if not code:
        return Scanned(Meaning.WRONG, _("Nothing was scanned."), order_id)
    wanting = _wanting(one, code)
    if wanting:
        return _picked(shop, one, code, wanting, packed)
    opened = next((box for box in one.orders if box.order.number.lstrip("#") == code.lstrip("#")), None)
    if opened:
        return Scanned(Meaning.OPENED, _("Order {number}.", number=shown_number(opened.order)), opened.order.id)
    if packed and recognised(code):
        rounds.label(shop, round_id, packed.order.id, code)
        told = _("{code} is the parcel of order {number}.", code=code, number=shown_number(packed.order))
        return Scanned(Meaning.LABELLED, told, packed.order.id)
    if packed:
        told = _("Wrong item: order {number} has no “{code}”.", number=shown_number(packed.order), code=code)
        return Scanned(Meaning.WRONG, told, order_id)
    return Scanned(Meaning.WRONG, _("Wrong item: no order of this round has “{code}”.", code=code), order_id)


def _wanting(one: Round, code: str) -> list[tuple[Packing, Pick]]:
    """The lines that a scanned product is for."""
    return [
        (box, part)
        for box in one.orders
        for part in box.picks
        if part.line.sku and part.line.sku.strip().casefold() == code.casefold()
    ]


def _picked(shop: Shop, one: Round, code: str, wanting: list[tuple[Packing, Pick]], packed: Packing | None) -> Scanned:
    mine = [(box, part) for box, part in wanting if packed is None or box.order.id == packed.order.id]
    here = packed.order.id if packed else None
    if packed and not mine:
        told = _("Wrong item: order {number} has no “{code}”.", number=shown_number(packed.order), code=code)
        return Scanned(Meaning.WRONG, told, here)
    left = next(((box, part) for box, part in mine if part.left), None)
    if left is None:
        return Scanned(Meaning.WRONG, _("One too many: all of “{code}” is picked already.", code=code), here)
    box, part = left
    rounds.pick(shop, one.id, box.order.id, part.line.id, part.picked + 1)
    told = _("{name} for order {number}.", name=one_line(part.line.name), number=shown_number(box.order))
    return Scanned(Meaning.PICKED, told, here)
