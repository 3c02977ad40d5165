"""What a pick list says: goods of many orders, gathered for one walk along the shelves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from services import language
from services.language import _, n_
from services.messages.letter import number as shown_number
from services.messages.wording import line
from services.money import ZERO
from services.orders import words
from services.orders.order import Order
from services.paper.packing_slips import inside
from services.paper.sender import Sender


@dataclass(slots=True)
class Pick:
    """One thing to fetch: how many in all, and for which orders how many."""

    sku: str
    name: str
    about: str
    quantity: Decimal = ZERO
    orders: list[tuple[str, Decimal]] = field(default_factory=list)


def picks(orders: Sequence[Order]) -> list[Pick]:
    """What is left to ship of the orders, by product, in the order of SKU and name."""
    found: dict[tuple[str, str, str], Pick] = {}
    for order in orders:
        for part, quantity in inside(order, None):
            key = (line(part.sku), line(part.name), line(words.options(part)))
            pick = found.setdefault(key, Pick(*key))
            pick.quantity += quantity
            pick.orders.append((shown_number(order), quantity))
    return sorted(found.values(), key=lambda pick: (pick.sku == "", pick.sku.casefold(), pick.name.casefold()))


def pick_list(orders: Sequence[Order], sender: Sender, at: datetime, zone: str) -> dict[str, Any]:
    """The list by product, for the packer, in the language in use."""
    gathered = picks(orders)
    items = sum((pick.quantity for pick in gathered), ZERO)
    return {
        "title": _("Pick list"),
        "made": language.moment(at, zone),
        "summary": ", ".join(
            [n_("{count} order", "{count} orders", len(orders)), n_("{count} item", "{count} items", int(items))]
        ),
        "lines": [
            {
                "quantity": language.number(pick.quantity.normalize()),
                "sku": pick.sku,
                "name": pick.name,
                "about": pick.about,
                "orders": ", ".join(
                    number if quantity == 1 else f"{number}\u00a0×\u00a0{language.number(quantity.normalize())}"
                    for number, quantity in pick.orders
                ),
            }
            for pick in gathered
        ],
        "words": {"quantity": _("Quantity"), "sku": _("SKU"), "item": _("Item"), "orders": _("Orders")},
        "shop": sender.name,
    }
