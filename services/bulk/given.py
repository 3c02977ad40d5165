"""A bulk action in the words of the API, checked name by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services import query
from services.bulk.asking import Bulk, chosen, picked
from services.errors import Conflict
from services.jobs import Item
from services.jobs.asking import MOST_ITEMS
from services.language import _
from services.orders.body import TEXT, Body
from services.orders.statuses import ActionName
from services.shop import Shop

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TAKEN = tuple(action for action in ActionName if action is not ActionName.UNDO)


def read(shop: Shop, given: object) -> Bulk:
    """The action, on the orders that are named (`orders`), or on all that match a query (`q`) now. Raises `Invalid`,
    `Misread` for a query that is not understood, and `Conflict` when `expect` says another number of orders."""
    body = Body(given)
    action = body.one_of("action", ActionName, TAKEN)
    if action is None and "action" not in body.faults:
        body.fault("action", _("This is needed."))
    asks, named = body.has("q"), body.has("orders")
    q, orders = body.text("q", 4000), body.value("orders")
    params = body.value("params")
    tell, reason = body.flag("tell_customer", True), body.text("reason", TEXT)
    expect = body.whole("expect")
    if params is not None and not isinstance(params, Mapping):
        body.fault("params", _("This must be an object with named fields."))
    if asks == named:
        body.fault("orders", _("Give either the orders, or a query that finds them."))
    items = _items(body, orders) if named else []
    body.done()
    if asks:
        items = list(chosen(shop, query.parse(q)).items)
    elif any(item.version is None for item in items):
        there = dict(picked(shop, [item.order_id for item in items]).orders)
        items = [Item(i.order_id, i.params, there.get(i.order_id) if i.version is None else i.version) for i in items]
    if expect is not None and expect != len(items):
        raise Conflict(
            _("This is about {count} orders now, not {expected}. Look again first.", count=len(items), expected=expect)
        )
    assert action is not None  # noqa: S101 - `done` has raised otherwise
    return Bulk(action, items, dict(params or {}), tell, reason, q)


def _items(body: Body, orders: object) -> list[Item]:
    if not isinstance(orders, list) or not orders or len(orders) > MOST_ITEMS:
        body.fault("orders", _("This must be a list of 1 to {count} orders.", count=MOST_ITEMS))
        return []
    return [item for index, one in enumerate(orders) if (item := _item(body, f"orders.{index}", one))]


def _item(body: Body, path: str, given: object) -> Item | None:
    told = {"id": given} if isinstance(given, str) else given
    if not isinstance(told, Mapping) or set(told) - {"id", "version", "params"}:
        body.fault(path, _("This must be an id, or an object with id, version and params."))
        return None
    order_id, version, params = told.get("id"), told.get("version"), told.get("params")
    if not isinstance(order_id, str) or not _ID.fullmatch(order_id):
        body.fault(path, _("This must be the id of an order."))
    elif version is not None and (
        isinstance(version, bool) or not isinstance(version, int) or not 0 <= version < 2**31
    ):
        body.fault(f"{path}.version", _("This must be a whole number."))
    elif params is not None and not isinstance(params, Mapping):
        body.fault(f"{path}.params", _("This must be an object with named fields."))
    else:
        return Item(order_id.lower(), dict(params or {}), version)
    return None
