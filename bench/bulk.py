"""One action on many orders, from the click to the last result: preview, job and undo.

    python -m bench.bulk [--orders 100000] [--count 10000] [--action mark_shipped] [--store ADDRESS]

Makes the demo shop of so many orders in a folder of its own unless `--store` names one that holds a demo already (its
orders are changed). Gives the time on the clock and the processor time of this process, and runs the standing checks.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from data import cards
from data.checks import check
from services import bulk, clock, demo, jobs
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
    """So many orders, spread over all of the shop, made ready to be shipped."""
    status = FulfilmentStatus.AWAITING_PROCESSING.value
    with shop.store.write() as write:
        rows = write.rows(
            "select id from orders where list_contains(kinds, 'physical') order by hash(id) limit ?", [count]
        )
        ids = {"ids": [row["id"] for row in rows]}
        these = "in (select unnest($ids)::uuid)"
        write.execute(f"update orders set fulfilment_status = $status where id {these}", ids | {"status": status})
        write.execute(f"update order_lines set shipped = 0, returned = 0 where order_id {these}", ids)
        for table in ("shipments", "shipment_lines"):
            write.execute(f"delete from {table} where order_id {these}", ids)
        cards.renew(write, f"id {these}", ids)
    return list(ids["ids"])


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--action", type=ActionName, default=ActionName.MARK_SHIPPED)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = asked.store or str(Path(folder) / "shop.duckdb")
        shop = open_shop(
            read_settings({"COMPTOIR_STORE": store, "COMPTOIR_FILES": f"{folder}/files", "COMPTOIR_SECRET": "bench"})
        )
        if not asked.store:
            demo.make(shop, asked.orders, demo.SEED, None, clock.now())
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
        shop.close()


if __name__ == "__main__":
    main()
