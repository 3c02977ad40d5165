"""Acting on an order in tests: as the merchant, at the one instant, always on the version that is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from services.orders import acting, reading
from services.orders.acting import Answer, Request
from services.orders.order import Order
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import NOW


def now(shop: Shop, order_id: str) -> Order:
    """The order as the store has it."""
    return reading.order(shop, order_id)


def request(shop: Shop, order_id: str, action: ActionName, **params: Any) -> Request:
    """A request on the order's version of now; `reason`, `tell_customer` and `key` are the request's own."""
    own = {name: params.pop(name) for name in ("reason", "tell_customer", "key", "version") if name in params}
    insists = own.get("tell_customer", False)
    return Request(action, order_id, own.pop("version", now(shop, order_id).version), params, insists=insists, **own)


def preview(shop: Shop, order_id: str, action: ActionName, **params: Any) -> Answer:
    return acting.preview(shop, request(shop, order_id, action, **params), MERCHANT, NOW)


def do(shop: Shop, order_id: str, action: ActionName, at: datetime = NOW, **params: Any) -> Answer:
    return acting.do(shop, request(shop, order_id, action, **params), MERCHANT, at)


def undo(shop: Shop, order_id: str, answer: Answer, **params: Any) -> Answer:
    return do(shop, order_id, ActionName.UNDO, event=answer.event, **params)


def changed(answer: Answer) -> dict[str, tuple[Any, Any]]:
    """Field -> (before, after); parts that came or went are said by their presence only."""
    parts = ("payment", "shipment", "note")
    return {c.field: (c.before, c.after) for c in answer.changes if c.field not in parts} | {
        c.field: (c.before is not None, c.after is not None) for c in answer.changes if c.field in parts
    }


def same(one: Order, other: Order) -> bool:
    """Equal but for what every change moves: version, time of change, timeline, messages."""
    moved = {"version": 0, "updated_at": NOW, "events": (), "messages": ()}
    return replace(one, **moved) == replace(other, **moved)
