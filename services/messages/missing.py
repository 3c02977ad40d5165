"""Expected but missing, and the proof of once: what the outbox owes, and what it sent, computed from facts."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from data import missing as facts
from data.store import Row, Store
from services import clock
from services.clock import rfc3339
from services.errors import store_errors
from services.language import _
from services.messages import outbox
from services.messages import words as mail_words
from services.messages.kinds import Channel, Template
from services.messages.states import MessageEventKind, MessageState
from services.messages.telling import goes_by_itself
from services.orders import acting
from services.orders.acting import Request
from services.orders.statuses import ActionName, Kind, PaymentStatus
from services.people import Actor
from services.profile import Profile
from services.shop import Shop

DAYS = 30  # how far back what is missing is looked for
GRACE = timedelta(minutes=15)  # a mail that is younger than this may still be on its way
STUCK = timedelta(hours=1)  # a mail that should have left this long ago is not on its way any more
KEPT_FOR = timedelta(seconds=60)  # how old the count in the menu may be
PERIODS = (30, 90, 365)  # days
_PORTION = 2000
_LEFT = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.BOUNCED)
_MOVING = (MessageState.WAITING, MessageState.SENDING)
_PAID = (PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED)

_lock = threading.Lock()
_counts: WeakKeyDictionary[Store, tuple[datetime, int]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Missing:
    """A message that should be there. `shipment` is the parcel that it is about; `message_id` and `state` are of the
    message that was written and did not make it, if any."""

    template: Template
    order_id: str
    number: str
    name: str
    email: str
    due_at: datetime
    shipment: str = ""
    message_id: str | None = None
    state: MessageState | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The mails of a period: how many the provider took, took twice, and never got."""

    days: int
    sent: int
    doubled: int
    missing: int


def missing(shop: Shop, now: datetime | None = None) -> list[Missing]:
    """What customers should have been told of in the last `DAYS` days and were not, newest first; at most
    `data.missing.LONGEST`."""
    with store_errors(), shop.store.read() as read:
        rows = facts.missing(read, _expected(shop.profile(), now or clock.now()))
    return [
        Missing(
            Template(row["template"]),
            row["order_id"],
            row["number"],
            row["name"],
            row["email"],
            row["due_at"],
            row["about"],
            row["message_id"],
            MessageState(row["state"]) if row["state"] else None,
        )
        for row in rows
    ]


def count(shop: Shop, now: datetime | None = None) -> int:
    """How many are missing, at most a minute old: for the menu of every screen. A message that failed or is unsure is
    counted there already."""
    at = now or clock.now()
    with _lock:
        kept = _counts.get(shop.store)
    if kept and at - kept[0] < KEPT_FOR:
        return kept[1]
    found = sum(1 for one in missing(shop, at) if one.state is None or not one.state.can_be_retried)
    with _lock:
        _counts[shop.store] = (at, found)
    return found


def send(shop: Shop, one: Missing, actor: Actor, now: datetime | None = None) -> None:
    """Send what is missing: what failed goes out once more, what waits leaves now, what was never written is written.
    Raises `Conflict`."""
    with _lock:
        _counts.pop(shop.store, None)
    if one.message_id and one.state and one.state.can_be_retried:
        outbox.retry(shop, one.message_id, actor)
        return
    if one.message_id and one.state in _MOVING:  # it waits to be sent: a second one would be one too many
        outbox.send_now(shop, one.message_id, actor)
        return
    if one.template is Template.DOWNLOAD_READY:
        acting.do(shop, Request(ActionName.REISSUE_LINKS, one.order_id), actor, now)
        return
    params = {"template": one.template.value} | ({"shipment": one.shipment} if one.shipment else {})
    acting.do(shop, Request(ActionName.RESEND, one.order_id, params=params), actor, now)


def proof(shop: Shop, days: int, now: datetime | None = None) -> Proof:
    """The standing figure of a period that ends now."""
    at = now or clock.now()
    with store_errors(), shop.store.read() as read:
        row = facts.once(read, _period(at, days))
        never = len(facts.missing(read, _expected(shop.profile(), at, days) | {"good": [*_every()]}))
    return Proof(days, int(row["sent"]), int(row["doubled"]), int(row["open"]) + never)


def listed(shop: Shop, days: int, now: datetime | None = None) -> Iterator[str]:
    """The mails of a period with the provider's number for each, as lines of CSV, in portions."""
    asked, offset = _period(now or clock.now(), days), 0
    yield "\ufeff" + _csv([[_("Order"), _("Mail"), _("To"), _("State"), _("Written"), _("Taken"), _("Number")]])
    while True:
        with store_errors(), shop.store.read() as read:
            rows = facts.proof(read, asked, _PORTION, offset)
        if rows:
            yield _csv([_line(row) for row in rows])
        if len(rows) < _PORTION:
            return
        offset += _PORTION


def _line(row: Row) -> list[str]:
    return [
        row["order_number"] or "",
        mail_words.template(row["template"]),
        row["recipient"],
        mail_words.state(row["state"]),
        rfc3339(row["happened_at"]),
        rfc3339(row["accepted_at"]) if row["accepted_at"] else "",
        row["provider_id"],
    ]


def _csv(rows: list[list[str]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows(
        [[f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row] for row in rows]
    )
    return made.getvalue()


def _expected(rules: Profile, now: datetime, days: int = DAYS) -> dict[str, object]:
    return {
        "since": now - timedelta(days=days),
        "before": now - GRACE,
        "stuck": now - STUCK,
        "left_out": "demo",
        "paid": [status.value for status in _PAID],
        "digital": Kind.DIGITAL.value,
        "confirms": goes_by_itself(Template.ORDER_CONFIRMATION, rules),
        "ships": goes_by_itself(Template.ORDER_SHIPPED, rules),
        "good": [state.value for state in (*_LEFT, MessageState.CANCELLED)],
        "moving": [state.value for state in _MOVING],
    }


def _period(now: datetime, days: int) -> dict[str, object]:
    return {
        "since": now - timedelta(days=days),
        "stuck": now - STUCK,
        "channel": Channel.EMAIL.value,
        "test": Template.TEST_MAIL.value,
        "left": [state.value for state in _LEFT],
        "lost": [MessageState.FAILED.value, MessageState.UNSURE.value],
        "moving": [state.value for state in _MOVING],
        "accepted": MessageEventKind.ACCEPTED.value,
        "retried": MessageEventKind.RETRIED.value,
    }


def _every() -> list[str]:
    """States of a message that was written at all: the outbox counts what became of it."""
    return [state.value for state in MessageState]
