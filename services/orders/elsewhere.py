"""What an order cannot know by itself: a tracking number that stands on another order's parcel already."""

from __future__ import annotations

from data import shipments
from services.errors import store_errors
from services.language import _
from services.orders.order import Order
from services.orders.plan import Plan
from services.shop import Shop

_NAMED = 3  # orders that a warning names


def warnings(shop: Shop, order: Order, plan: Plan) -> tuple[str, ...]:
    """A sentence for each number of the plan that another order bears."""
    numbers = [parcel.tracking_number for parcel in plan.shipments]
    if not plan.undoes:
        numbers += [label.after.tracking_number for label in plan.relabelled]
    found = []
    for number in dict.fromkeys(number for number in numbers if number):
        with store_errors(), shop.store.read() as read:
            others = shipments.bearing(read, number, order.id, _NAMED)
        if others:
            found.append(
                _(
                    "The tracking number {number} is on another order already: {orders}.",
                    number=number,
                    orders=", ".join(f"#{one.lstrip('#')}" for one in others),
                )
            )
    return tuple(found)
