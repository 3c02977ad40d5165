"""One action on many orders: what is written, and what becomes of each."""

from __future__ import annotations

from typing import Any

from services import jobs
from services.bulk import Bulk, start
from services.jobs import Job, JobState
from services.jobs.running import run_all
from services.orders.statuses import ActionName, FulfilmentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.orders import moving
from tests.orders.sample import NOW, draft, keep


def did(shop: Shop, action: ActionName, ids: list[str], **params: Any) -> Job:
    """A bulk action, done to its end."""
    own = {name: params.pop(name) for name in ("reason", "tell_customer") if name in params}
    job = start(shop, Bulk(action, [(order_id, {}) for order_id in ids], params, **own), MERCHANT, NOW)
    run_all(shop)
    return jobs.job(shop, job.id)


def test_every_selected_order_is_changed_and_counted(any_shop: Shop) -> None:
    ids = keep(any_shop, *(draft(str(number)) for number in range(2041, 2053)))
    done = did(any_shop, ActionName.MARK_SHIPPED, ids)
    assert (done.state, done.done, done.refused, done.failed) == (JobState.DONE, 12, 0, 0)
    assert {moving.now(any_shop, one).fulfilment_status for one in ids} == {FulfilmentStatus.SHIPPED}
