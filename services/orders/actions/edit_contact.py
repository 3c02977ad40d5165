"""Edit contact: e-mail, name, phone, language and the addresses of an order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.errors import Conflict
from services.language import _
from services.orders import contact
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Only what is given changes; an address changes part by part. An empty text blanks."""
    fields: dict[str, Any] = {}
    for name, read in contact.READERS.items():
        if body.has(name):
            fields[name] = read(body, name)
    for name in ("shipping_address", "billing_address"):
        given = body.child(name)
        if given is not None:
            fields[name] = replace(getattr(order, name), **contact.address_parts(given))
    body.done()
    fields = {name: value for name, value in fields.items() if value != getattr(order, name)}
    if not fields:
        raise Conflict(_("Nothing changes: the order says this already."))
    return Plan(EventKind.CONTACT_EDITED, fields)
