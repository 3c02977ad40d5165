"""Asking for something on many orders: which ones, what, and the job that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data import bulk as rows_of_bulk
from data import finding
from data import jobs as rows_of_jobs
from data.filters import Filter
from data.store import Reader, Writer
from services import clock, jobs
from services.bulk import mailing
from services.errors import Conflict, Invalid, store_errors
from services.jobs import Item, Job, JobKind, JobState, waking
from services.jobs.asking import MOST_ITEMS, known
from services.language import _, n_
from services.orders import repeats
from services.orders.statuses import ActionName
from services.people import Actor
from services.shop import Shop

_SCOPE = "bulk"  # of the keys of requests


@dataclass(frozen=True)
class Chosen:
    """Orders as they were when they were chosen: id and version, in the order of the list they were chosen from."""

    orders: tuple[tuple[str, int], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """As a job takes them: an order that was changed since is refused."""
        return tuple(Item(order_id, version=version) for order_id, version in self.orders)


@dataclass(frozen=True)
class Bulk:
    """An action on many orders. An item is an order's id with parameters of its own, or an `Item`; `params` are the
    same for all. `about` is kept with the job and shown with it: the query, the name of a file."""

    action: ActionName
    items: Sequence[Item | tuple[str, Mapping[str, Any]]]
    params: Mapping[str, Any] = field(default_factory=dict)
    tell_customer: bool = True
    reason: str = ""
    about: str = ""

    def each(self) -> list[Item]:
        """Every item with its place. An order that is there twice is taken twice, the second time as the first left
        it."""
        seen: set[str] = set()
        told = []
        for position, item in enumerate(self.items):
            one = item if isinstance(item, Item) else Item(*item)
            told.append(Item(one.order_id, one.params, None if one.order_id in seen else one.version, position))
            seen.add(one.order_id)
        return told

    def told(self) -> dict[str, Any]:
        """What is kept with the job."""
        return {
            "action": self.action.value,
            "params": dict(self.params),
            "tell_customer": self.tell_customer,
            "reason": self.reason,
            "about": self.about,
        }


def chosen(shop: Shop, filter: Filter) -> Chosen:
    """All orders that a filter finds now, in one snapshot, the newest first. Raises `Invalid` when there are more
    than one job takes."""
    with store_errors(), shop.store.read() as read:
        asked = finding.asked(read, filter)
        check_count(finding.count(read, asked))
        return Chosen(tuple(rows_of_bulk.matching(read, asked)))


def picked(shop: Shop, order_ids: Sequence[str]) -> Chosen:
    """Orders by their ids, as they are now, in the order given; each once. Ids of no order are left out."""
    check_count(len(order_ids))
    with store_errors(), shop.store.read() as read:
        versions = rows_of_bulk.versions(read, order_ids)
    return Chosen(tuple((one, versions[one]) for one in dict.fromkeys(order_ids) if one in versions))


def check_count(count: int) -> None:
    """Raise `Invalid` when a job would take more orders than it may."""
    if count > MOST_ITEMS:
        raise Invalid(
            n_(
                "{count} order is selected; at most {most} can be changed at once.",
                "{count} orders are selected; at most {most} can be changed at once.",
                count,
                most=MOST_ITEMS,
            )
        )


def start(shop: Shop, asked: Bulk, actor: Actor, now: datetime | None = None) -> Job:
    """Keep it as a job and let it begin; its results are read through `services.jobs`. Raises `Invalid` when nothing
    is selected."""
    with store_errors(), shop.store.write() as write:
        made = _started(write, asked, actor, now or clock.now())
    waking.wake()
    return made


def start_once(
    shop: Shop,
    read: Callable[[], Bulk],
    actor: Actor,
    key: str | None,
    asking: object,
    written: Callable[[Job], dict[str, Any]],
) -> dict[str, Any]:
    """The same for a request with a key: `read` gives what is asked, `asking` is its body, `written` puts the job as
    the answer. A repeat is answered as the first time, whatever has changed since. Raises `Conflict` when the key came
    with another request."""
    if key:
        with store_errors(), shop.store.read() as door:
            if kept := repeats.answered(door, _SCOPE, key, asking):
                return kept.answer
    asked = read()
    with store_errors(), shop.store.write() as write:
        if kept := repeats.answered(write, _SCOPE, key, asking):
            return kept.answer
        now = clock.now()
        made = _started(write, asked, actor, now)
        repeats.keep(write, _SCOPE, key, asking, 202, written, made, now)
    waking.wake()
    return written(made)


def undo(shop: Shop, job_id: str, actor: Actor, now: datetime | None = None) -> Job:
    """Take back every event of a job, as another job with a result per order. Its mails that wait are held from this
    moment on. Raises `Conflict` when it is under way, was undone, or did nothing."""
    at = now or clock.now()
    with store_errors(), shop.store.write() as write:
        found = known(write, job_id)
        events = undoable_events(write, found)
        asked = Bulk(
            ActionName.UNDO,
            [(row["order_id"], {"event": row["event_id"]}) for row in events],
            about=str(found.about.get("action", "")),
        )
        mailing.put_off(write, found.id, mailing.held_until(at), at)
        made = jobs.started(write, JobKind.BULK, asked.told(), asked.each(), actor, at, undoes=found.id)
    waking.wake()
    return made


def undoable_events(read: Reader, job: Job) -> list[dict[str, Any]]:
    """The events of a job that an undo takes back. Raises `Conflict` with the sentence why there is no undo."""
    if job.state.is_open:
        raise Conflict(_("This is still under way. Stop it first."))
    if job.undoes:
        raise Conflict(_("An undo cannot be undone. Do the step again."))
    if job.undone_by and known(read, job.undone_by).state is not JobState.STOPPED:
        raise Conflict(_("This was undone already."))
    events = rows_of_jobs.events_made(read, job.id)
    if not events:
        raise Conflict(_("Nothing was changed: there is nothing to undo."))
    return events


def _started(write: Writer, asked: Bulk, actor: Actor, now: datetime) -> Job:
    if asked.action is ActionName.UNDO:
        raise Invalid(_("An undo of many orders is asked for by its job."))
    return jobs.started(write, JobKind.BULK, asked.told(), asked.each(), actor, now)
