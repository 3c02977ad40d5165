"""Undo: the inverse of one event of an order, as a plan like any other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from services import people
from services.errors import Conflict
from services.language import _, moment
from services.messages.kinds import Audience, Template
from services.messages.states import MessageState
from services.orders import relabelling, words
from services.orders.body import Body
from services.orders.changes import axes, flat, with_fields
from services.orders.order import Order
from services.orders.parts import Event
from services.orders.plan import Asked, Moved, Plan, Returned, ToSend
from services.orders.statuses import EventKind

NEVER = frozenset(
    {
        EventKind.PLACED,
        EventKind.IMPORTED,
        EventKind.IMPORT_CHANGED,
        EventKind.GOODS_SENT,
        EventKind.GOODS_WITHDRAWN,
        EventKind.GOODS_RESTORED,
        EventKind.LINKS_REISSUED,
        EventKind.LINKS_WITHDRAWN,
        EventKind.SECRET_SHOWN,
        EventKind.GIFT_CARD_CHANGED,
        EventKind.MESSAGE_STOPPED,
        EventKind.DOCUMENT_ISSUED,
        EventKind.UNDONE,
    }
)
INVENTED = "demo"
"""The cause of events that came with the demo shop: nobody did them, so nothing is there to take back."""
_STATUSES = ("payment_status", "fulfilment_status")


def plan(order: Order, body: Body, asked: Asked) -> Plan:
    """Restores the fields that nobody changed since, voids what the event made, stops its waiting messages."""
    event_id = body.text("event", required=True).lower()
    body.done()
    event = next((one for one in order.events if one.id == event_id), None)
    if event is None:
        raise Conflict(_("This order has no such event."))
    reason = refusal(order, event, asked.zone)
    if reason:
        raise Conflict(reason)
    fields, warnings = _restored(order, event)
    made = event.made
    voided = frozenset(row for table in ("payments", "shipments", "order_notes") for row in made.get(table, ()))
    labels, kept = relabelling.back(order, made.get("relabelled", ()))
    restores = fields or voided or labels or made.get("moved") or made.get("delivered")
    if not restores and not _stopped(order, event):
        raise Conflict(_("Nothing is left to undo: all of it was changed since."))
    return Plan(
        EventKind.UNDONE,
        fields,
        moved=tuple(_moved(row).back() for row in made.get("moved", ())),
        returned=tuple(Returned(s, line, -Decimal(quantity)) for s, line, quantity in made.get("returned", ())),
        undelivered=tuple(made.get("delivered", ())),
        relabelled=labels,
        voided=voided,
        warnings=tuple(warnings + kept + _gone(order, event)),
        messages=_correcting(order, event),
        undoes=event.id,
    )


def refusal(order: Order, event: Event, zone: str) -> str | None:
    """Why an event cannot be undone (any more), in a sentence; None when it can."""
    if event.kind is EventKind.UNDONE:
        return _("An undo cannot be undone. Do the step again.")
    if event.cause == INVENTED:
        return _("This step came with the demo shop and cannot be undone.")
    if event.kind in NEVER:
        return _("“{event}” cannot be undone.", event=words.event(event.kind))
    if any(other.undoes == event.id for other in order.events):
        return _("This was undone already.")
    touched = axes({**event.before, **event.after})
    for later in standing(order.events[order.events.index(event) + 1 :]):
        if touched & axes({**later.before, **later.after}):
            return _(
                "{who} went on since: “{event}”, {when}. Undo that first.",
                who=people.shown(later.actor),
                event=words.event(later.kind),
                when=moment(later.at, zone),
            )
    return None


def standing(events: Iterable[Event]) -> list[Event]:
    """Events that were not undone, undos themselves left out."""
    told = list(events)
    undone = {event.undoes for event in told if event.undoes}
    return [event for event in told if event.id not in undone and event.kind is not EventKind.UNDONE]


def _restored(order: Order, event: Event) -> tuple[dict[str, Any], list[str]]:
    """Attributes as they were before, and a word on each that somebody changed since."""
    now = flat(order)
    values: dict[str, Any] = {}
    warnings = []
    for name, before in event.before.items():
        if name in _STATUSES or now.get(name) == event.after.get(name):
            values[name] = before
        elif name == "tags":
            values[name] = _tags(order, before, event.after.get(name, []))
        elif name in now:
            warnings.append(_("“{field}” was changed since and stays as it is.", field=name))
    fields = with_fields(order, values)
    return {name: value for name, value in fields.items() if value != getattr(order, name)}, warnings


def _tags(order: Order, before: list[str], after: list[str]) -> list[str]:
    """The order's tags without those that came then, and with those that went."""
    return [tag for tag in order.tags if tag in before or tag not in after] + [
        tag for tag in before if tag not in after and tag not in order.tags
    ]


def _stopped(order: Order, event: Event) -> list[str]:
    return [m.id for m in order.messages if m.event_id == event.id and MessageState(m.state).can_be_stopped]


def _gone(order: Order, event: Event) -> list[str]:
    return [
        _("The mail “{subject}” to {to} has left and cannot be called back.", subject=message.subject, to=message.to)
        for message in order.messages
        if message.event_id == event.id and MessageState(message.state).has_left
    ]


def _correcting(order: Order, event: Event) -> tuple[ToSend, ...]:
    """A letter that takes back what the customer was told; it leaves only when it is asked for."""
    told = [
        message
        for message in order.messages
        if message.event_id == event.id
        and MessageState(message.state).has_left
        and message.template in set(Template)
        and Template(message.template).kind.audience is Audience.CUSTOMER
    ]
    return tuple(
        ToSend(Template.CORRECTION, about={"what": message.subject}, about_id=message.id, to=message.to)
        for message in told
    )


def _moved(row: dict[str, str]) -> Moved:
    return Moved(row["line_id"], Decimal(row["shipped"]), Decimal(row["returned"]), Decimal(row["refunded"]))
