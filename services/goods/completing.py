"""An action's wish about links and gift cards, worked out with the store at hand, as part of its plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from data import gift_cards
from data.store import Reader, Row
from services import clock
from services.errors import Conflict
from services.goods import codes, handing, sealing
from services.goods.plan import EntryKind, GoodsPlan, GoodsState, Waits, Why, Wish, WishKind
from services.goods.standing import Standing, goods_lines, owed, standing
from services.language import _, current
from services.money import ZERO, plain, shown
from services.orders.actions.moved_money import moved_money
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import Kind, PaymentKind
from services.profile import Profile
from services.settings import Settings


def completed(read: Reader, settings: Settings, order: Order, plan: Plan, rules: Profile, asked: Asked) -> Plan:
    """The plan with what it does to links and cards. Raises `Conflict` with the sentence why it cannot be."""
    if plan.wish:
        return _wished(read, settings, order, plan, plan.wish, rules, asked)
    if plan.undoes:
        return _undone(read, order, plan, asked)
    if any(payment.kind is PaymentKind.REFUND for payment in plan.payments):
        return _refunded(read, order, plan, asked)
    return plan


def waiting_sentence(waits: str, about: str) -> str:
    """Why goods wait."""
    if waits == Waits.NO_FILE:
        return _("“{product}” has no file yet. Add it in Settings: the order waits for it.", product=about)
    if waits == Waits.MISSING_FILE:
        return _("The file “{name}” is not where it was. Put it back or replace it in Settings.", name=about)
    return _("The goods wait until the hold is released.")


def lacking(read: Reader, order: Order) -> str:
    """Which file somebody must give before the goods of an order can go out, in a sentence; empty when none."""
    now = standing(read, order.id) if goods_lines(order) else Standing()
    return waiting_sentence(now.reason, now.about) if now.lacks_file else ""


def _wished(
    read: Reader, settings: Settings, order: Order, plan: Plan, wish: Wish, rules: Profile, asked: Asked
) -> Plan:
    if wish.kind is WishKind.REDEEM:
        return _redeemed(read, settings, order, plan, wish, rules, asked)
    now = standing(read, order.id)
    live = tuple((f.link_id, f.line_id) for link in now.links for f in link.files if f.withdrawn_at is None)
    stops = tuple(link.id for link in now.links)
    if wish.kind is WishKind.WITHDRAW:
        if not live:
            raise Conflict(_("No link of this order is open."))
        return replace(plan, goods=GoodsPlan(withdrawn=live, stops=stops, why=Why.STAFF, state=GoodsState.WITHDRAWN))
    lines = [(line, int(owed(order, line))) for line in goods_lines(order) if line.kind is Kind.DIGITAL]
    lines = [(line, count) for line, count in lines if count > 0]
    if not lines:
        raise Conflict(_("Nothing to download is paid for in this order."))
    made = handing.link_to(read, settings, order, lines, rules, asked)
    if made.waits:
        raise Conflict(waiting_sentence(made.waits, made.about))
    goods = replace(made.plan, withdrawn=live, stops=stops, why=Why.REISSUED, state=_state(now, order))
    return replace(plan, goods=goods, messages=plan.messages + made.messages)


def _state(now: Standing, order: Order) -> GoodsState:
    """Where handing over stands once links are there: cards may still wait."""
    lacks = any(line.kind is Kind.GIFT_CARD and owed(order, line) > len(now.bought(line)) for line in order.lines)
    return GoodsState.WAITING if lacks and now.state == GoodsState.WAITING else GoodsState.SENT


def _redeemed(
    read: Reader, settings: Settings, order: Order, plan: Plan, wish: Wish, rules: Profile, asked: Asked
) -> Plan:
    """Take money off a card and put it on the order, never more than either has room for."""
    card = find_card(read, settings, wish.code)
    refuse_unusable(card, clock.day(asked.at, rules.time_zone).isoformat())
    if card["currency"] != order.currency:
        raise Conflict(_("This gift card is in {currency}, the order is not.", currency=card["currency"]))
    if order.due <= 0:
        raise Conflict(_("Nothing is left to pay on this order."))
    most = min(card["balance"], order.due)
    amount = most if wish.amount is None else wish.amount
    if amount > most:
        raise Conflict(
            _(
                "At most {most} can be taken: the card holds {balance}, {due} is to pay.",
                most=shown(most, order.currency, current()),
                balance=shown(card["balance"], order.currency, current()),
                due=shown(order.due, order.currency, current()),
            )
        )
    payment = moved_money(order, asked, PaymentKind.GIFT_CARD, amount, codes.masked(card["last4"]))
    payment = replace(payment, method="gift_card", provider="gift_card")
    taken = handing.entry(card["id"], EntryKind.REDEEM, -amount, asked, order_id=order.id, payment_id=payment.id)
    return replace(plan, payments=(*plan.payments, payment), goods=GoodsPlan(entries=(taken,)))


def find_card(read: Reader, settings: Settings, code: str) -> Row:
    """The card with this code. Raises `Invalid` for what is no code, `Conflict` when the shop has no such card."""
    card = gift_cards.by_code(read, sealing.code_hash(settings.secret, codes.read(code)))
    if card is None:
        raise Conflict(_("The shop has no gift card with this code."))
    return card


def refuse_unusable(card: Row, today: str) -> None:
    """Raise `Conflict` with the sentence why a card cannot pay."""
    if card["voided_at"]:
        raise Conflict(_("This gift card was withdrawn."))
    if card["expires_on"] and card["expires_on"].isoformat() < today:
        raise Conflict(_("This gift card has expired."))
    if card["balance"] <= 0:
        raise Conflict(_("Nothing is left on this gift card."))


def _undone(read: Reader, order: Order, plan: Plan, asked: Asked) -> Plan:
    """What the undone event moved on cards, moved back; an event without money moved nothing there."""
    undone = next((event for event in order.events if event.id == plan.undoes), None)
    if undone and not undone.made.get("payments"):
        return plan
    moved = gift_cards.entries_of_event(read, plan.undoes or "")
    back = [row for row in moved if row["kind"] in (EntryKind.REDEEM, EntryKind.REFUND)]
    for row in back:
        card = gift_cards.one(read, row["card_id"])
        if card and card["balance"] < row["amount"]:
            raise Conflict(_("The money that went back to the gift card was spent since: this cannot be undone."))
    entries = [
        handing.entry(row["card_id"], EntryKind.RESTORE, -row["amount"], asked, order_id=row["order_id"])
        for row in back
    ]
    return replace(plan, goods=GoodsPlan(entries=tuple(entries))) if entries else plan


def _refunded(read: Reader, order: Order, plan: Plan, asked: Asked) -> Plan:
    """Money that came from a gift card goes back to it: what is refunded beyond what came by other ways."""
    if not any(payment.kind is PaymentKind.GIFT_CARD for payment in order.payments):
        return plan
    by_card = sum((row["amount"] for row in gift_cards.spent_on(read, order.id)), ZERO)
    others = order.paid - sum((p.amount for p in order.payments if p.kind is PaymentKind.GIFT_CARD), ZERO)
    refunds = sum((p.amount for p in plan.payments if p.kind is PaymentKind.REFUND), ZERO)
    by_others_before = min(order.refunded, others)
    to_cards = min(refunds - min(refunds, others - by_others_before), by_card)
    entries: list[Row] = []
    told: list[str] = []
    for row in gift_cards.spent_on(read, order.id):
        part: Decimal = min(to_cards, row["amount"])
        card = gift_cards.one(read, row["card_id"])
        if part <= 0 or card is None or card["voided_at"]:
            continue
        to_cards -= part
        entries.append(handing.entry(row["card_id"], EntryKind.REFUND, part, asked, order_id=order.id))
        told.append(
            _(
                "{amount} of it goes back to gift card {card}.",
                amount=shown(part, order.currency, current()),
                card=codes.masked(card["last4"]),
            )
        )
    if not entries:
        return plan
    said = {**plan.said, "gift_card": ", ".join(plain(row["amount"], order.currency) for row in entries)}
    return replace(plan, goods=GoodsPlan(entries=tuple(entries)), warnings=(*told, *plan.warnings), said=said)
