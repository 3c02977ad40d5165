"""Goods without parcels go out by themselves, in the transaction that makes the order paid, and follow the order from
then on: withdrawn when it is no longer paid, opened again when it is.

What is handed over is decided from the order and from what it has already, never from which action came before; so
every way of paying, refunding, cancelling and undoing is the same here. An order that was paid before it came to us
(an import, a silent order) was served elsewhere and is left alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR
from typing import Any

from data import goods
from data.ids import new_id
from data.store import Reader, Writer
from services.goods import handing
from services.goods.completing import waiting_sentence
from services.goods.handing import Handed
from services.goods.plan import GoodsPlan, GoodsState, Waits
from services.goods.standing import BY_ITSELF, Standing, goods_lines, owed, standing
from services.goods.withdrawing import reopening, withdrawal
from services.language import use
from services.messages import outbox
from services.messages.states import MessageState
from services.orders import changes, life, writing
from services.orders.letters import Letter, drafted, letter
from services.orders.order import Line, Order
from services.orders.plan import Asked, Plan, ToSend, applied
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus
from services.people import SYSTEM
from services.profile import Profile
from services.shop import Shop

_STEPS = 4  # what follows from one action at most: withdraw, open again, hand over


@dataclass(frozen=True, slots=True)
class Followed:
    """An order after its goods have followed it, the mails that go or would go, and what the merchant should know."""

    order: Order
    letters: tuple[Letter, ...] = ()
    warnings: tuple[str, ...] = ()


def concerns(order: Order) -> bool:
    """Something of the order needs no parcel, so that what happens to it may have to be followed."""
    return bool(set(order.kinds) & BY_ITSELF)


def follow(
    write: Writer, shop: Shop, was: Order | None, order: Order, rules: Profile, asked: Asked, tells: bool = True
) -> Followed:
    """Let the goods follow an order that was just changed (`was` is the order before, None for a new one), with events
    of their own. `tells` False makes links and cards, and writes no mail."""
    followed = Followed(order)
    if not concerns(order):
        return followed
    for _step in range(_STEPS):
        own = Asked(asked.at, SYSTEM, new_id(), "", asked.zone)
        with use(rules.language):
            step, waits = _next(write, shop, was, followed.order, rules, own)
        if step is None:
            return replace(followed, warnings=(*followed.warnings, *_noted(write, followed.order, waits, own)))
        followed = _carried_out(write, shop, followed, replace(step, cause=asked.event_id), rules, own, tells)
    return followed


def foreseen(
    read: Reader,
    shop: Shop,
    was: Order | None,
    order: Order,
    rules: Profile,
    asked: Asked,
    tells: bool = True,
    given: GoodsPlan | None = None,
) -> Followed:
    """What `follow` would do after an action that itself hands over what is `given`; changes nothing."""
    if not concerns(order):
        return Followed(order)
    own = Asked(asked.at, SYSTEM, new_id(), "", asked.zone)
    served = {row["line_id"] for row in (*given.link_files, *given.cards)} if given else set()
    step, waits = _next(read, shop, was, order, rules, own, served)
    warnings = (waiting_sentence(waits.waits or "", waits.about),) if waits else ()
    if step is None:
        return Followed(order, (), warnings)
    after = applied(order, step, asked.at)
    rows = _drafted(shop, step.messages, after, rules, own) if tells else []
    return Followed(after, tuple(letter(row) for row in rows), (*step.warnings, *warnings))


def try_again(write: Writer, shop: Shop, order: Order, rules: Profile, asked: Asked) -> Followed:
    """Hand over what waited, where it can be by now."""
    return follow(write, shop, order, order, rules, asked)


def _noted(write: Writer, order: Order, waits: Handed | None, asked: Asked) -> list[str]:
    """Keep what the goods wait for, and that they no longer do; a word where that is new."""
    had = goods.state(write, order.id)
    if waits and waits.waits:
        if had and (had["state"], had["reason"], had["about"]) == (GoodsState.WAITING, waits.waits, waits.about):
            return []
        goods.put_state(write, order.id, GoodsState.WAITING, waits.waits, waits.about, asked.at)
        return [waiting_sentence(waits.waits, waits.about)]
    if had and had["state"] == GoodsState.WAITING:
        goods.put_state(write, order.id, GoodsState.WITHDRAWN, "", "", asked.at)
    return []


def _next(
    read: Reader,
    shop: Shop,
    was: Order | None,
    order: Order,
    rules: Profile,
    asked: Asked,
    served: Collection[str] = (),
) -> tuple[Plan | None, Handed | None]:
    """The next step of the goods, if any; and what waits, by that step or without one."""
    known = goods.state(read, order.id)
    if known is None and not _is_due(was, order):
        return None, None  # most orders: what was handed over need not be looked for
    now = standing(read, order.id, known)
    plan = withdrawal(now, order, asked) or reopening(now, order, shop.settings, rules, asked)
    if plan:
        return plan, None
    lines = [(line, count) for line, count in _lacking(now, order) if line.id not in served]
    if not lines:
        return None, None
    if order.fulfilment_status is FulfilmentStatus.ON_HOLD:
        return None, Handed(waits=Waits.HELD)
    handed = handing.hand_out(read, shop.settings, order, lines, rules, asked)
    is_anything_made = handed.plan.links or handed.plan.cards
    return _sending(order, handed) if is_anything_made else None, handed if handed.waits else None


def _is_due(was: Order | None, order: Order) -> bool:
    """The order has just become paid here."""
    is_new = was is None or was.payment_status is not PaymentStatus.PAID
    return is_new and order.payment_status is PaymentStatus.PAID and order.import_run_id is None


def _lacking(now: Standing, order: Order) -> list[tuple[Line, int]]:
    """Lines that are paid for and have never been handed over; what was withdrawn was."""
    lines = [line for line in goods_lines(order) if not now.opened(line) and not now.bought(line)]
    counted = [(line, int(owed(order, line).to_integral_value(ROUND_FLOOR))) for line in lines]
    return [(line, max(1, count)) for line, count in counted if owed(order, line) > 0]


def _sending(order: Order, handed: Handed) -> Plan:
    fields: dict[str, Any] = {}
    is_whole = handed.waits is None and not life.ships(order)
    if is_whole and order.fulfilment_status.is_to_prepare:
        fields["fulfilment_status"] = FulfilmentStatus.DELIVERED
    state = GoodsState.WAITING if handed.waits else GoodsState.SENT
    said = {"files": len(handed.plan.link_files), "gift_cards": len(handed.plan.cards)}
    return Plan(
        EventKind.GOODS_SENT,
        fields,
        messages=handed.messages,
        said={name: count for name, count in said.items() if count},
        goods=replace(handed.plan, state=state),
    )


def _carried_out(
    write: Writer, shop: Shop, followed: Followed, plan: Plan, rules: Profile, asked: Asked, tells: bool
) -> Followed:
    order = followed.order
    after = applied(order, plan, asked.at)
    rows = {row["id"]: row for row in (_drafted(shop, plan.messages, after, rules, asked) if tells else [])}
    kept = [rows[message_id] for message_id in outbox.put(write, rows.values())]
    event = writing.event(plan, changes.between(order, after), asked, [row["id"] for row in kept])
    writing.write(write, order, after, plan, event, rules.time_zone)
    letters = tuple(letter(row) for row in kept)
    after = stop_mails(write, after, plan.goods, asked)
    messages = after.messages + tuple(one.message for one in letters)
    after = replace(after, events=(*after.events, event), messages=messages)
    return Followed(after, followed.letters + letters, (*followed.warnings, *plan.warnings))


def stop_mails(write: Writer, order: Order, plan: GoodsPlan | None, asked: Asked) -> Order:
    """Stop mails that would bring what was withdrawn; the order with them stopped."""
    about = set(plan.stops) if plan else set()
    waiting = [
        message.id
        for message in order.messages
        if MessageState(message.state).can_be_stopped and about & set(message.dedupe_key.split(":"))
    ]
    if not waiting:
        return order
    outbox.stop_some(write, waiting, asked.at, asked.actor.name)
    stopped = MessageState.CANCELLED.value
    return replace(order, messages=tuple(replace(m, state=stopped) if m.id in waiting else m for m in order.messages))


def _drafted(shop: Shop, mails: tuple[ToSend, ...], after: Order, rules: Profile, asked: Asked) -> list[dict[str, Any]]:
    rows = [drafted(mail, after, rules, shop.settings, asked) for mail in mails]
    return [row for row in rows if row]
