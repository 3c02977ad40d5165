"""Import of a Shopify CSV: time and memory. `python -m bench.import_shopify [orders]` (100,000 unless said), or
`python -m bench.import_shopify ORDERS --wide CHARACTERS` for orders with as much text each: a file of gigabytes.

Memory is that of this process and of those that read beside it, added up: the share of each in what it has in common
with others counted once (Pss).
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from services.imports.result import RunResult
from services.imports.runs import run
from services.settings import read_settings
from services.shop import open_shop
from tests.imports.invented import COLUMNS_79, line, order

_WORDS = ("gift", "wrapped", "with", "care", "for", "a", "friend", "please", "ring", "twice", "2026", "Été")


def write_file(path: Path, orders: int, wide: int = 0) -> None:
    """An export of so many orders, one to three lines each, the same at every call; `wide` characters of note
    attributes with each."""
    dice = random.Random(1)
    beside = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS_79)
        first = datetime(2022, 1, 1)
        for number in range(1, orders + 1):
            name, count = f"#{number}", dice.choice((1, 1, 2, 3))
            at = (first + timedelta(minutes=8 * number)).strftime("%Y-%m-%d %H:%M:%S +0100")
            prices = [dice.randrange(500, 9000) / 100 for _ in range(count)]
            subtotal = sum(prices)
            head = order(
                name, email=f"customer{dice.randrange(orders)}@example.com", subtotal=f"{subtotal:.2f}",
                total=f"{subtotal + 5:.2f}", created_at=at, paid_at=at, lineitem_quantity="1",
                lineitem_price=f"{prices[0]:.2f}", lineitem_sku=f"SKU-{dice.randrange(200)}",
                payment_method=dice.choice(("PayPal", "Shopify Payments", "Bank Deposit")),
                fulfillment_status=dice.choice(("fulfilled", "unfulfilled")), fulfilled_at=at, phone="+33612345678",
            )  # fmt: skip
            if wide:
                words = " ".join(beside.choices(_WORDS, k=200))
                head["Note Attributes"] = f"Message {number}: " + (words * (wide // len(words) + 1))[:wide]
            writer.writerow([head.get(column, "") for column in COLUMNS_79])
            for price in prices[1:]:
                more = line(
                    name,
                    email=head["Email"],
                    created_at=at,
                    lineitem_price=f"{price:.2f}",
                    lineitem_sku=f"SKU-{dice.randrange(200)}",
                )
                writer.writerow([more.get(column, "") for column in COLUMNS_79])


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory, in MB, while the block lasts, of this process and those it started (Linux only)."""
    most, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.3):
            most[0] = max(most[0], sum(map(_memory, _family())))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def _family() -> list[int]:
    own, found = os.getpid(), [os.getpid()]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rsplit(")", 1)[1].split()[1]) == own:
                found.append(int(process.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


def _memory(process: int) -> int:
    try:
        told = Path("/proc", str(process), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) // 1024 for row in told if row.startswith("Pss:")), 0)


@dataclass(frozen=True)
class Taken:
    """One turn over the file: seconds on the clock and of the processor, the most memory in MB, what became of it."""

    turn: str
    seconds: float
    processor: float
    memory: int
    result: RunResult


def measured(folder: Path, orders: int, wide: int = 0, is_dry_first: bool = False) -> Iterator[Taken]:
    """Write the file, import it, import it again."""
    path = folder / "orders.csv"
    write_file(path, orders, wide)
    print(f"{orders} orders, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    shop = open_shop(read_settings({"COMPTOIR_STORE": f"{folder}/shop.duckdb", "COMPTOIR_SECRET": "x"}, folder))
    for turn in (["dry run"] if is_dry_first else []) + ["first", "again"]:
        began, used = time.perf_counter(), _processor()
        with watched() as most:
            result = run(shop, path, dry_run=turn == "dry run")
        yield Taken(turn, time.perf_counter() - began, _processor() - used, most[0], result)
    shop.close()


def main(orders: int, wide: int, is_dry_first: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for told in measured(Path(folder), orders, wide, is_dry_first):
            result = told.result
            print(
                f"{told.turn}: {told.seconds:.1f} s ({told.processor:.1f} s of processor), "
                f"{told.memory} MB at most, new {result.new}, changed {result.changed}, same {result.same}, "
                f"rejected {result.rejected}, warnings {result.warnings}",
                flush=True,
            )


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("orders", nargs="?", type=int, default=100_000)
    parser.add_argument("--wide", type=int, default=0, metavar="CHARACTERS")
    parser.add_argument("--dry-run", action="store_true", help="also once without writing, before the others")
    told = parser.parse_args()
    main(told.orders, told.wide, told.dry_run)
