"""Bulk actions in tests: as the merchant, at the one instant, done to their end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from data.store import Row
from services import bulk, clock, jobs
from services.bulk import Bulk
from services.jobs import Job
from services.jobs.running import run_all
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import NOW


def asked(action: ActionName, ids: list[str], **params: Any) -> Bulk:
    """The action on these orders; `reason` and `tell_customer` are the action's own."""
    own = {name: params.pop(name) for name in ("reason", "tell_customer") if name in params}
    return Bulk(action, [(order_id, {}) for order_id in ids], params, **own)


def did(shop: Shop, action: ActionName, ids: list[str], **params: Any) -> Job:
    """The job, done."""
    job = bulk.start(shop, asked(action, ids, **params), MERCHANT, NOW)
    run_all(shop)
    return jobs.job(shop, job.id)


def undone(shop: Shop, job: Job) -> Job:
    """The undo of a job, done."""
    undo = bulk.undo(shop, job.id, MERCHANT)
    run_all(shop)
    return jobs.job(shop, undo.id)


def mails(shop: Shop) -> list[Row]:
    """Every message, as the store has it."""
    with shop.store.read() as read:
        return read.rows("select * from messages order by id")


def stand_still(monkeypatch: Any, at: datetime) -> None:
    """Let it be `at` for whoever asks the clock."""
    monkeypatch.setattr(clock, "now", lambda: at)
