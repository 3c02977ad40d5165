"""Mails that did not arrive: which an order has, and sending them anew to a corrected address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data import attachments, messages
from data.ids import new_id
from data.store import Row, Writer
from services import clock
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _
from services.messages import drafting, outbox
from services.messages.kinds import Channel
from services.messages.sendgrid_edge import is_address
from services.messages.states import MessageEventKind, MessageState
from services.messages.wording import line
from services.orders import acting, reading
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.parts import Message
from services.orders.plan import Asked, Plan
from services.orders.statuses import ActionName, EventKind
from services.people import Actor
from services.profile import profile
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Corrected:
    """The mail that goes out anew, and whether the order's own address was corrected with it."""

    message: Row
    is_order_changed: bool


def is_lost(message: Message) -> bool:
    """Whether a mail did not arrive and waits for somebody to correct its address."""
    return can_correct(message.channel, message.state)


def can_correct(channel: str, state: str) -> bool:
    """Whether a message in this state is a mail that may go out anew to another address."""
    return channel == Channel.EMAIL and MessageState(state) in (MessageState.BOUNCED, MessageState.FAILED)


def correct(shop: Shop, message_id: str, address: str, actor: Actor, now: datetime | None = None) -> Corrected:
    """Send a mail that did not arrive anew, to `address`, word for word; all in one transaction. Where it had gone to
    the order's own address, that is corrected too, and what waits for it goes to the right one. The lost mail counts
    as settled. Raises `NotFound`, `Invalid` for an address that is none, `Conflict` when it is settled already."""
    to, at = line(address), now or clock.now()
    if not is_address(to):
        sentence = _("“{address}” is not an e-mail address.", address=to)
        raise Invalid(sentence, {"email": sentence})
    with store_errors(), shop.store.write() as write:
        row = messages.one(write, message_id)
        if row is None:
            raise NotFound(_("There is no such message."))
        if not can_correct(row["channel"], row["state"]):
            raise Conflict(_("There is nothing to correct about this message: somebody has settled it."))
        event_id, is_changed = None, False
        if row["order_id"]:
            event_id, is_changed = _told_in_order(write, shop, row, to, actor, at)
        fresh = _anew(row, to, event_id, at)
        outbox.put(write, [fresh])
        attachments.copy(write, row["id"], fresh["id"])
        messages.change(write, [row["id"]], {"state": MessageState.CANCELLED.value, "updated_at": at})
        messages.note(write, [(row["id"], MessageEventKind.REPLACED.value, to)], at)
    return Corrected(outbox.message(shop, fresh["id"]), is_changed)


def _told_in_order(write: Writer, shop: Shop, row: Row, to: str, actor: Actor, at: datetime) -> tuple[str | None, bool]:
    """The event of the order that sends the mail anew, and whether its contact was corrected before."""
    order, rules = reading.load(write, row["order_id"]), profile(write, shop.settings)
    if order.is_muted:
        raise drafting.nobody()
    is_changed = row["recipient"] == order.email != to
    if is_changed:
        request = Request(ActionName.EDIT_CONTACT, order.id, params={"email": to})
        asked = Asked(at, actor, new_id(), zone=rules.time_zone)
        plan = acting.planned(order, request, asked)
        order = acting.carried_out(write, shop, order, plan, rules, asked, request).order
        _readdress(write, order, row["recipient"], to, at)
    again = Plan(EventKind.MESSAGE_RESENT, said={"template": row["template"]})
    asked = Asked(at, actor, new_id(), zone=rules.time_zone)
    request = Request(ActionName.RESEND, order.id)
    answer = acting.carried_out(write, shop, order, again, rules, asked, request)
    return answer.event, is_changed


def _readdress(write: Writer, order: Order, before: str, to: str, at: datetime) -> None:
    """Let what still waits for the wrong address go to the right one."""
    waiting = [
        message.id
        for message in order.messages
        if message.to == before and MessageState(message.state) is MessageState.WAITING
    ]
    if waiting:
        messages.change(write, waiting, {"recipient": to, "updated_at": at})


def _anew(row: Row, to: str, event_id: str | None, at: datetime) -> Row:
    """The same mail as a message of its own."""
    made = new_id()
    return row | {
        "id": made,
        "event_id": event_id,
        "happened_at": at,
        "recipient": to,
        "state": MessageState.WAITING.value,
        "send_after": at,
        "attempts": 0,
        "error": "",
        "dedupe_key": f"{row['dedupe_key']}:{made}",
        "provider_id": "",
        "handed_at": None,
        "updated_at": at,
    }
