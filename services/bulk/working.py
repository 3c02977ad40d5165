"""Doing it: a portion of a bulk action's orders in one transaction.

Each order is planned on its own, by the planner of the action, as `services/orders/acting.py` does for one; what the
plans change is written for all of them together. What has consequences of its own (money that moves) goes through the
way of a single order, in the same transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from data import bulk as rows_of_bulk
from data import jobs as rows_of_jobs
from data.bulk import Gathered
from data.ids import Ids
from data.store import Reader, Writer
from services.bulk import mailing
from services.bulk.loading import Orders
from services.errors import ShopError
from services.goods.completing import completed
from services.jobs.job import Item, Job, JobState, Outcome, Result
from services.language import _
from services.messages import outbox
from services.messages.states import MessageState
from services.orders import acting, changes, reading, writing
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.plan import Asked, Plan, applied
from services.orders.statuses import ActionName, PaymentStatus
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

log = logging.getLogger("comptoir")

# Actions that were held against the way of a single order; any other goes that way itself.
_ALIKE = frozenset(
    {
        ActionName.MARK_PROCESSING,
        ActionName.MARK_SHIPPED,
        ActionName.MARK_DELIVERED,
        ActionName.MARK_READY_FOR_PICKUP,
        ActionName.MARK_OUT_FOR_DELIVERY,
        ActionName.MARK_RETURNED,
        ActionName.MARK_WILL_NOT_DELIVER,
        ActionName.HOLD,
        ActionName.RELEASE,
        ActionName.CANCEL,
        ActionName.ADD_NOTE,
        ActionName.TAG,
        ActionName.UNTAG,
        ActionName.RESEND,
        ActionName.UNDO,
    }
)
# Parts of a plan that are written for many at once; a plan with any other goes the way of a single order.
_TOGETHER = {
    "event", "fields", "shipments", "notes", "moved", "returned", "delivered", "undelivered", "voided", "messages",
    "warnings", "said", "undoes", "cause",
}  # fmt: skip
_MADE_TOGETHER = {"shipments", "order_notes", "messages", "moved", "returned", "delivered"}


@dataclass(frozen=True, slots=True)
class Ready:
    """An order with what is to be done to it: its mails are drafted, nothing is written."""

    item: Item
    order: Order
    request: Request
    asked: Asked
    plan: Plan
    after: Order
    letters: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]


def take(write: Writer, shop: Shop, job: Job, items: Sequence[Item], now: datetime) -> list[Result]:
    """Do a portion; each order stands in it once."""
    rules, actor, ids = profile(write, shop.settings), Actor(job.actor), Ids()
    orders = Orders(write, [item.order_id for item in items], ActionName(job.about["action"]))
    results: list[Result] = []
    together: list[Ready] = []
    for item in items:
        asked = Asked(now, actor, ids.fresh(), str(job.about.get("reason", "")), rules.time_zone)
        try:
            ready = orders.asked(item.order_id, partial(made_ready, write, shop, job.about, item, asked, rules))
        except ShopError as refusal:
            results.append(Result(item.position, item.order_id, Outcome.REFUSED, refusal.sentence))
            continue
        except Exception:
            log.exception("An order of the job %s failed", job.id)
            sentence = _("Comptoir made a mistake with this order. The log of the server says more.")
            results.append(Result(item.position, item.order_id, Outcome.FAILED, sentence))
            continue
        if not orders.has_goods(item.order_id) and _goes_together(ready):
            together.append(ready)
        else:
            results.append(_alone(write, shop, ready, rules))
    return results + _together(write, together, rules, now)


def finished(write: Writer, shop: Shop, job: Job, now: datetime) -> None:
    """All orders have their result: from now on the mails cool off, and what was undone says so."""
    leaves = now + cooling_off(profile(write, shop.settings))
    mailing.put_off(write, job.id, leaves, now)
    if job.undoes:
        # what could not be undone is still true, and so are its mails
        mailing.put_off(write, job.undoes, leaves, now)
        rows_of_jobs.change(write, job.undoes, {"state": JobState.UNDONE.value})


def stopped(write: Writer, shop: Shop, job: Job, actor: Actor, now: datetime) -> None:
    """Broken off: nobody is told of what was done so far."""
    mailing.stop_in(write, job.id, actor, now)
    if job.undoes:
        mailing.put_off(write, job.undoes, now + cooling_off(profile(write, shop.settings)), now)


def cooling_off(rules: Profile) -> timedelta:
    """How long the mails of a bulk action wait after its end."""
    return timedelta(seconds=rules.cooling_off)


def request(about: dict[str, Any], item: Item) -> Request:
    """What is asked of one order of a bulk action; an item may name an `action` of its own."""
    params = {**about.get("params", {}), **item.params}
    action, tells = ActionName(params.pop("action", about["action"])), bool(about.get("tell_customer", True))
    return Request(action, item.order_id, item.version, params, tells, str(about.get("reason", "")))


def made_ready(
    read: Reader, shop: Shop, about: dict[str, Any], item: Item, asked: Asked, rules: Profile, order: Order
) -> Ready:
    """Plan one order and draft its mails, which are held until the job is over. Raises `Conflict` and `Invalid`."""
    wanted = request(about, item)
    acting.check_version(order, wanted, asked)
    plan = completed(read, shop.settings, order, acting.planned(order, wanted, asked), rules, asked)
    after = applied(order, plan, asked.at)
    letters = acting.letters_of(shop, plan, after, rules, asked, wanted)
    held = mailing.held_until(asked.at)
    warnings = acting.warnings_of(plan, after, wanted)
    later = tuple({**row, "send_after": held} for row in letters)
    return Ready(item, order, wanted, asked, plan, after, later, warnings)


def _goes_together(ready: Ready) -> bool:
    if ready.request.action not in _ALIKE:
        return False
    parts = {part.name for part in fields(ready.plan) if getattr(ready.plan, part.name)}
    becomes_paid = PaymentStatus.PAID is ready.after.payment_status is not ready.order.payment_status
    if not parts <= _TOGETHER or becomes_paid:
        return False
    if not ready.plan.undoes:
        return True
    undone = next((one for one in ready.order.events if one.id == ready.plan.undoes), None)
    return undone is None or set(undone.made) <= _MADE_TOGETHER


def _alone(write: Writer, shop: Shop, ready: Ready, rules: Profile) -> Result:
    """The way of a single order, its mails held like the others."""
    order = reading.load(write, ready.order.id)
    answer = acting.carried_out(write, shop, order, ready.plan, rules, ready.asked, ready.request)
    waiting = [
        one.message.id
        for one in answer.messages
        # files and gift cards that follow the order leave when they are due
        if one.text and one.message.state == MessageState.WAITING and one.message.event_id == ready.asked.event_id
    ]
    if waiting:
        rows_of_bulk.put_off(write, waiting, mailing.held_until(ready.asked.at))
    return _result(ready, answer.warnings, len(waiting), ready.asked.event_id)


def _together(write: Writer, every: Sequence[Ready], rules: Profile, now: datetime) -> list[Result]:
    if not every:
        return []
    kept = set(outbox.put(write, [row for ready in every for row in ready.letters]))
    undone = [ready.plan.undoes for ready in every if ready.plan.undoes]
    if undone:
        waiting = rows_of_bulk.mails_of_events(write, undone, MessageState.WAITING)
        mailing.stop_rows(write, waiting, ActionName.UNDO, now)
    gathered, results = Gathered(), []
    for ready in every:
        changed = changes.between(ready.order, ready.after)
        own = [row["id"] for row in ready.letters if row["id"] in kept]
        event = writing.event(ready.plan, changed, ready.asked, own)
        writing.write(write, ready.order, ready.after, ready.plan, event, rules.time_zone, by=gathered)
        results.append(_result(ready, ready.warnings, len(own), event.id))
    gathered.put(write)
    return results


def _result(ready: Ready, warnings: Sequence[str], messages: int, event_id: str) -> Result:
    item = ready.item
    return Result(item.position, item.order_id, Outcome.DONE, " ".join(warnings), event_id, messages)
