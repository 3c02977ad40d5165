"""Mails that bring a gift card once more, or for the first time where no order bought it."""

from __future__ import annotations

from decimal import Decimal

from data import goods
from data.ids import new_id
from data.store import Row, Writer
from services import language
from services.goods import handing
from services.language import _
from services.messages import drafting, letter, outbox, wording
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.money import shown
from services.orders import reading
from services.orders.letters import drafted
from services.orders.plan import Asked
from services.profile import Profile
from services.shop import Shop

_WAITING = [state.value for state in MessageState if state.can_be_stopped]


def send(write: Writer, shop: Shop, card: Row, worth: Decimal, rules: Profile, asked: Asked) -> None:
    """Put it in the outbox. Raises `Conflict` when the order's messages are muted."""
    if card["order_id"] is None:
        outbox.put(write, [_of_no_order(card, worth, rules, asked)])
        return
    order = reading.load(write, card["order_id"])
    mail = handing.card_mail(card, worth, order.name, rules, is_again=True)
    row = drafted(mail, order, rules, shop.settings, asked)
    if row is None:
        raise drafting.nobody()
    outbox.put(write, [row])


def stop(write: Writer, card: Row, asked: Asked) -> None:
    """Stop mails of the card that have not left: it is withdrawn, or goes somewhere else."""
    if card["order_id"]:
        ids = goods.waiting_messages(write, card["order_id"], [card["id"]], _WAITING)
    else:
        ids = goods.waiting_messages_of_none(write, card["id"], _WAITING)
    outbox.stop_some(write, ids, asked.at, asked.actor.name)


def _of_no_order(card: Row, worth: Decimal, rules: Profile, asked: Asked) -> Row:
    speak = rules.spoken(card["language"])
    mail = handing.card_mail(card, worth, "", rules, is_again=True)
    with language.use(speak):
        values = letter.frame(rules, speak) | {
            "greeting": _("Hello,"),
            "amount": shown(worth, card["currency"], speak),
            "code": mail.about["code"],
            "sender": "",
            "recipient_name": wording.line(card["recipient_name"]),
            "message": wording.paragraph(card["message"]).splitlines(),
            "until": language.day(card["expires_on"]) if card["expires_on"] else "",
        }
        if values["recipient_name"]:
            values["greeting"] = _("Hello {name},", name=values["recipient_name"])
    return drafting.row(
        Template.GIFT_CARD,
        wording.render(Template.GIFT_CARD, speak, values),
        speak,
        to=card["recipient_email"],
        sender=rules.sender_email,
        now=asked.at,
        send_after=asked.at,
        key=f"{Template.GIFT_CARD}:{card['id']}:{new_id()}",
    )
