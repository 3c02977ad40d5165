"""Handing over: links to files and gift cards made for lines of an order, with the mails that carry them.

Secrets go into a mail as a word that stands for them (`services/messages/sealed_words.py`) and are put in their place
right before it leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from data import goods
from data.ids import new_id
from data.store import Reader, Row, Writer
from services import clock
from services.goods import codes, files, sealing
from services.goods.plan import EntryKind, GoodsPlan, Waits
from services.goods.present import present
from services.goods.standing import Link
from services.messages.kinds import Template
from services.messages.sealed_words import Hidden, word
from services.orders.order import Line, Order
from services.orders.plan import Asked, ToSend
from services.orders.statuses import Kind
from services.profile import Profile
from services.settings import Settings

AT = time(8)
"""When a gift card leaves on the day that its buyer named, on the shop's clock."""
MOST_CARDS = 500  # of one order: more is a typing error, or somebody printing money


@dataclass(frozen=True, slots=True)
class Handed:
    """What is made, the mails that bring it, and why some of it waits."""

    plan: GoodsPlan = field(default_factory=GoodsPlan)
    messages: tuple[ToSend, ...] = ()
    waits: Waits | None = None
    about: str = ""


def hand_out(
    read: Reader, settings: Settings, order: Order, lines: Sequence[tuple[Line, int]], rules: Profile, asked: Asked
) -> Handed:
    """Links and cards for (line, how many) of an order. Files are all there, or none is linked: then `waits` says why
    and `about` of which product."""
    digital = [(line, count) for line, count in lines if line.kind is Kind.DIGITAL]
    bought = [(line, count) for line, count in lines if line.kind is Kind.GIFT_CARD]
    linked = link_to(read, settings, order, digital, rules, asked) if digital else Handed()
    cards = _cards(read, settings, order, bought, rules, asked) if bought else Handed()
    plan = replace(linked.plan, cards=cards.plan.cards, entries=cards.plan.entries)
    return Handed(plan, linked.messages + cards.messages, linked.waits, linked.about)


def link_to(
    read: Reader, settings: Settings, order: Order, lines: Sequence[tuple[Line, int]], rules: Profile, asked: Asked
) -> Handed:
    """One link to the files of these lines."""
    products = {files.product(line) for line, _count in lines}
    lying: list[Row] = []  # in the folder, and not taken note of yet
    if isinstance(read, Writer):
        files.pick_up(read, settings, asked.at, products)
    else:
        lying = files.fresh(read, settings, asked.at, products)
    known: dict[str, list[Row]] = {}
    for row in goods.files_of(read, sorted(products)) + lying:
        known.setdefault(row["product"], []).append(row)
    for line, _count in lines:
        found = known.get(files.product(line), [])
        if not found:
            return Handed(waits=Waits.NO_FILE, about=line.name)
        lost = next((row for row in found if not files.is_there(settings, row["place"])), None)
        if lost:
            return Handed(waits=Waits.MISSING_FILE, about=lost["name"])
    token, link_id = sealing.new_token(), new_id()
    link = {
        "id": link_id,
        "order_id": order.id,
        "event_id": asked.event_id,
        "made_at": asked.at,
        "token_hash": sealing.token_hash(token),
        "sealed_token": sealing.seal(settings.secret, token),
        "language": order.language,
    }
    opened = [
        _opened(link_id, order, line, count, row, rules, asked.at)
        for line, count in lines
        for row in known[files.product(line)]
    ]
    rows = {row["id"]: row for line, _count in lines for row in known[files.product(line)]}
    until = min(row["expires_at"] for row in opened)
    mail = _link_mail(settings, link_id, [(row["name"], row["size"]) for row in rows.values()], until)
    return Handed(GoodsPlan(links=(link,), link_files=tuple(opened)), (mail,))


def link_mail(settings: Settings, link: Link) -> ToSend:
    """The mail that brings a link that is there."""
    every = {file.file_id: (file.name, file.size) for file in link.files}
    return _link_mail(settings, link.id, list(every.values()), min(file.expires_at for file in link.files))


def _opened(link_id: str, order: Order, line: Line, count: int, row: Row, rules: Profile, at: datetime) -> Row:
    days = row["link_days"] or rules.rule("link_days")
    return {
        "link_id": link_id,
        "order_id": order.id,
        "line_id": line.id,
        "file_id": row["id"],
        "allowed": (row["link_downloads"] or rules.rule("link_downloads")) * max(1, count),
        "expires_at": at + timedelta(days=days),
        "withdrawn_at": None,
        "withdrawn_why": "",
    }


def _link_mail(settings: Settings, link_id: str, named: Sequence[tuple[str, int]], until: datetime) -> ToSend:
    """Every file is listed once; the page where all of them are stands behind the last."""
    listed: list[dict[str, Any]] = [{"name": name, "size": size} for name, size in named]
    listed[-1] |= {"url": f"{settings.public_url}/d/{word(Hidden.LINK, link_id)}", "until": until}
    return ToSend(Template.DOWNLOAD_READY, about={"links": listed}, about_id=link_id)


def _cards(
    read: Reader, settings: Settings, order: Order, lines: Sequence[tuple[Line, int]], rules: Profile, asked: Asked
) -> Handed:
    known = {row["product"]: row for row in goods.card_rules(read, [files.product(line) for line, _count in lines])}
    cards: list[Row] = []
    entries: list[Row] = []
    mails: list[ToSend] = []
    for line, count in lines:
        rule = known.get(files.product(line), {})
        value = rule.get("card_value") or line.unit_price
        for _card in range(min(count, MOST_CARDS)):
            if value <= 0:
                continue
            card = _card_of(settings, order, line, rule, rules, asked)
            cards.append(card)
            entries.append(entry(card["id"], EntryKind.ISSUE, value, asked))
            mails.append(card_mail(card, value, order.name, rules))
    return Handed(GoodsPlan(cards=tuple(cards), entries=tuple(entries)), tuple(mails))


def _card_of(settings: Settings, order: Order, line: Line, rule: Row, rules: Profile, asked: Asked) -> Row:
    said = present(line)
    months = rules.rule("gift_card_months") if rule.get("card_months") is None else rule["card_months"]
    today = clock.day(asked.at, rules.time_zone)
    return new_card(settings, order.currency) | {
        "order_id": order.id,
        "line_id": line.id,
        "event_id": asked.event_id,
        "made_at": asked.at,
        "expires_on": months_later(max(today, said.day or today), months) if months else None,
        "recipient_email": said.email or order.email,
        "recipient_name": said.name,
        "sender_name": said.sender or (order.name if said.email and said.email != order.email else ""),
        "message": said.message,
        "send_on": said.day if said.day and said.day > today else None,
        "language": order.language,
    }


def new_card(settings: Settings, currency: str) -> Row:
    """A card with a fresh code, of nobody yet."""
    code = codes.new_code()
    return {
        "id": new_id(),
        "code_hash": sealing.code_hash(settings.secret, code),
        "sealed_code": sealing.seal(settings.secret, code),
        "last4": code[-4:],
        "currency": currency,
        "voided_at": None,
        "voided_why": "",
    }


def entry(card_id: str, kind: EntryKind, amount: Decimal, asked: Asked, **more: Any) -> Row:
    """An entry of a card's ledger; `more` are the order, payment and event that it belongs to."""
    return {
        "id": new_id(),
        "card_id": card_id,
        "happened_at": asked.at,
        "kind": kind.value,
        "amount": amount,
        "actor": asked.actor.name,
        "reason": asked.reason,
        "order_id": None,
        "payment_id": None,
        "event_id": asked.event_id or None,
    } | more


def card_mail(card: Row, value: Decimal, buyer: str, rules: Profile, *, is_again: bool = False) -> ToSend:
    """The mail that brings a card: to the recipient that the buyer named, on the morning of the day that the buyer
    named."""
    is_present = bool(card["sender_name"])
    about = {
        "code": word(Hidden.CARD, card["id"]),
        "amount": value,
        "sender": card["sender_name"] or "",
        "recipient_name": card["recipient_name"] or ("" if is_present else buyer),
        "message": card["message"],
    }
    if card["expires_on"]:
        about["until"] = card["expires_on"]
    day = None if is_again else card["send_on"]
    morning = clock.from_local(datetime.combine(day, AT), rules.time_zone) if day else None
    return ToSend(Template.GIFT_CARD, about=about, about_id=card["id"], to=card["recipient_email"], not_before=morning)


def months_later(day: Any, months: int) -> Any:
    """The same day so many months later, the last of the month where there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return day.replace(year=day.year + year, month=month + 1, day=last)
        except ValueError:
            continue
    return day.replace(year=day.year + year, month=month + 1)
