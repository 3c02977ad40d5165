"""A matched file as one step: previewed, done as a job, undone as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services import bulk
from services.bulk import Bulk
from services.jobs import Item, Job
from services.orders.statuses import ActionName
from services.people import Actor
from services.shop import Shop
from services.tracking_files.matching import Fate, Found, Matched


@dataclass(frozen=True, slots=True)
class Seen:
    """The step before it is done: the rows as they would be (an order that cannot be shipped now is left, with the
    sentence why), how many mails would be written, and the step itself, None when it would do nothing."""

    rows: tuple[Found, ...]
    mails: int
    step: Bulk | None
    bulk: bulk.Preview | None


def step(matched: Matched, *, tell_customer: bool = True) -> Bulk:
    """What the file asks for, as a bulk action with parameters of its own for each order."""
    return Bulk(
        ActionName.MARK_SHIPPED,
        [_item(row) for row in matched.of(Fate.SHIP, Fate.ADD)],
        tell_customer=tell_customer,
        about=matched.name,
    )


def preview(
    shop: Shop, matched: Matched, actor: Actor, *, tell_customer: bool = True, now: datetime | None = None
) -> Seen:
    """What the step would do; changes nothing."""
    asked = step(matched, tell_customer=tell_customer)
    if not asked.items:
        return Seen(matched.rows, 0, None, None)
    told = bulk.preview(shop, asked, actor, now)
    refused = {order_id: refusal.sentence for refusal in told.refusals for order_id, _number in refusal.orders}
    rows = tuple(
        replace(row, fate=Fate.LEFT, sentence=refused[row.order_id])
        if row.fate.changes and row.order_id in refused
        else row
        for row in matched.rows
    )
    return Seen(rows, told.mails, asked if told.will_do else None, told)


def apply(
    shop: Shop, matched: Matched, actor: Actor, *, tell_customer: bool = True, now: datetime | None = None
) -> Job:
    """Do it as a job: every order with its number, one cooling-off for all the mails. `bulk.undo(shop, job.id, actor)`
    takes all of it back, `bulk.stop_mails` only the mails. Raises `Invalid` when no row does anything."""
    return bulk.start(shop, step(matched, tell_customer=tell_customer), actor, now)


def _item(row: Found) -> Item:
    params = {"tracking_number": row.tracking_number}
    params |= {"carrier": row.carrier} if row.carrier else {}
    params |= {"tracking_url": row.link} if row.link else {}
    if row.fate is Fate.ADD:
        params |= {"action": ActionName.EDIT_TRACKING.value, "shipment": row.shipment_id}
    return Item(row.order_id, params, row.version)
