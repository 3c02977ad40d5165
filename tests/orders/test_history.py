"""Time travel: the order as it was, told by its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.errors import NotFound
from services.orders import history, reading
from services.orders.order import Order, as_json
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import NOW, keep, unpaid

A = ActionName
# What travels with the moment of reading, not with the order.
NOT_THEN = ("version", "messages", "updated_at")


def seen(order: Order) -> dict[str, Any]:
    return {name: value for name, value in as_json(order).items() if name not in NOT_THEN}


def lived(shop: Shop) -> tuple[str, list[dict[str, Any]]]:
    """An order that much happened to, and what it was after each step."""
    [order_id] = keep(shop, unpaid("1", payment_method="bank_transfer", payment_method_label="Virement"))
    at, states = NOW, [seen(reading.order(shop, order_id))]

    def step(action: ActionName, **params: Any) -> str:
        nonlocal at
        at += timedelta(hours=1)
        done = do(shop, order_id, action, at=at, **params)
        states.append(seen(reading.order(shop, order_id)))
        assert done.event
        return done.event

    line = reading.order(shop, order_id).lines[0].id
    step(A.ADD_NOTE, text="Ring twice")
    step(A.MARK_PAID)
    step(A.TAG, tags=["gift"])
    shipped = step(A.MARK_SHIPPED, lines=[{"line_id": line, "quantity": 1}], tracking_number="1Z999AA10123456784")
    step(A.EDIT_CONTACT, email="other@example.com", shipping_address={"city": "Paris"})
    step(A.UNDO, event=shipped)
    step(A.MARK_SHIPPED)
    parcel = reading.order(shop, order_id).shipments[0].id
    step(A.EDIT_TRACKING, shipment=parcel, tracking_number="LX123456785FR")
    delivered = step(A.MARK_DELIVERED)
    step(A.UNDO, event=delivered)
    step(A.MARK_DELIVERED)
    step(A.MARK_RETURNED, lines=[{"line_id": line, "quantity": 1}])
    refunded = step(A.REFUND, lines=[{"line_id": line, "quantity": 1}])
    step(A.UNDO, event=refunded)
    step(A.UNTAG, tags=["gift"])
    return order_id, states


def test_after_each_of_its_events_the_order_is_as_it_was_read_then(any_shop: Shop) -> None:
    order_id, states = lived(any_shop)
    events = reading.order(any_shop, order_id).events
    assert len(events) == len(states)
    for event, state in zip(events, states, strict=True):
        assert seen(history.then(any_shop, order_id, event.id).order) == state, event.kind


def test_one_can_walk_from_event_to_event(shop: Shop) -> None:
    order_id, _states = lived(shop)
    ids = [event.id for event in reading.order(shop, order_id).events]
    first, last = history.then(shop, order_id, ids[0]), history.then(shop, order_id, ids[-1])
    assert (first.before, first.after) == (None, ids[1])
    assert (last.before, last.after) == (ids[-2], None)


def test_an_event_of_another_order_is_none_of_this(shop: Shop) -> None:
    order_id, _states = lived(shop)
    [other] = keep(shop, unpaid("2"))
    event = reading.order(shop, other).events[0].id
    with pytest.raises(NotFound):
        history.then(shop, order_id, event)


def test_facts_that_came_without_an_event_of_ours_stand_from_their_own_day(shop: Shop) -> None:
    order_id, _states = lived(shop)
    order = reading.order(shop, order_id)
    payment = replace(order.payments[0], at=datetime(2026, 5, 1), id="later", event_id=None)
    with_fact = replace(order, payments=(*order.payments, payment))
    then = history.rewound(with_fact, order.events[:3], frozenset())
    assert "later" not in [one.id for one in then.payments]
