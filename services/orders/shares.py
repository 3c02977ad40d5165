"""What each line of an order, and its shipping, is worth of the total: what a refund of them gives back.

The shares are of the order's total and are counted from its beginning, so that refunding line after line, and then the
shipping, gives back the total to the cent: rounding is never lost and never given twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.money import ZERO, rounded
from services.orders.order import Order
from services.orders.parts import Line
from services.orders.statuses import EventKind


@dataclass(frozen=True, slots=True)
class Shares:
    """`goods` is what all lines cost the customer, `fees` what shipping and handling do, each with its taxes; together
    the total. `fees_left` is what of the fees was not refunded yet."""

    order: Order
    goods: Decimal
    fees: Decimal
    fees_left: Decimal

    def of_lines(self, quantities: Mapping[str, Decimal]) -> Decimal:
        """What further quantities by line id are worth, beside those that were refunded already."""
        return self._until(quantities) - self._until({})

    def _until(self, further: Mapping[str, Decimal]) -> Decimal:
        weights = sum((_weight(self.order, line) for line in self.order.lines), ZERO)
        if weights <= 0:
            return ZERO
        done = ZERO
        for line in self.order.lines:
            if line.quantity:
                part = min(line.refunded + further.get(line.id, ZERO), line.quantity) / line.quantity
                done += _weight(self.order, line) * part
        return rounded(self.goods * done / weights, self.order.currency)


def shares(order: Order) -> Shares:
    """The shares of an order."""
    fees = order.shipping_fee + order.handling_fee
    if not order.tax_included and _is_taxed_by_line(order):
        fees += max(order.tax - sum((line.tax for line in order.lines), ZERO), ZERO)
    if not any(_weight(order, line) > 0 for line in order.lines):
        fees = order.total
    fees = min(fees, order.total)
    return Shares(order, order.total - fees, fees, max(fees - _fees_given_back(order), ZERO))


def _weight(order: Order, line: Line) -> Decimal:
    """What a line counts for among the others: its total, with its own tax where prices are without."""
    return max(line.total, ZERO) + (ZERO if order.tax_included else line.tax)


def _is_taxed_by_line(order: Order) -> bool:
    return any(line.tax for line in order.lines)


def _fees_given_back(order: Order) -> Decimal:
    """What refunds of ours say they gave back of the fees, those undone left out."""
    undone = {event.undoes for event in order.events if event.undoes}
    said = [
        event.after.get("shipping", "0")
        for event in order.events
        if event.kind is EventKind.REFUNDED and event.id not in undone
    ]
    return sum((Decimal(one) for one in said), ZERO)
