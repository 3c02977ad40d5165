"""What an order cannot know by itself: a tracking number that stands on another order's parcel already."""

from __future__ import annotations

from collections.abc import Mapping

from data import shipments, tracking_match
from data.store import Reader
from services.errors import store_errors
from services.language import _
from services.orders.order import Order
from services.orders.plan import Plan
from services.shop import Shop

_NAMED = 3  # orders that a warning names


def warnings(read: Reader, order: Order, plan: Plan) -> tuple[str, ...]:
    """A sentence for each number of the plan that another order bears."""
    numbers = [parcel.tracking_number for parcel in plan.shipments]
    if not plan.undoes:
        numbers += [label.after.tracking_number for label in plan.relabelled]
    found = []
    for number in dict.fromkeys(number for number in numbers if number):
        others = shipments.bearing(read, number, order.id, _NAMED)
        if others:
            found.append(_sentence(number, others))
    return tuple(found)


def on_several(shop: Shop, numbers: Mapping[str, str]) -> dict[str, str]:
    """For many orders at once, order id -> tracking number: a sentence for each whose number stands on another order
    already, or on another of these."""
    with store_errors(), shop.store.read() as read:
        rows = tracking_match.bearers(read, sorted({number for number in numbers.values() if number}))
        named = tracking_match.numbers_of(read, list(numbers))
    bearers: dict[str, dict[str, str]] = {}
    for row in rows:
        bearers.setdefault(row["tracking_number"], {})[row["order_id"]] = row["number"]
    for order_id, number in numbers.items():
        if number and order_id in named:
            bearers.setdefault(number, {}).setdefault(order_id, named[order_id])
    found = {}
    for order_id, number in numbers.items():
        others = [name for other, name in bearers.get(number, {}).items() if other != order_id]
        if others:
            found[order_id] = _sentence(number, others)
    return found


def _sentence(number: str, orders: list[str]) -> str:
    return _(
        "The tracking number {number} is on another order already: {orders}.",
        number=number,
        orders=", ".join(f"#{one.lstrip('#')}" for one in orders[:_NAMED]),
    )
