"""Goods without parcels taken back when their order is no longer paid for, and opened again once it is: as plans, from
the order and from what stands of its goods."""

from __future__ import annotations

from typing import Any

from data.store import Row
from services.goods import handing
from services.goods.plan import EntryKind, GoodsPlan, GoodsState, Why
from services.goods.standing import Standing, goods_lines, owed
from services.language import _
from services.messages.states import MessageState
from services.orders import life
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind, FulfilmentStatus, Kind
from services.profile import Profile
from services.settings import Settings

_STOPPED = (MessageState.CANCELLED, MessageState.FAILED)


def withdrawal(now: Standing, order: Order, asked: Asked) -> Plan | None:
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


def reopening(now: Standing, order: Order, settings: Settings, rules: Profile, asked: Asked) -> Plan | None:
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
