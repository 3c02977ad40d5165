"""Tags: the shop's own marks on an order."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind

LONGEST = 60  # characters of a tag
MOST = 100  # tags of an order


def tag(order: Order, body: Body, asked: Asked) -> Plan:
    """Add tags; those that are there already stay as they are."""
    wanted = _asked(body)
    fresh = tuple(one for one in wanted if one not in order.tags)
    if len(order.tags) + len(fresh) > MOST:
        body.fault("tags", _("An order bears at most {count} tags.", count=MOST))
    body.done()
    if not fresh:
        raise Conflict(_("This order bears these tags already."))
    return Plan(EventKind.TAGGED, {"tags": order.tags + fresh})


def untag(order: Order, body: Body, asked: Asked) -> Plan:
    """Take tags off."""
    unwanted = _asked(body)
    body.done()
    left = tuple(one for one in order.tags if one not in unwanted)
    if left == order.tags:
        raise Conflict(_("This order does not bear these tags."))
    return Plan(EventKind.UNTAGGED, {"tags": left})


def _asked(body: Body) -> tuple[str, ...]:
    """The tags of `tags`, or the one of `tag`."""
    if body.has("tag") and not body.has("tags"):
        return (body.text("tag", LONGEST, required=True),)
    return body.texts("tags", LONGEST, required=True)
