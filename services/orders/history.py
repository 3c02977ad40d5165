"""Time travel: an order as it was right after one of its events, told by its events and its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from services.errors import NotFound, store_errors
from services.language import _
from services.money import ZERO
from services.orders import derive, reading
from services.orders.changes import with_fields
from services.orders.order import Order
from services.orders.parts import Event, Line, Note, Payment, Shipment, ShipmentLine
from services.shop import Shop

Part = TypeVar("Part", Payment, Shipment, Note)


@dataclass(frozen=True, slots=True)
class Then:
    """An order as it was right after `event`; `before` and `after` are the ids of the events around it, None at an
    end."""

    order: Order
    event: Event
    before: str | None
    after: str | None


def then(shop: Shop, order_id: str, event_id: str) -> Then:
    """The order after an event of its own. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        known = reading.find(read, order_id, shop.settings.time_zone)
        order = reading.load(read, known.id, ever=True)
    ids = [event.id for event in order.events]
    if event_id not in ids:
        raise NotFound(_("This order has no such event."))
    place = ids.index(event_id)
    return Then(
        rewound(order, order.events[: place + 1], _parts(order) - _parts(known)),
        order.events[place],
        ids[place - 1] if place else None,
        ids[place + 1] if place + 1 < len(ids) else None,
    )


def _parts(order: Order) -> set[str]:
    """The ids of the parts that can be undone."""
    return {part.id for parts in (order.payments, order.shipments, order.notes) for part in parts}


def rewound(order: Order, happened: Sequence[Event], undone: Collection[str]) -> Order:
    """`order`, which holds all that it ever held, with only `happened`, the first of its events: what came later is
    taken back, newest first. `undone` are the ids of its parts that do not stand now."""
    later = order.events[len(happened) :]
    moment = happened[-1].at
    result = order
    for event in reversed(later):
        result = replace(result, **with_fields(result, event.before))
    standing = _Standing(undone, happened, later)
    payments, parcels = standing.of(order.payments, "payments"), standing.of(order.shipments, "shipments")
    paid, refunded = order.paid, order.refunded
    now = [payment for payment in order.payments if payment.id not in undone]
    if (derive.received(now), derive.given_back(now)) == (paid, refunded):
        paid, refunded = derive.received(payments), derive.given_back(payments)
    lines = _lines(order, [parcel for parcel in order.shipments if parcel.id not in undone], parcels, later)
    return replace(
        result,
        updated_at=moment,
        payments=payments,
        shipments=tuple(_parcel(parcel, happened, later) for parcel in parcels),
        notes=standing.of(order.notes, "order_notes"),
        lines=lines,
        events=tuple(happened),
        messages=tuple(message for message in order.messages if message.at <= moment),
        paid=paid,
        refunded=refunded,
        due=derive.due(order.total, paid, result.payment_status, result.fulfilment_status),
        country=result.shipping_address.country or result.billing_address.country,
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Which parts of an order stood after `happened`: made by then, and not undone yet. A fact that no event made
    belongs to the event before it."""

    undone: Collection[str]
    happened: Sequence[Event]
    later: Sequence[Event]

    def of(self, parts: Iterable[Part], table: str) -> tuple[Part, ...]:
        """Those of some parts that stood; `table` is where events name what they made."""
        next_at = self.later[0].at if self.later else None
        made_later = {made for event in self.later for made in event.made.get(table, ())}
        undone_later = {event.undoes for event in self.later if event.undoes}
        return tuple(
            part
            for part in parts
            if part.id not in made_later
            and not (next_at and part.at and part.at >= next_at)
            and (part.id not in self.undone or part.event_id in undone_later)
        )


def _parcel(parcel: Shipment, happened: Sequence[Event], later: Sequence[Event]) -> Shipment:
    """A parcel with the label, the arrival and the returns that it had then."""
    for event in reversed(later):
        for made in event.made.get("relabelled", ()):
            if made["shipment_id"] == parcel.id:
                parcel = replace(parcel, **made["before"])
        for shipment_id, line_id, quantity in event.made.get("returned", ()):
            if shipment_id == parcel.id:
                parcel = replace(parcel, lines=tuple(_came_back(one, line_id, quantity) for one in parcel.lines))
    return replace(parcel, delivered_at=_arrived(parcel, happened, later))


def _arrived(parcel: Shipment, happened: Sequence[Event], later: Sequence[Event]) -> datetime | None:
    """When a parcel had arrived, as far as was known then."""
    if any(parcel.id in event.made.get("delivered", ()) for event in (*happened, *later)):
        taken_back = {event.undoes for event in happened if event.undoes}
        told = [e.at for e in happened if parcel.id in e.made.get("delivered", ()) and e.id not in taken_back]
        return told[-1] if told else None
    arrived = parcel.delivered_at
    return arrived if arrived and not (later and arrived >= later[0].at) else None


def _came_back(line: ShipmentLine, line_id: str, quantity: str) -> ShipmentLine:
    return replace(line, returned=line.returned - Decimal(quantity)) if line.line_id == line_id else line


def _lines(
    order: Order, now: Sequence[Shipment], parcels: Sequence[Shipment], later: Sequence[Event]
) -> tuple[Line, ...]:
    """The lines with their quantities of then. What is shipped follows the parcels where those of `now` tell all."""
    moved: dict[str, list[dict[str, str]]] = {}
    for event in later:
        for made in event.made.get("moved", ()):
            moved.setdefault(made["line_id"], []).append(made)
    lines = []
    for line in order.lines:
        back = {
            name: sum((Decimal(one[name]) for one in moved.get(line.id, ())), ZERO)
            for name in ("shipped", "returned", "refunded")
        }
        shipped = line.shipped - back["shipped"]
        if line.shipped == _inside(line, now):
            shipped = _inside(line, parcels)
        lines.append(
            replace(
                line,
                shipped=shipped,
                returned=line.returned - back["returned"],
                refunded=line.refunded - back["refunded"],
            )
        )
    return tuple(lines)


def _inside(line: Line, parcels: Iterable[Shipment]) -> Decimal:
    return sum((one.quantity for parcel in parcels for one in parcel.lines if one.line_id == line.id), ZERO)
