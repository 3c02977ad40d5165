"""Gift cards in the shop's hands: found, issued, sent again, withdrawn, corrected. Paying with one is an action of the
order that it pays for (`redeem_gift_card`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data import gift_cards
from data.ids import new_id
from data.store import Row, Writer
from services import clock
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.goods import card_mails, codes, handing, sealing, secrets_shown
from services.goods.completing import find_card
from services.goods.plan import EntryKind, Why
from services.language import _, current
from services.messages.sendgrid_edge import is_address
from services.money import ZERO, decimals, is_currency, plain, shown
from services.orders.plan import Asked
from services.people import SYSTEM, Actor
from services.profile import Profile, profile
from services.shop import Shop

LARGEST = Decimal(100_000)
"""The most that a card issued or corrected by hand may hold, in its currency."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """A page of cards, newest first; `total` counts all that match, `worth` is what they still hold, by currency."""

    cards: tuple[Row, ...]
    total: int
    worth: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card to issue by hand. No address: nobody is told, its code is shown at the counter."""

    value: Decimal
    currency: str
    email: str = ""
    name: str = ""
    message: str = ""
    expires_on: date | None = None


def page(shop: Shop, text: str = "", limit: int = 50, offset: int = 0) -> CardPage:
    """Cards by the end of their code, recipient or order number; all of them without a text."""
    with store_errors(), shop.store.read() as read:
        sums = gift_cards.sums(read, text)
        return CardPage(
            tuple(gift_cards.page(read, text, limit, offset)),
            sum(row["count_cards"] for row in sums),
            {row["currency"]: row["balance"] for row in sums},
        )


def any_card(shop: Shop) -> bool:
    """Whether the shop has any gift card."""
    with store_errors(), shop.store.read() as read:
        return gift_cards.is_used(read)


def card(shop: Shop, card_id: str) -> tuple[Row, list[Row]]:
    """A card and its ledger, oldest entry first. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        row = _known(gift_cards.one(read, card_id))
        return row, gift_cards.entries(read, row["id"])


def by_code(shop: Shop, code: str, today: date) -> Row:
    """The card with this code, with `state`. Raises `Invalid` for what is no code, `NotFound`."""
    with store_errors(), shop.store.read() as read:
        try:
            row = find_card(read, shop.settings, code)
        except Conflict as error:
            raise NotFound(error.sentence) from error
        return row | {"state": state(row, today)}


def state(row: Row, today: date) -> str:
    """`voided`, `expired`, `spent`, `partly_spent` or `open`."""
    if row["voided_at"]:
        return "voided"
    if row["expires_on"] and row["expires_on"] < today:
        return "expired"
    if row["balance"] <= 0:
        return "spent"
    return "partly_spent" if row["balance"] < row["value"] else "open"


def issue(shop: Shop, given: NewCard, actor: Actor, now: datetime | None = None) -> str:
    """Issue a card by hand; its id. Raises `Invalid` with a sentence per field."""
    at = now or clock.now()
    wrong: dict[str, str] = {}
    if not is_currency(given.currency):
        wrong["currency"] = _("“{code}” is not a currency code such as EUR.", code=given.currency)
    elif not 0 < given.value <= LARGEST or given.value != round(given.value, decimals(given.currency)):
        wrong["value"] = _("An amount from {least} to {most} fits.", least=1, most=plain(LARGEST, given.currency))
    if given.email and not is_address(given.email):
        wrong["email"] = _("“{address}” is not an e-mail address.", address=given.email)
    if given.expires_on and given.expires_on < at.date():
        wrong["expires_on"] = _("This day is over.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    with store_errors(), shop.store.write() as write:
        rules = profile(write, shop.settings)
        row = handing.new_card(shop.settings, given.currency) | {
            "order_id": None,
            "line_id": None,
            "event_id": None,
            "made_at": at,
            "expires_on": given.expires_on,
            "recipient_email": given.email.strip(),
            "recipient_name": given.name.strip(),
            "sender_name": "",
            "message": given.message.strip(),
            "send_on": None,
            "language": rules.language,
        }
        gift_cards.add(write, [row])
        asked = Asked(at, actor, "", "", rules.time_zone)
        gift_cards.enter(write, [handing.entry(row["id"], EntryKind.ISSUE, given.value, asked)])
        if given.email:
            card_mails.send(write, shop, row, given.value, rules, asked)
        return str(row["id"])


def resend(shop: Shop, card_id: str, actor: Actor, to: str = "", now: datetime | None = None) -> None:
    """Mail a card once more, to its recipient or to another address, which it then keeps. Raises `Conflict` when the
    card can pay nothing any more, or has nobody to go to."""
    with _changing(shop, card_id, actor, now) as (write, row, rules, asked):
        if state(row, clock.day(asked.at, rules.time_zone)) in ("voided", "expired", "spent"):
            raise Conflict(_("This gift card can pay nothing any more."))
        if to.strip() and not is_address(to.strip()):
            sentence = _("“{address}” is not an e-mail address.", address=to)
            raise Invalid(sentence, {"to": sentence})
        if to.strip() and to.strip() != row["recipient_email"]:
            gift_cards.change(write, row["id"], {"recipient_email": to.strip()})
            row = row | {"recipient_email": to.strip()}
        if not row["recipient_email"]:
            raise Conflict(_("This gift card has nobody to go to: give an e-mail address."))
        card_mails.stop(write, row, asked)
        card_mails.send(write, shop, row, row["balance"], rules, asked)
        _note(write, row, asked, {"gift_card": codes.masked(row["last4"]), "sent_to": row["recipient_email"]})


def void(shop: Shop, card_id: str, reason: str, actor: Actor, now: datetime | None = None) -> None:
    """Withdraw a card: what is left on it is gone. Raises `Conflict` when it was withdrawn before."""
    with _changing(shop, card_id, actor, now, reason) as (write, row, _rules, asked):
        if row["voided_at"]:
            raise Conflict(_("This gift card was withdrawn."))
        card_mails.stop(write, row, asked)
        gift_cards.change(write, row["id"], {"voided_at": asked.at, "voided_why": Why.STAFF.value})
        if row["balance"]:
            gift_cards.enter(write, [handing.entry(row["id"], EntryKind.VOID, -row["balance"], asked)])
        _note(write, row, asked, {"gift_card": codes.masked(row["last4"]), "balance": "0"})


def adjust(shop: Shop, card_id: str, amount: Decimal, reason: str, actor: Actor, now: datetime | None = None) -> None:
    """Put money on a card, or below zero take it off, with a reason. Raises `Invalid` without one, `Conflict` when the
    card would hold less than nothing."""
    if not reason.strip():
        raise Invalid(_("Say why."), {"reason": _("This is needed.")})
    with _changing(shop, card_id, actor, now, reason) as (write, row, _rules, asked):
        if row["voided_at"]:
            raise Conflict(_("This gift card was withdrawn."))
        if not amount or abs(amount) > LARGEST or amount != round(amount, decimals(row["currency"])):
            raise Invalid(_("This is not an amount that fits."), {"amount": _("This is not an amount that fits.")})
        if row["balance"] + amount < ZERO:
            held = shown(row["balance"], row["currency"], current())
            raise Conflict(_("The card holds {balance}: no more can be taken off.", balance=held))
        gift_cards.enter(write, [handing.entry(row["id"], EntryKind.ADJUST, amount, asked)])
        after = plain(row["balance"] + amount, row["currency"])
        _note(write, row, asked, {"gift_card": codes.masked(row["last4"]), "balance": after})


def show(shop: Shop, card_id: str, actor: Actor, now: datetime | None = None) -> str:
    """The code of a card, for who stands at the counter; that it was shown is kept. Raises `Conflict` when it was
    sealed by another secret."""
    with _changing(shop, card_id, actor, now) as (write, row, _rules, asked):
        code = codes.grouped(sealing.unseal(shop.settings.secret, row["sealed_code"]))
        secrets_shown.note(write, row["order_id"], codes.masked(row["last4"]), asked)
        return code


def expire(shop: Shop, now: datetime) -> int:
    """Take what is left off cards whose last day is over; how many."""
    with store_errors(), shop.store.read() as read:
        today = clock.day(now, profile(read, shop.settings).time_zone)
        if not gift_cards.expired(read, today, 1):
            return 0
    with store_errors(), shop.store.write() as write:
        rows = gift_cards.expired(write, today, 1000)
        asked = Asked(now, SYSTEM, "")
        gift_cards.enter(write, [handing.entry(r["id"], EntryKind.EXPIRE, -r["balance"], asked) for r in rows])
        return len(rows)


@contextmanager
def _changing(
    shop: Shop, card_id: str, actor: Actor, now: datetime | None, reason: str = ""
) -> Iterator[tuple[Writer, Row, Profile, Asked]]:
    with store_errors(), shop.store.write() as write:
        row, rules = _known(gift_cards.one(write, card_id)), profile(write, shop.settings)
        event = new_id() if row["order_id"] else ""
        yield write, row, rules, Asked(now or clock.now(), actor, event, reason.strip(), rules.time_zone)


def _note(write: Writer, row: Row, asked: Asked, said: dict[str, str]) -> None:
    """The timeline of the order that bought the card tells it."""
    if row["order_id"]:
        secrets_shown.note_changed(write, row["order_id"], said, asked)


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("There is no such gift card."))
    return row
