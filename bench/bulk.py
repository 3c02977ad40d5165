"""One action on many orders, from the click to the last result: preview, job and undo.

    python -m bench.bulk [--orders 1000000] [--count 10000] [--action mark_shipped] [--store ADDRESS]

Takes what a demo shop of so many orders has to ship, 1.3 in a hundred, in a copy of the kept shop unless `--store`
names one that holds a demo already (its orders are changed). Gives the time on the clock and the processor time of
this process, and runs the standing checks.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from bench.counter import environment
from bench.shops import copied, shop_of
from data.checks import check
from services import bulk, jobs
from services.bulk import Bulk
from services.jobs.running import run_all
from services.orders.statuses import ActionName, FulfilmentStatus
from services.people import MERCHANT
from services.settings import read_settings
from services.shop import Shop, open_shop

Told = TypeVar("Told")


def timed(what: str, work: Callable[[], Told]) -> Told:
    """Do it, and print how long it took."""
    began, used = time.perf_counter(), time.process_time()
    told = work()
    print(f"{what}: {time.perf_counter() - began:.1f} s, processor {time.process_time() - used:.1f} s")
    return told


def waiting(shop: Shop, count: int) -> list[str]:
    """So many of the orders that the shop has to ship, or all of them where it has fewer."""
    states = [state.value for state in (FulfilmentStatus.AWAITING_PROCESSING, FulfilmentStatus.PROCESSING)]
    with shop.store.read() as read:
        rows = read.rows(
            "select id from orders where fulfilment_status in (select unnest($states)) "
            "and list_contains(kinds, 'physical') order by hash(id) limit $count",
            {"states": states, "count": count},
        )
    return [row["id"] for row in rows]


@contextmanager
def opened(orders: int, store: str) -> Iterator[Shop]:
    """The shop of an address, or a copy of the kept one of so many orders."""
    with nullcontext(environment(store, Path(store).parent)) if store else copied(shop_of(orders)[0]) as settings:
        shop = open_shop(read_settings(settings))
        gc.collect()
        gc.freeze()  # as the app does when it is up
        try:
            yield shop
        finally:
            shop.close()


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--action", type=ActionName, default=ActionName.MARK_SHIPPED)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    with opened(asked.orders, asked.store) as shop:
        ids = waiting(shop, asked.count)
        numbers = asked.action is ActionName.MARK_SHIPPED
        items = [(one, {"tracking_number": f"6A{at:011d}"} if numbers else {}) for at, one in enumerate(ids)]
        wanted = Bulk(asked.action, items)
        preview = timed("preview", lambda: bulk.preview(shop, wanted, MERCHANT))
        print(f"  {preview.will_do} of {preview.count} would change, {preview.mails} mails")

        def do() -> jobs.Job:
            job = bulk.start(shop, wanted, MERCHANT)
            run_all(shop)
            return jobs.job(shop, job.id)

        done = timed(asked.action.value, do)
        print(f"  {done.done} changed, {done.refused} refused, {done.failed} failed, {done.messages} mails")

        def undo() -> jobs.Job:
            job = bulk.undo(shop, done.id, MERCHANT)
            run_all(shop)
            return jobs.job(shop, job.id)

        undone = timed("undo", undo)
        print(f"  {undone.done} undone, {undone.refused} refused, {undone.failed} failed")
        with shop.store.read() as read:
            print("checks that fail:", [one.name for one in check(read, shop.profile().time_zone) if one.rows])


if __name__ == "__main__":
    main()
