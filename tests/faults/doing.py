"""What a shop's process is told to do, by the doors that people and programs use. Each answers with plain values, after
it was kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from data import maintenance, refreshing
from data.backup import write_backup
from services import bulk, clock
from services.bulk import Bulk
from services.errors import store_errors
from services.goods import turn as goods
from services.imports import runs
from services.inbox import digesting, keeping
from services.inbox.letters import Came, Source, Verdict, row
from services.jobs.running import run_all
from services.messages import claims, outbox, worker
from services.orders import acting, taking
from services.orders.acting import Request
from services.orders.statuses import ActionName
from services.people import API, MERCHANT
from services.shop import Shop


def take(shop: Shop, number: int, body: dict[str, Any], key: str) -> dict[str, Any]:
    """An order from the API."""
    return taking.taken_json(taking.take(shop, body, API, key))


def act(
    shop: Shop, number: int, action: str, order: str, version: int | None, params: dict[str, Any], key: str
) -> dict[str, Any]:
    """An action of a person on one order; its reason is the number of the step."""
    asked = Request(ActionName(action), order, version, params, reason=reason(number), key=key)
    return acting.answer_json(acting.do(shop, asked, MERCHANT))


def many(shop: Shop, number: int, action: str, orders: Sequence[str], params: dict[str, Any]) -> str:
    """An action on many orders, as a job; its id."""
    asked = Bulk(ActionName(action), [(order, {}) for order in orders], params, reason=reason(number))
    return bulk.start(shop, asked, MERCHANT).id


def bring(shop: Shop, number: int, path: str, first: int) -> dict[str, Any]:
    """A file of orders; `first` is the step that brought them first."""
    result = runs.run(shop, Path(path))
    return {"run": result.run_id, "new": result.new, "changed": result.changed, "same": result.same}


def hear(shop: Shop, number: int, events: list[dict[str, Any]]) -> str:
    """A webhook about mails: kept, which is what it is answered for; its id."""
    came = row(Came(Source.SENDGRID, json.dumps(events).encode(), Verdict.VALID, clock.now()))
    keeping.keep(shop, [came])
    return str(came["id"])


def again(shop: Shop, number: int, message: str) -> str:
    """A person has a message sent once more whose fate nobody knows."""
    return str(outbox.retry(shop, message, MERCHANT)["state"])


def tend(shop: Shop, number: int) -> list[str]:
    """What the shop does by itself now and then."""
    with store_errors():
        refreshing.refresh(shop.store)
        goods.goods_turn(shop, clock.now())
        return maintenance.tend(shop.store, clock.now())


def back_up(shop: Shop, number: int, folder: str) -> str:
    """A backup of the store; the folder."""
    with store_errors(), shop.store.read() as read:
        write_backup(read, Path(folder), clock.now())
    return folder


DOINGS: dict[str, Callable[..., Any]] = {
    "take": take,
    "act": act,
    "many": many,
    "bring": bring,
    "hear": hear,
    "again": again,
    "tend": tend,
    "back_up": back_up,
}


def settle(shop: Shop) -> int:
    """Let everything that waits come to its end, over half a day; how many turns it took."""
    at, turns = clock.now(), 0
    for hours in (0, 1, 2, 4, 6, 8, 10, 12):
        now = at + timedelta(hours=hours)
        with store_errors():
            claims.recover(shop, now)
        run_all(shop)
        while digesting.turn(shop, now):
            turns += 1
        while worker.turn(shop, now):
            turns += 1
    return turns


def reason(number: int) -> str:
    """What stands in an event, so that it is known whose it is."""
    return f"step {number}"
