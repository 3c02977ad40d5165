"""Figures of a large shop: reports, filters, a file; medians through the HTTP API.

    python -m bench.analytics [--orders 1000000] [--store ADDRESS] [--rounds 11]

Makes the demo shop of so many orders in a folder of its own unless `--store` names one that holds a demo already (a
file, or a DuckLake with COMPTOIR_FILES), runs the app on it with COMPTOIR_MEMORY=200MB unless that is set, and asks
each question `rounds` times, an order changed before each, so that its figures are worked out anew, and again as often
while nothing changes. CPU is what the app's process used per question after a change, what it did beside included.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.counter import KEY, Counter, environment, served

# what is asked -> path below /api/v1/analytics, parameters, milliseconds
QUESTIONS: dict[str, tuple[str, dict[str, str], int | None]] = {
    "overview, all figures": ("/overview", {}, 100),
    "revenue by month": ("/revenue_by_month", {}, 30),
    "revenue by day": ("/revenue_by_day", {}, None),
    "revenue by product": ("/revenue_by_product", {}, 60),
    "revenue by product of one month": ("/revenue_by_product", {"month": "{month}"}, None),
    "revenue by product, PayPal": ("/revenue_by_product", {"payment_method": "paypal"}, None),
    "cohorts": ("/cohorts", {}, 150),
    "segments": ("/rfm", {}, None),
    "new and returning by month": ("/new_and_returning", {}, None),
    "by day, method + country + month": (
        "/revenue_by_day", {"payment_method": "paypal", "country": "FR", "month": "{month}"}, 30,
    ),
    "one month by day as CSV": ("/revenue_by_day.csv", {"month": "{month}"}, 150),
    "one month by product as CSV": ("/revenue_by_product.csv", {"month": "{month}"}, 150),
    "by weekday and hour": ("/revenue_by_hour", {}, None),
    "by month, on the day of the money": ("/revenue_by_month", {"clock": "event"}, None),
    "taxes": ("/taxes", {}, None),
}  # fmt: skip


class Figures(Counter):
    """The same connection, for figures and files of them."""

    def figures(self, path: str, parameters: dict[str, str]) -> None:
        """Ask, and read the whole answer; ends the run when it is an error."""
        address = f"/api/v1/analytics{path}?{urlencode(parameters)}"
        self._con.request("GET", address, headers={"Authorization": f"Bearer {KEY}"})
        answer = self._con.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{address}: {answer.status} {text.decode()[:300]}")

    def change(self, order_id: str) -> None:
        """Change what figures are counted from."""
        self.ask("POST", f"/api/v1/orders/{order_id}/actions/mark_processing", {"tell_customer": False})


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--store", default="")
    parser.add_argument("--rounds", type=int, default=9, help="at most 13")
    parser.add_argument("--port", type=int, default=8792)
    asked = parser.parse_args()
    with _shop(asked.store, asked.orders) as settings, served(settings, asked.port) as pid:
        report(Figures(asked.port, pid), asked.rounds)


@contextmanager
def _shop(store: str, orders: int) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        settings = {"COMPTOIR_MEMORY": "200MB"} | environment(store or str(folder / "shop.duckdb"), folder)
        if not store:
            subprocess.run(
                [sys.executable, "-m", "services", "demo", "--orders", str(orders)], env=settings, check=True
            )
        yield settings


def report(figures: Figures, rounds: int) -> None:
    """One line for each question: on the clock after a change of an order each time (the median and the least), again
    while nothing changes, the processor's time after a change, and the target."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f} at the start\n")
    print("| question | after a change ms | least ms | again ms | CPU ms | target ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    waiting = figures.orders(fulfilment_status="awaiting_processing", limit=200)
    orders = json.loads(json.dumps(waiting))["orders"]
    unchanged = [one["id"] for one in orders]
    month = orders[0]["placed_month"]
    for name, (path, given, target) in QUESTIONS.items():
        parameters = {key: value.format(month=month) for key, value in given.items()}

        def ask(path: str = path, parameters: dict[str, str] = parameters) -> None:
            figures.figures(path, parameters)

        ask()
        after, spent = [], 0.0
        for _ in range(rounds):
            figures.change(unchanged.pop())
            before = figures.cpu()
            after.append(timed(ask))
            spent += figures.cpu() - before
        again = [timed(ask) for _ in range(rounds)]
        told = [statistics.median(after), min(after), statistics.median(again), spent / len(after) * 1000]
        shown = " | ".join(f"{ms:.1f}" for ms in told)
        print(f"| {name} | {shown} | {target or ''} |", flush=True)
    print(f"\nmemory {figures.memory():.0f} MB, load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
