"""Everything that happened to an order, newest first: steps with before and after, and mails with their fate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pages.parts.badges import message_badge
from pages.parts.components import component, nothing
from pages.parts.order_then import link as then_link
from pages.parts.order_words import label, value
from services import clock, people
from services.language import _, ago, moment
from services.messages import words as mail_words
from services.messages.kinds import Channel
from services.messages.states import MessageState
from services.orders import doubled, unpaid, words
from services.orders.order import Event, Message, Order

_timeline = component(
    "timeline", '<ol class="timeline"></ol>', ("base.css", "timeline.css"), ("base.js", "timeline.js")
)


@dataclass(frozen=True)
class Asked:
    """What was clicked: the event to undo, the message to read or to stop; empty where nothing was."""

    undo: str
    read: str
    stop: str


def show(
    order: Order,
    zone: str,
    can_undo: Callable[[Event], bool],
    fates: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    leaves: bool = True,
) -> Asked:
    """Draw it; what was clicked since the last drawing. `fates` are what the provider told, by the message's id;
    `leaves` is whether mails leave now at all."""
    asked = _timeline(
        key="timeline",
        data={"entries": entries(order, zone, clock.now(), can_undo, fates, leaves=leaves)},
        on_undo_change=nothing,
        on_read_change=nothing,
        on_stop_change=nothing,
    )
    return Asked(asked["undo"] or "", asked["read"] or "", asked["stop"] or "")


def entries(
    order: Order,
    zone: str,
    now: datetime,
    can_undo: Callable[[Event], bool],
    fates: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    leaves: bool = True,
) -> list[dict[str, Any]]:
    """What the timeline shows, newest first."""
    found = [(event.at, event.id, _event(event, order, zone, now, can_undo(event))) for event in order.events]
    found += [
        (message.at, message.id, _message(message, zone, now, fates.get(message.id, ()), leaves))
        for message in order.messages
        if message.channel != Channel.PUSH  # a browser that was told is nothing that happened to the order
    ]
    return [entry for _at, _id, entry in sorted(found, key=lambda one: one[:2], reverse=True)]


def _event(event: Event, order: Order, zone: str, now: datetime, can_undo: bool) -> dict[str, Any]:
    names = sorted({*event.before, *event.after} - doubled.SAID)
    changes = [
        {
            "label": label(name, order),
            "before": value(name, event.before.get(name), order),
            "after": value(name, event.after.get(name), order),
        }
        for name in names
        if event.before.get(name) != event.after.get(name)
    ]
    return {
        "title": words.event(event.kind),
        "at": moment(event.at, zone),
        "ago": ago(event.at, now),
        "who": people.shown(event.actor),
        "reason": unpaid.reason(event) or doubled.reason(event),
        "changes": changes if event.before else [],
        "undo": {"id": event.id, "word": _("Undo")} if can_undo else None,
        "then": {"href": then_link(order.id, event.id), "word": _("As it was then")},
    }


def _message(message: Message, zone: str, now: datetime, fate: Sequence[str], may_leave: bool) -> dict[str, Any]:
    state = MessageState(message.state)
    leaves = ""
    if state is MessageState.WAITING and not may_leave:
        leaves = _("kept here")
    elif state is MessageState.WAITING and message.send_after > now:
        leaves = _("leaves {when}", when=ago(message.send_after, now))
    return {
        "title": mail_words.template(message.template),
        "at": moment(message.at, zone),
        "ago": ago(message.at, now),
        "who": _("to {recipient}", recipient=message.to),
        "reason": message.error,
        "changes": [],
        "mail": {
            "badge": message_badge(state),
            "leaves": leaves,
            "subject": message.subject,
            "fate": list(fate),
        },
        "read": {"id": message.id, "word": _("Read")},
        "stop": {"id": message.id, "word": _("Stop")} if state.can_be_stopped else None,
    }
