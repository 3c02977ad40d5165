"""How long an order has waited, and whether that breaks the shop's promise."""

from __future__ import annotations

from html import escape

from services import clock
from services.language import day, n_
from services.orders import ageing
from services.orders.order import Order
from services.orders.promise import promise
from services.profile import Profile


def waiting(order: Order, kept: Profile) -> str:
    """A line for the screen of an order that is not over: since when it stands where it stands, and by how much it is
    late; nothing for one that is over, or came just now."""
    if order.fulfilment_status.is_over:
        return ""
    promised, now, zone = promise(kept), clock.now(), kept.time_zone
    days, late = ageing.waited(order, promised, zone, now), ageing.late(order, promised, zone, now)
    if not (days or late):
        return ""
    since = day(clock.day(ageing.since(order), zone))
    said = escape(
        n_(
            "Like this since {day}: {count} working day.",
            "Like this since {day}: {count} working days.",
            days,
            day=since,
        )
    )
    if late:
        told = n_("Late by {count} working day.", "Late by {count} working days.", late)
        said += f" <span class='ct-bad ct-strong'>{escape(told)}</span>"
    return f"<p class='ct-quiet ct-flat'>{said}</p>"
