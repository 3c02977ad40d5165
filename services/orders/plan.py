"""What an action would do to an order: plain values, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.goods.plan import GoodsPlan, Wish
from services.messages.kinds import Template
from services.money import ZERO
from services.orders import derive
from services.orders.order import Order
from services.orders.parts import Line, Note, Payment, Shipment
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus
from services.people import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of an action: who, when, why, the id its event will have, the zone of the sentences. `cause`
    names why where nobody gave a reason in words, so that it can be said in any language."""

    at: datetime
    actor: Actor
    event_id: str
    reason: str = ""
    zone: str = "UTC"
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is added to the quantities of a line; below zero takes back."""

    line_id: str
    shipped: Decimal = ZERO
    returned: Decimal = ZERO
    refunded: Decimal = ZERO

    def back(self) -> Moved:
        """The same, taken back."""
        return Moved(self.line_id, -self.shipped, -self.returned, -self.refunded)


@dataclass(frozen=True, slots=True)
class Returned:
    """How much of a line came back out of a parcel; below zero takes back."""

    shipment_id: str
    line_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a parcel: whose it is, its number, and the page that tracks it."""

    carrier: str
    tracking_number: str
    tracking_url: str


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A parcel whose label is another one now."""

    shipment_id: str
    before: Label
    after: Label


@dataclass(frozen=True, slots=True)
class ToSend:
    """A message that the action sends: `parcel` is what it is about, `is_again` sends what went out before.

    `about` are further values that its template may name, `about_id` tells it from others of its kind for the same
    order, `to` is somebody else than the customer, `not_before` the moment before which it must not leave.
    """

    template: Template
    parcel: Shipment | None = None
    is_again: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)
    about_id: str = ""
    to: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action would do. `fields` are attributes of the order and their values afterwards; a status that is
    not among them follows from the facts. `relabelled` are parcels with another carrier, number or link. `voided` are
    ids of payments, parcels and notes that the plan undoes. `said` stands in the event beside what changed; `cause`
    is what led to it, where nobody asked. `silences` stops every message that still waits for the customer."""

    event: EventKind
    fields: Mapping[str, Any] = field(default_factory=dict)
    payments: tuple[Payment, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    notes: tuple[Note, ...] = ()
    moved: tuple[Moved, ...] = ()
    returned: tuple[Returned, ...] = ()
    delivered: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()
    relabelled: tuple[Relabelled, ...] = ()
    voided: frozenset[str] = frozenset()
    messages: tuple[ToSend, ...] = ()
    warnings: tuple[str, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    undoes: str | None = None
    silences: bool = False
    cause: str = ""
    wish: Wish | None = None
    goods: GoodsPlan | None = None


def applied(order: Order, plan: Plan, at: datetime) -> Order:
    """The order as it would be, statuses and sums following from the facts; events and messages apart."""
    undone = [payment for payment in order.payments if payment.id in plan.voided]
    result = replace(
        order,
        **dict(plan.fields),
        version=order.version + 1,
        updated_at=at,
        lines=tuple(_moved(line, plan.moved) for line in order.lines),
        payments=tuple(p for p in order.payments if p.id not in plan.voided) + plan.payments,
        shipments=tuple(_shipment(s, plan, at) for s in order.shipments if s.id not in plan.voided) + plan.shipments,
        notes=tuple(n for n in order.notes if n.id not in plan.voided) + plan.notes,
        paid=order.paid + derive.received(plan.payments) - derive.received(undone),
        refunded=order.refunded + derive.given_back(plan.payments) - derive.given_back(undone),
    )
    return _derived(result, plan)


def _derived(order: Order, plan: Plan) -> Order:
    payment, fulfilment = order.payment_status, order.fulfilment_status
    if plan.payments and "payment_status" not in plan.fields:
        payment = derive.payment_status(order.total, order.paid, order.refunded, order.payments)
    if "fulfilment_status" not in plan.fields:
        if any(moved.shipped for moved in plan.moved):
            fulfilment = derive.shipped_status(order.lines, fulfilment)
        if any(moved.returned for moved in plan.moved):
            fulfilment = derive.returned_status(order.lines, fulfilment)
    return replace(
        order,
        payment_status=payment,
        fulfilment_status=fulfilment,
        due=derive.due(order.total, order.paid, PaymentStatus(payment), FulfilmentStatus(fulfilment)),
        country=order.shipping_address.country or order.billing_address.country,
        customer_key=(order.email or order.name or order.billing_address.name).lower(),
    )


def _moved(line: Line, moves: tuple[Moved, ...]) -> Line:
    mine = [move for move in moves if move.line_id == line.id]
    if not mine:
        return line
    return replace(
        line,
        shipped=line.shipped + sum((move.shipped for move in mine), ZERO),
        returned=line.returned + sum((move.returned for move in mine), ZERO),
        refunded=line.refunded + sum((move.refunded for move in mine), ZERO),
    )


def _shipment(shipment: Shipment, plan: Plan, at: datetime) -> Shipment:
    for one in plan.relabelled:
        if one.shipment_id == shipment.id:
            shipment = replace(shipment, **asdict(one.after))
    if shipment.id in plan.delivered:
        shipment = replace(shipment, delivered_at=at)
    if shipment.id in plan.undelivered:
        shipment = replace(shipment, delivered_at=None)
    back = {move.line_id: move.quantity for move in plan.returned if move.shipment_id == shipment.id}
    if not back:
        return shipment
    lines = tuple(replace(line, returned=line.returned + back.get(line.line_id, ZERO)) for line in shipment.lines)
    return replace(shipment, lines=lines)
