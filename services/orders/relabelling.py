"""Another label on a parcel: undone as far as nobody changed it since, and in the mails that still wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from services.language import _
from services.messages import drafting
from services.messages.kinds import Audience, Template
from services.messages.states import MessageState
from services.orders.order import Order
from services.orders.parts import Message, Shipment
from services.orders.plan import Label, Plan, Relabelled
from services.profile import Profile
from services.shop import Shop


def label_of(parcel: Shipment) -> Label:
    """What stands on a parcel now."""
    return Label(parcel.carrier, parcel.tracking_number, parcel.tracking_url)


def back(order: Order, made: Iterable[Mapping[str, Any]]) -> tuple[tuple[Relabelled, ...], list[str]]:
    """The labels before an event that made others, and a word on each that was changed again since."""
    found, kept = [], []
    now = {parcel.id: label_of(parcel) for parcel in order.shipments}
    for one in made:
        parcel_id, label = one["shipment_id"], now.get(one["shipment_id"])
        if label == Label(**one["after"]):
            found.append(Relabelled(parcel_id, label, Label(**one["before"])))
        elif label is not None:
            kept.append(
                _("The parcel's number was changed again since and stays: {number}.", number=label.tracking_number)
            )
    return tuple(found), kept


def about(message: Message, parcel_id: str) -> bool:
    """Whether a message speaks of a parcel."""
    return parcel_id in message.dedupe_key.split(":")


def redrawn(shop: Shop, plan: Plan, after: Order, rules: Profile, at: datetime) -> list[dict[str, Any]]:
    """Messages that wait and speak of a parcel with a new label, written anew: the rows as they are to be. What the
    same undo stops is left out."""
    found = []
    parcels = {parcel.id: parcel for parcel in after.shipments}
    for message in after.messages:
        template = next((kind for kind in Template if kind == message.template), None)
        mine = [one.shipment_id for one in plan.relabelled if about(message, one.shipment_id)]
        is_stopped = bool(plan.undoes) and message.event_id == plan.undoes
        if not mine or template is None or is_stopped or not MessageState(message.state).can_be_stopped:
            continue
        if template.kind.audience is not Audience.CUSTOMER:
            continue
        row = drafting.draft(template, after, rules, shop.settings, at, parcel=parcels[mine[0]], to=message.to)
        if row:
            words = {name: row[name] for name in ("subject", "language", "body_text", "body_html")}
            found.append(asdict(message) | words | {"happened_at": message.at, "recipient": message.to})
    return found


def told(messages: Iterable[Message], rows: Iterable[Mapping[str, Any]]) -> tuple[Message, ...]:
    """An order's messages, those written anew with their new subject."""
    subjects = {row["id"]: row["subject"] for row in rows}
    return tuple(replace(one, subject=subjects.get(one.id, one.subject)) for one in messages)
