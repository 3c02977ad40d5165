"""Looks doubled: the same customer paid for the same goods a moment ago, or paid one order twice.

Where goods would go out by themselves, or money was paid twice, the order is held. Other goods need a person to leave
the shop: their order bears a tag, and every step that sends them warns. A doubt is raised once: the event that holds or
tags the order names its cause, and who releases it or takes the tag off has answered it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from data import doubled, orders, preferences
from data.ids import new_id
from data.store import Reader, Row, Writer
from services.language import LANGUAGES, _, n_, use
from services.orders import changes, life, writing
from services.orders.order import Event, Order
from services.orders.plan import Asked, Plan, applied
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from services.people import SYSTEM
from services.profile import Profile
from services.rules import RULES

WITHIN = timedelta(minutes=30)
"""Two alike orders placed further apart than this are two orders."""

RULE = "hold_doubled"


class Likeness(StrEnum):
    """Why an order looks doubled; with the other order's id, the cause of the event that holds it."""

    SAME_ORDER = "doubled"
    PAID_TWICE = "paid_twice"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What an order looks like. The other order is empty where the order itself was paid twice."""

    likeness: Likeness
    other_id: str = ""
    other_number: str = ""
    apart: timedelta = timedelta()

    @property
    def cause(self) -> str:
        """What stands in the event that holds the order."""
        return f"{self.likeness}:{self.other_id}" if self.other_id else str(self.likeness)

    def sentence(self) -> str:
        """Why the order waits, for the merchant."""
        if self.likeness is Likeness.PAID_TWICE:
            return _("This order looks paid twice.")
        return n_(
            "Looks like order {number}: same customer, same goods, less than {count} minute apart.",
            "Looks like order {number}: same customer, same goods, less than {count} minutes apart.",
            self.minutes,
            number=f"#{self.other_number.lstrip('#')}",
        )

    @property
    def minutes(self) -> int:
        """The orders are less than so many minutes apart."""
        return int(self.apart.total_seconds() // 60) + 1

    @property
    def said(self) -> dict[str, Any]:
        """What the event keeps of it, so that it can be said in any language."""
        return {"looks_like": self.other_number, "minutes": self.minutes} if self.other_id else {}


SAID = frozenset({"looks_like", "minutes"})
"""What an event keeps of a doubt beside what changed."""


def reason(event: Event) -> str:
    """Why a thing was done; a doubt in the language in use, also where the shop speaks another one."""
    likeness, _colon, other_id = event.cause.partition(":")
    if event.kind not in (EventKind.HELD, EventKind.TAGGED) or likeness not in set(Likeness):
        return event.reason
    if not other_id:
        return Suspicion(Likeness(likeness)).sentence()
    if not set(event.after) >= SAID:
        return event.reason  # from before it was kept
    apart = timedelta(minutes=int(event.after["minutes"]) - 1)
    return Suspicion(Likeness(likeness), other_id, str(event.after["looks_like"]), apart).sentence()


Meanwhile = Mapping[str, Row]
"""Orders that are not written yet, by id: their payment_status and fulfilment_status as they would be."""


def suspicion(read: Reader, order: Order, meanwhile: Meanwhile = MappingProxyType({})) -> Suspicion | None:
    """Why nothing of this order must go out by itself; None when there is no doubt, or a person has answered it. Of
    two alike orders it is the one asked about that waits. Nothing is suspected where the shop's rule is off, nor of
    orders whose goods are out of the shop's hands. Asks the store only for orders of the same half hour."""
    open_doubt = _open_doubt(order)
    if open_doubt:
        return _told_again(read, order, open_doubt)
    if not life.is_legal(order, ActionName.HOLD) or not preferences.every(read).get(RULE, RULES[RULE].default):
        return None
    answered = {event.cause.partition(":")[0] for event in order.events}
    if Likeness.PAID_TWICE not in answered and paid_twice(order):
        return Suspicion(Likeness.PAID_TWICE)
    return None if Likeness.SAME_ORDER in answered else _alike(read, order, meanwhile)


def watch(write: Writer, order: Order, rules: Profile, now: datetime) -> Order:
    """Hold or tag an order that looks doubled, in the transaction that took it or its money; the order as it is then.
    The event says why in the shop's language."""
    found = _fresh(write, order)
    if found is None:
        return order
    with use(rules.language):
        asked = Asked(now, SYSTEM, new_id(), found.sentence(), rules.time_zone)
        plan = _doubt(order, found)
    held = applied(order, plan, now)
    event = writing.event(plan, changes.between(order, held), asked, [])
    writing.write(write, order, held, plan, event, rules.time_zone)
    return replace(held, events=(*held.events, event))


def foreseen(
    read: Reader, order: Order, rules: Profile, now: datetime, meanwhile: Meanwhile = MappingProxyType({})
) -> Order:
    """The order as `watch` would leave it; changes nothing."""
    found = _fresh(read, order, meanwhile)
    if found is None:
        return order
    with use(rules.language):
        return applied(order, _doubt(order, found), now)


def is_doubted(order: Order) -> bool:
    """Whether it was held or tagged for looking doubled, and nobody has answered yet."""
    return bool(_open_doubt(order))


def tag_of(order: Order) -> str:
    """The tag that stands for the doubt; empty where the order is held, or not doubted."""
    raised = _raised(order)
    fresh = set(raised.after.get("tags", ())) - set(raised.before.get("tags", ())) if raised else set()
    return next((tag for tag in order.tags if tag in fresh), "")


def _fresh(read: Reader, order: Order, meanwhile: Meanwhile = MappingProxyType({})) -> Suspicion | None:
    """A suspicion of an order that is neither held nor doubted yet."""
    if order.fulfilment_status is FulfilmentStatus.ON_HOLD or is_doubted(order):
        return None
    return suspicion(read, order, meanwhile)


def _doubt(order: Order, found: Suspicion) -> Plan:
    goes_by_itself = any(line.kind is not Kind.PHYSICAL for line in order.lines)
    if goes_by_itself or found.likeness is Likeness.PAID_TWICE:
        held = {"fulfilment_status": FulfilmentStatus.ON_HOLD}
        return Plan(EventKind.HELD, held, cause=found.cause, said=found.said)
    return Plan(EventKind.TAGGED, {"tags": (*order.tags, _tag())}, cause=found.cause, said=found.said)


def paid_twice(order: Order) -> bool:
    """Whether one of its payments was not needed: without it the order would be paid all the same, or two of the same
    amount are together more than the order costs. Money given back again does not count."""
    received = [payment.amount for payment in order.payments if payment.kind.is_received]
    kept = order.paid - order.refunded
    if len(received) < 2 or kept <= order.total or any(p.kind is PaymentKind.REFUND for p in order.payments):
        return False
    is_superfluous = any(kept - amount >= order.total for amount in received)
    return is_superfluous or any(received.count(amount) > 1 and 2 * amount > order.total for amount in received)


def _open_doubt(order: Order) -> str:
    """The cause for which the order is held or tagged now; empty when nobody has to answer."""
    raised = _raised(order)
    if raised is None:
        return ""
    if raised.kind is EventKind.HELD:
        return raised.cause if order.fulfilment_status is FulfilmentStatus.ON_HOLD else ""
    return raised.cause if tag_of(order) else ""


@cache
def _tags() -> frozenset[str]:
    """The tag for a doubt, in every language that a shop may speak."""
    said = set()
    for language in LANGUAGES:
        with use(language):
            said.add(_tag())
    return frozenset(said)


def _tag() -> str:
    return _("looks doubled")


def _raised(order: Order) -> Event | None:
    """The event that raised the last doubt; for an order on hold, only when that is why it is held."""
    is_held = order.fulfilment_status is FulfilmentStatus.ON_HOLD
    if not is_held and not _tags() & set(order.tags):
        return None  # most orders: their timeline need not be read, which counts where there are many
    for event in reversed(order.events):
        if event.cause.partition(":")[0] in set(Likeness) and event.kind in (EventKind.HELD, EventKind.TAGGED):
            return event
        if is_held and event.after.get("fulfilment_status") == order.fulfilment_status:
            return None
    return None


def _told_again(read: Reader, order: Order, cause: str) -> Suspicion:
    likeness, _colon, other_id = cause.partition(":")
    other = orders.one(read, other_id) if other_id else None
    if other is None:
        return Suspicion(Likeness(likeness))
    return Suspicion(Likeness(likeness), other_id, other["number"], abs(order.placed_at - other["placed_at"]))


def _alike(read: Reader, order: Order, meanwhile: Meanwhile) -> Suspicion | None:
    digits = re.sub("[^0-9]", "", order.phone)[-doubled.PHONE_DIGITS :]
    phone = digits if len(digits) == doubled.PHONE_DIGITS else ""
    if not order.customer_key and not phone:
        return None
    span = (order.placed_at - WITHIN, order.placed_at + WITHIN)
    found = doubled.alike(read, order.id, span, (order.currency, order.total), order.customer_key, phone)
    found = [row for row in found if _counts(order, row | meanwhile.get(row["id"], {}))]
    if not found:
        return None
    ids = [row["id"] for row in found]
    answered = doubled.causes(read, ids, f"{Likeness.SAME_ORDER}:{order.id}")
    baskets: dict[str, list[Row]] = {}
    for row in doubled.goods(read, ids):
        baskets.setdefault(row["order_id"], []).append(row)
    mine = _basket((line.sku or line.name, line.options, line.quantity) for line in order.lines)
    for row in found:
        if row["id"] not in answered and _basket(map(_held, baskets.get(row["id"], []))) == mine:
            return Suspicion(Likeness.SAME_ORDER, row["id"], row["number"], abs(order.placed_at - row["placed_at"]))
    return None


def _counts(order: Order, other: Row) -> bool:
    """Whether an alike order raises a doubt: it stands, and the customer has paid for both."""
    is_over = other["fulfilment_status"] in (FulfilmentStatus.WILL_NOT_DELIVER, FulfilmentStatus.RETURNED)
    return not is_over and order.payment_status.has_money and PaymentStatus(other["payment_status"]).has_money


Held = tuple[str, tuple[tuple[str, str], ...], Decimal]


def _held(row: Row) -> Held:
    options = tuple((option["name"], option["value"]) for option in json.loads(row["options_json"] or "[]"))
    return (row["sku"] or row["name"], options, row["quantity"])


def _basket(lines: Iterable[Held]) -> list[Held]:
    return sorted(lines)
