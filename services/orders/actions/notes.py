"""Staff notes: what the shop wants to remember of an order."""

from __future__ import annotations

from data.ids import new_id
from services.orders.body import TEXT, Body
from services.orders.order import Order
from services.orders.parts import Note
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind


def add_note(order: Order, body: Body, asked: Asked) -> Plan:
    """A note of whoever asks, findable by its words."""
    text = body.text("text", TEXT, required=True)
    body.done()
    note = Note(new_id(), asked.at, asked.actor.name, text, asked.event_id)
    return Plan(EventKind.NOTE_ADDED, notes=(note,))
