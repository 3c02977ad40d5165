"""Lines and quantities that a caller picked out of an order, for parcels, returns and refunds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from services.language import _, number
from services.money import ZERO
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Line


def picked(order: Order, body: Body, left: Callable[[Line], Decimal], sentence: str) -> dict[str, Decimal]:
    """Line id -> quantity of the body's `lines` ([{line_id, quantity}], quantity all that is left when absent), or
    all that is `left` of every line when there are no `lines`. `sentence` says that more was asked for than is left,
    with {name}, {left} and {asked}."""
    by_id = {line.id: line for line in order.lines}
    if not body.has("lines"):
        body.value("lines")
        return {line.id: left(line) for line in order.lines if left(line) > 0}
    found: dict[str, Decimal] = {}
    for item in body.children("lines"):
        line_id, quantity = item.text("line_id", required=True).lower(), item.quantity("quantity")
        line = by_id.get(line_id)
        if line is None:
            if line_id:
                item.fault("line_id", _("This order has no such line."))
            continue
        asked = found.get(line_id, ZERO) + (left(line) if quantity is None else quantity)
        if asked > left(line):
            item.fault("quantity", sentence.format(name=line.name, left=number(left(line)), asked=number(asked)))
        elif asked > 0:
            found[line_id] = asked
    return found
