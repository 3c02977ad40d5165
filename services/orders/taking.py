"""Taking an order: from the API, or from the button that places a test order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from data import intake, numbering, orders
from data.ids import new_id
from data.store import Writer
from services import clock
from services.errors import store_errors
from services.messages import drafting, outbox, push
from services.messages.kinds import Template
from services.messages.telling import goes_by_itself
from services.orders import automatic, doubled, new_order, reading, repeats
from services.orders.draft import Draft
from services.orders.letters import letter
from services.orders.order import Order, as_json
from services.orders.plan import Asked
from services.orders.rows import OrderRows
from services.orders.statuses import EventKind
from services.people import Actor
from services.profile import profile
from services.shop import Shop

_TOLD = (Template.ORDER_CONFIRMATION, Template.NEW_ORDER)


@dataclass(frozen=True)
class Taken:
    """An order and the HTTP status of the answer: 201 for a new one, 200 for one that was there. `kept` is the answer
    that an earlier request of the same key got."""

    order: Order
    status: int
    kept: dict[str, Any] | None = None


def take(
    shop: Shop, body: object, actor: Actor, idempotency_key: str | None = None, now: datetime | None = None
) -> Taken:
    """Take an order in the API's shape. Raises `Invalid` with a sentence per field path, `Conflict` when the key came
    with another body. An order of the same source and source_id is answered as it is."""
    at = now or clock.now()
    draft, is_silent = new_order.read(body, at)
    with store_errors(), shop.store.write() as write:
        kept = repeats.answered(write, "orders", idempotency_key, body)
        if kept:
            return Taken(reading.load(write, kept.answer["id"]), kept.status, kept.answer)
        known = orders.by_source(write, draft.source, draft.source_id) if draft.source_id else None
        if known:
            taken = Taken(reading.load(write, known), 200)
        else:
            taken = Taken(_place(write, shop, draft, actor, is_silent, at), 201)
        repeats.keep(write, "orders", idempotency_key, body, taken.status, taken_json, taken, at)
        return taken


def taken_json(taken: Taken) -> dict[str, Any]:
    """The order in the API's shape, as the first answer to the key had it."""
    return as_json(taken.order) if taken.kept is None else taken.kept


def place(shop: Shop, draft: Draft, actor: Actor, silent: bool, now: datetime | None = None) -> Order:
    """Put a checked draft in as a new order, with its event and, unless silent, the customer's confirmation and the
    merchant's mail. An empty number is given by the shop's counter, an empty source_id is the order's id."""
    with store_errors(), shop.store.write() as write:
        return _place(write, shop, draft, actor, silent, now or clock.now())


def _place(write: Writer, shop: Shop, draft: Draft, actor: Actor, silent: bool, at: datetime) -> Order:
    rules = profile(write, shop.settings)
    order_id = new_id(draft.placed_at)
    number = draft.number or numbering.next_number(write, actor.name, at)
    whole = replace(draft, number=number, source_id=draft.source_id or order_id)
    gathered = OrderRows()
    gathered.add(whole, now=at, actor=actor.name, event=EventKind.PLACED, order_id=order_id, is_untold=silent)
    intake.add(write, gathered.rows, rules.time_zone)
    order = reading.load(write, order_id)
    if silent:
        return order
    event_id = order.events[-1].id
    kinds = [kind for kind in _TOLD if goes_by_itself(kind, rules)]
    drafted = [drafting.draft(kind, order, rules, shop.settings, at, event_id=event_id) for kind in kinds]
    rows = {row["id"]: row for row in drafted if row}
    kept = outbox.put(write, rows.values())
    pushed = {row["id"]: row for row in push.tell(write, order, rules, at, event_id)}
    rows, kept = rows | pushed, kept + list(pushed)
    told = replace(order, messages=tuple(letter(rows[message_id]).message for message_id in kept))
    watched = doubled.watch(write, told, rules, at)
    asked = Asked(at, actor, event_id, zone=rules.time_zone)
    return automatic.follow(write, shop, None, watched, rules, asked).order
