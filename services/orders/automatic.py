"""Goods without parcels go out by themselves, in the transaction that makes the order paid, and follow the order from
then on: withdrawn when it is no longer paid, opened again when it is.

What is handed over is decided from the order and from what it has already, never from which action came before; so
every way of paying, refunding, cancelling and undoing is the same here. An order that was paid before it came to us
(an import, a silent order) was served elsewhere and is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR
from typing import Any

from data import goods
from data.ids import new_id
from data.store import Reader, Row, Writer
from services.goods import handing
from services.goods.completing import waiting_sentence
from services.goods.handing import Handed
from services.goods.plan import EntryKind, GoodsPlan, GoodsState, Waits, Why
from services.goods.standing import BY_ITSELF, Standing, goods_lines, owed, standing
from services.language import _, use
from services.messages import outbox
from services.messages.states import MessageState
from services.orders import changes, life, writing
from services.orders.letters import Letter, drafted, letter
from services.orders.order import Line, Order
from services.orders.plan import Asked, Plan, ToSend, applied
from services.orders.statuses import EventKind, FulfilmentStatus, Kind, PaymentStatus
from services.people import SYSTEM
from services.profile import Profile
from services.settings import Settings
from services.shop import Shop

_STEPS = 4  # what follows from one action at most: withdraw, open again, hand over
_STOPPED = (MessageState.CANCELLED, MessageState.FAILED)


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
    read: Reader, shop: Shop, was: Order | None, order: Order, rules: Profile, asked: Asked, tells: bool = True
) -> Followed:
    """What `follow` would do; changes nothing."""
    if not concerns(order):
        return Followed(order)
    own = Asked(asked.at, SYSTEM, new_id(), "", asked.zone)
    step, waits = _next(read, shop, was, order, rules, own)
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
    read: Reader, shop: Shop, was: Order | None, order: Order, rules: Profile, asked: Asked
) -> tuple[Plan | None, Handed | None]:
    """The next step of the goods, if any; and what waits."""
    now = standing(read, order.id)
    if not now.state and not _is_due(was, order):
        return None, None
    plan = _withdrawal(now, order, asked) or _reopening(now, order, shop.settings, rules, asked)
    if plan:
        return plan, None
    lines = _lacking(now, order)
    if not lines:
        return None, None
    if order.fulfilment_status is FulfilmentStatus.ON_HOLD:
        return None, Handed(waits=Waits.HELD)
    handed = handing.hand_out(read, shop.settings, order, lines, rules, asked)
    made = handed.plan.links or handed.plan.cards
    waits = handed if handed.waits else None
    if not made:
        return None, waits
    return _sending(order, handed), None if made else waits


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


def _withdrawal(now: Standing, order: Order, asked: Asked) -> Plan | None:
    """Take back what is no longer paid for: links to its files, cards of which nothing was spent."""
    lines = goods_lines(order)
    shut = [
        (file.link_id, file.line_id)
        for line in lines
        if line.kind is Kind.DIGITAL and owed(order, line) <= 0
        for file in now.opened(line)
        if file.withdrawn_at is None
    ]
    voided: list[Row] = []
    kept = 0
    for line in lines:
        live = [card for card in now.bought(line) if card["voided_at"] is None]
        over = len(live) - int(owed(order, line))
        unspent = [card for card in reversed(live) if not card["is_spent"]]
        voided += unspent[: max(over, 0)]
        kept += max(over - len(unspent), 0)
    if not shut and not voided:
        return None
    entries = [handing.entry(card["id"], EntryKind.VOID, -card["balance"], asked) for card in voided]
    links = {link for link, _line in shut}
    open_links = {f.link_id for link in now.links for f in link.files if f.withdrawn_at is None} & links
    whole = [
        link.id
        for link in now.links
        if link.id in open_links and all((f.link_id, f.line_id) in shut for f in link.files if f.withdrawn_at is None)
    ]
    is_open_again = order.payment_status.is_open and order.fulfilment_status is FulfilmentStatus.DELIVERED
    fields = {"fulfilment_status": FulfilmentStatus.AWAITING_PROCESSING} if is_open_again else {}
    return Plan(
        EventKind.GOODS_WITHDRAWN,
        {} if life.ships(order) else fields,
        said={name: count for name, count in (("files", len(shut)), ("gift_cards", len(voided))) if count},
        warnings=(_("Something was spent of a gift card of this order already: it keeps what is left."),) * bool(kept),
        goods=GoodsPlan(
            withdrawn=tuple(dict.fromkeys(shut)),
            voided=tuple(card["id"] for card in voided),
            entries=tuple(row for row in entries if row["amount"]),
            stops=(*whole, *(card["id"] for card in voided)),
            why=Why.ORDER,
            state=GoodsState.WITHDRAWN,
        ),
    )


def _reopening(now: Standing, order: Order, settings: Settings, rules: Profile, asked: Asked) -> Plan | None:
    """Open again what was withdrawn because the order was not paid, now that it is."""
    if order.fulfilment_status is FulfilmentStatus.ON_HOLD:
        return None
    files = [
        file
        for line in goods_lines(order)
        if owed(order, line) > 0
        for file in now.opened(line)
        if file.withdrawn_at is not None and file.withdrawn_why == Why.ORDER
    ]
    cards: list[Row] = []
    for line in goods_lines(order):
        bought = now.bought(line)
        lacking = int(owed(order, line)) - sum(1 for card in bought if card["voided_at"] is None)
        taken = [card for card in bought if card["voided_at"] is not None and card["voided_why"] == Why.ORDER]
        cards += taken[: max(lacking, 0)]
    if not files and not cards:
        return None
    fields: dict[str, Any] = {}
    if not life.ships(order) and order.fulfilment_status.is_to_prepare:
        fields["fulfilment_status"] = FulfilmentStatus.DELIVERED
    entries = [handing.entry(card["id"], EntryKind.RESTORE, card["value"], asked) for card in cards]
    about = {*(file.link_id for file in files), *(card["id"] for card in cards)}
    mails = [mail for mail in _mails_again(now, order, cards, settings, rules) if mail.about_id in about]
    return Plan(
        EventKind.GOODS_RESTORED,
        fields,
        said={name: count for name, count in (("files", len(files)), ("gift_cards", len(cards))) if count},
        messages=tuple(mail for mail in mails if not _was_told(order, mail.about_id)),
        goods=GoodsPlan(
            reopened=tuple(dict.fromkeys((file.link_id, file.line_id) for file in files)),
            unvoided=tuple(card["id"] for card in cards),
            entries=tuple(entries),
            state=GoodsState.SENT,
        ),
    )


def _mails_again(now: Standing, order: Order, cards: list[Row], settings: Settings, rules: Profile) -> list[ToSend]:
    """Mails of what is opened again; those of links only as long as their token is there."""
    mails = [handing.card_mail(card, card["value"], order.name, rules) for card in cards]
    return mails + [handing.link_mail(settings, link) for link in now.links if link.can_be_shown]


def _was_told(order: Order, about: str) -> bool:
    """A mail about a link or card has left, or still will."""
    return any(about in m.dedupe_key.split(":") and MessageState(m.state) not in _STOPPED for m in order.messages)


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
