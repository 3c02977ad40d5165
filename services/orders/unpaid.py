"""What the shop does by itself about orders that nobody has paid: a reminder after some days, cancelling after more.

Both rules are off at first. An order is reminded of once. Where reminders are sent nobody is cancelled without one, and
the days between reminder and cancelling are always given. Orders that were imported or invented count only when they
were placed after the rule was set: an old shop's past is nobody's business.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import preferences, unpaid
from data.store import Reader, Row
from data.unpaid import Unpaid
from services import clock
from services.errors import ShopError
from services.language import n_, use
from services.orders import acting
from services.orders.acting import Request
from services.orders.parts import Event
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentStatus
from services.orders.undoing import INVENTED
from services.people import SYSTEM
from services.shop import Shop

REMINDER, CANCEL = "unpaid_reminder_days", "unpaid_cancel_days"

AT_ONCE = 200
"""Orders that one turn sees to; the next turn takes the rest."""

FRESH = timedelta(days=30)
"""A reminder that is due for longer than this is not sent any more."""

_CAUSE = "unpaid"
_AT_THE_DOOR = "cash_on_delivery"
_MANY = 100_000

log = logging.getLogger("comptoir")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Orders that the rules would see to now: rows with id, number, version, placed_at, the oldest first."""

    reminded: list[Row]
    cancelled: list[Row]


def foreseen(shop: Shop, now: datetime, reminder_days: int, cancel_days: int) -> Foreseen:
    """What would happen now if the rules were these (0 is off); changes nothing."""
    with shop.store.read() as read:
        return _found(read, now, reminder_days, cancel_days, _MANY)


def turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Remind and cancel what is due, each order in a step of its own that its timeline tells; what was done, in words
    for the log. Nothing happens while the shop is frozen."""
    rules = shop.profile()
    reminder_days, cancel_days = rules.rule(REMINDER), rules.rule(CANCEL)
    if (not reminder_days and not cancel_days) or rules.rule("is_frozen"):
        return ()
    with shop.store.read() as read:
        due = _found(read, now, reminder_days, cancel_days, AT_ONCE)
    with use(rules.language):
        until = _until(now, reminder_days, cancel_days, rules.time_zone)
        about = {"until": until} if until else {}
        reminded = [_done(shop, row, ActionName.REMIND_UNPAID, now, about) for row in due.reminded]
        cancelled = [_done(shop, row, ActionName.CANCEL, now, {}, cancel_days) for row in due.cancelled]
    told = {"reminded of": sum(reminded), "cancelled as unpaid": sum(cancelled)}
    return [f"{count} orders {what}" for what, count in told.items() if count]


def reason(event: Event) -> str:
    """Why an order was cancelled by itself, in the language in use, also where the shop speaks another one; empty for
    any other event, and for one from before the days were kept."""
    cause, _colon, days = event.cause.partition(":")
    return _sentence(int(days)) if cause == _CAUSE and days.isdigit() else ""


def _found(read: Reader, now: datetime, reminder_days: int, cancel_days: int, limit: int) -> Foreseen:
    reminded: list[Row] = []
    cancelled: list[Row] = []
    if reminder_days:
        before = now - timedelta(days=reminder_days)
        asked = _asked(read, REMINDER, reminder_days, now, before, before - FRESH)
        reminded = unpaid.to_remind(read, asked, limit)
    if cancel_days:
        asked = _asked(read, CANCEL, cancel_days, now, now - timedelta(days=cancel_days), datetime.min)
        last = now - _patience(reminder_days, cancel_days) if reminder_days else None
        cancelled = unpaid.to_cancel(read, asked, last, limit)
    return Foreseen(reminded, cancelled)


def _asked(read: Reader, rule: str, days: int, now: datetime, before: datetime, after: datetime) -> Unpaid:
    """Who waits for the goods and has not paid. Of orders whose preparation has begun the shop knows best: they are
    reminded of, never cancelled."""
    kept, kept_at = preferences.kept(read, rule)
    goods = [FulfilmentStatus.AWAITING_PROCESSING]
    if rule == REMINDER:
        goods.append(FulfilmentStatus.PROCESSING)
    return Unpaid(
        awaiting=PaymentStatus.AWAITING_PAYMENT.value,
        goods=[status.value for status in goods],
        at_the_door=_AT_THE_DOOR,
        invented=INVENTED,
        reminded=EventKind.UNPAID_REMINDED.value,
        before=before,
        after=after,
        since=kept_at if kept_at is not None and kept == days else now,
    )


def _patience(reminder_days: int, cancel_days: int) -> timedelta:
    """How long after the reminder an order is cancelled at the soonest."""
    return timedelta(days=max(1, cancel_days - reminder_days))


def _until(now: datetime, reminder_days: int, cancel_days: int, zone: str) -> str:
    """The day until which the reminder asks for the money, 2026-03-14; empty when nothing is ever cancelled."""
    if not cancel_days:
        return ""
    return clock.day(now + _patience(reminder_days, cancel_days), zone).isoformat()


def _sentence(days: int) -> str:
    return n_("Not paid within {count} day.", "Not paid within {count} days.", days)


def _done(shop: Shop, row: Row, action: ActionName, now: datetime, params: dict[str, str], days: int = 0) -> bool:
    """One order seen to, because it was not paid within so many days; not when somebody was faster, or the step is not
    legal any more."""
    reason, cause = (_sentence(days), f"{_CAUSE}:{days}") if days else ("", "")
    try:
        acting.do(shop, Request(action, row["id"], row["version"], params, reason=reason, cause=cause), SYSTEM, now)
    except ShopError as error:
        log.info("Unpaid order %s left alone: %s", row["number"], error)
        return False
    return True
