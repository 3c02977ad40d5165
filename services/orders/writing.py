"""An action's plan as rows of the store: the order's row, new and undone parts, words, and the event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from data import acting
from data.ids import new_id
from data.incoming import ADDRESS
from data.store import Row, Writer
from services import clock
from services.goods import writing as goods
from services.messages.kinds import Audience
from services.orders.changes import Change
from services.orders.order import Order
from services.orders.parts import Event
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind
from services.people import Actor

_COLUMNS = (
    "version", "updated_at", "payment_status", "fulfilment_status", "payment_message", "email", "name", "phone",
    "language", "is_muted", "customer_key", "country", "paid", "refunded", "due",
)  # fmt: skip


def event(
    plan: Plan, changed: tuple[Change, ...], asked: Asked, message_ids: list[str], *, is_untold: bool = False
) -> Event:
    """What goes into the timeline: fields before and after, ids of what was made, who and why. `is_untold`: somebody
    chose that the customer is not told."""
    made: dict[str, Any] = {
        "payments": [payment.id for payment in plan.payments],
        "shipments": [shipment.id for shipment in plan.shipments],
        "order_notes": [note.id for note in plan.notes],
        "messages": message_ids,
        "moved": [
            {
                "line_id": move.line_id,
                "shipped": str(move.shipped),
                "returned": str(move.returned),
                "refunded": str(move.refunded),
            }
            for move in plan.moved
        ],
        "returned": [[move.shipment_id, move.line_id, str(move.quantity)] for move in plan.returned],
        "delivered": list(plan.delivered),
        "relabelled": [asdict(one) for one in plan.relabelled],
        "untold": is_untold and any(one.template.kind.audience is Audience.CUSTOMER for one in plan.messages),
    }
    made |= plan.goods.made if plan.goods else {}
    return Event(
        id=asked.event_id,
        at=asked.at,
        kind=plan.event,
        actor=asked.actor.name,
        before={change.field: change.before for change in changed if change.before is not None},
        after={change.field: change.after for change in changed if change.after is not None} | dict(plan.said),
        made={name: value for name, value in made.items() if value},
        reason=asked.reason,
        cause=plan.undoes or plan.cause or asked.cause,
        undoes=plan.undoes,
    )


def write(door: Writer, before: Order, after: Order, plan: Plan, event: Event, zone: str, by: Any = acting) -> None:
    """Write a plan; `before` and `after` are the order without and with it, `zone` gives money its day. `by` is what
    puts the rows: one order at a time, or `data.bulk.Gathered` for many at once."""
    order_id = after.id
    had, has = _columns(before), _columns(after)
    changed = {name: value for name, value in has.items() if value != had[name]}
    by.change_order(door, order_id, changed)
    by.add(door, "payments", [_payment_row(after, payment, zone) for payment in plan.payments])
    _write_parcels(door, order_id, plan, by)
    by.add(
        door,
        "order_notes",
        [
            {
                "id": note.id,
                "order_id": order_id,
                "happened_at": note.at,
                "author": note.author,
                "text": note.text,
                "source_key": "",
                "event_id": event.id,
            }
            for note in plan.notes
        ],
    )
    for table, parts in (("payments", before.payments), ("shipments", before.shipments), ("order_notes", before.notes)):
        by.void(door, order_id, table, [part.id for part in parts if part.id in plan.voided], event.at)
    by.move_quantities(door, order_id, [(m.line_id, m.shipped, m.returned, m.refunded) for m in plan.moved])
    by.return_from_parcels(door, order_id, [(m.shipment_id, m.line_id, m.quantity) for m in plan.returned])
    for label in plan.relabelled:
        by.relabel(door, order_id, label.shipment_id, asdict(label.after))
    by.deliver(door, order_id, plan.delivered, event.at)
    by.deliver(door, order_id, plan.undelivered, None)
    own = acting.texts(had)
    own_then = acting.texts(has) if acting.SEARCHED & set(changed) else own
    by.change_words(door, order_id, own | _texts(before), own_then | _texts(after))
    if plan.goods:
        goods.write(door, order_id, plan.goods, event.at)
    by.add(door, "order_events", [_event_row(order_id, event)])


def _columns(order: Order) -> Row:
    row: Row = {name: getattr(order, name) for name in _COLUMNS}
    row |= {"payment_status": order.payment_status.value, "fulfilment_status": order.fulfilment_status.value}
    for kind, address in (("shipping", order.shipping_address), ("billing", order.billing_address)):
        row |= {f"{kind}_{part}": getattr(address, part) for part in ADDRESS}
    return row | {"tags": list(order.tags)}


def _texts(order: Order) -> set[tuple[str, str]]:
    """Texts of its parts by which an order is found, as far as an action can change them."""
    notes = {("note", note.text) for note in order.notes}
    parcels = {("tracking", parcel.tracking_number) for parcel in order.shipments if parcel.tracking_number}
    references = {("transaction", payment.reference) for payment in order.payments if payment.reference}
    return notes | parcels | references | {("transaction", order.transaction_id)}


def _write_parcels(door: Writer, order_id: str, plan: Plan, by: Any) -> None:
    by.add(
        door,
        "shipments",
        [
            {
                "id": parcel.id,
                "order_id": order_id,
                "happened_at": parcel.at,
                "carrier": parcel.carrier,
                "tracking_number": parcel.tracking_number,
                "tracking_url": parcel.tracking_url,
                "source_key": "",
                "event_id": parcel.event_id,
                "delivered_at": parcel.delivered_at,
            }
            for parcel in plan.shipments
        ],
    )
    by.add(
        door,
        "shipment_lines",
        [
            {
                "shipment_id": parcel.id,
                "order_id": order_id,
                "line_id": line.line_id,
                "quantity": line.quantity,
                "returned": line.returned,
            }
            for parcel in plan.shipments
            for line in parcel.lines
        ],
    )


def _payment_row(order: Order, payment: Any, zone: str) -> Row:
    return {
        "id": payment.id,
        "order_id": order.id,
        "happened_at": payment.at,
        "on_date": clock.day(payment.at, zone),
        "kind": payment.kind.value,
        "amount": payment.amount,
        "currency": payment.currency,
        "method": payment.method,
        "provider": payment.provider,
        "reference": payment.reference,
        "failure_reason": payment.failure_reason,
        "source_key": "",
        "event_id": payment.event_id,
    }


def noted(
    order_id: str,
    kind: EventKind,
    actor: Actor,
    at: datetime,
    *,
    event_id: str = "",
    said: Mapping[str, Any] | None = None,
    made: Mapping[str, Any] | None = None,
    reason: str = "",
    cause: str = "",
) -> Row:
    """The row of an event that tells something in the timeline and changes nothing of the order; `said` is what it
    tells."""
    told = Event(
        event_id or new_id(), at, kind, actor.name, {}, dict(said or {}), dict(made or {}), reason, cause, None
    )
    return _event_row(order_id, told)


def _event_row(order_id: str, event: Event) -> Row:
    return {
        "id": event.id,
        "order_id": order_id,
        "happened_at": event.at,
        "kind": event.kind.value,
        "actor": event.actor,
        "before_json": json.dumps(event.before),
        "after_json": json.dumps(event.after),
        "made_json": json.dumps(event.made),
        "reason": event.reason,
        "cause": event.cause,
        "undoes": event.undoes,
    }
