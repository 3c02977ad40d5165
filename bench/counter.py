"""The counter at work on a large shop: list, filters, search, one order, an action; medians through the HTTP API.

    python -m bench.counter [--orders 1000000] [--store ADDRESS] [--rounds 21]

Makes the demo shop of so many orders in a folder of its own unless `--store` names one that holds a demo already, runs
the app on it, asks each question `rounds` times over one connection, and prints a table. CPU is what the app's process
used per question: unlike the time on the clock it hardly moves with what else the machine does.
"""

from __future__ import annotations

import argparse
import http.client
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
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

KEY = "bench"
WARM = 3  # rounds that do not count
TARGETS = {"list": 10, "filter": 10, "search": 15, "order": 8, "action": 8}  # milliseconds


def environment(store: str, folder: Path) -> dict[str, str]:
    """The settings under which the shop is made and served."""
    return os.environ | {
        "COMPTOIR_STORE": store,
        "COMPTOIR_FILES": os.environ.get("COMPTOIR_FILES") or str(folder / "files"),
        "COMPTOIR_SECRET": "bench",
        "COMPTOIR_API_KEY": KEY,
        "COMPTOIR_TIME_ZONE": "Europe/Paris",
    }


@contextmanager
def served(settings: dict[str, str], port: int) -> Iterator[int]:
    """The app on 127.0.0.1 while the block lasts; its process id."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as app:
        try:
            _wait(port)
            yield app.pid
        finally:
            app.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            con = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            con.request("GET", "/healthz")
            if con.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The app did not get ready within a minute.")


class Counter:
    """One connection to the API, kept open."""

    def __init__(self, port: int, pid: int) -> None:
        self._con = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._pid = pid

    @property
    def connection(self) -> http.client.HTTPConnection:
        """For what is not answered in JSON."""
        return self._con

    def ask(self, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        """The JSON answer; ends the run when it is an error."""
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        self._con.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self._con.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text.decode()[:300]}")
        return dict(json.loads(text))

    def orders(self, **parameters: object) -> dict[str, object]:
        return self.ask("GET", "/api/v1/orders?" + urlencode(parameters))

    def add_note(self, order_id: str) -> dict[str, object]:
        return self.ask("POST", f"/api/v1/orders/{order_id}/actions/add_note", {"text": "Checked by the bench."})

    def order(self, id_or_number: str) -> dict[str, object]:
        return self.ask("GET", f"/api/v1/orders/{id_or_number}")

    def cpu(self) -> float:
        """Seconds of processor time that the app has used."""
        spent = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that the app holds now."""
        return int(Path(f"/proc/{self._pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Question:
    """What is asked. Both are told the round; what is done `before` is not counted."""

    target: str
    name: str
    ask: Callable[[int], object]
    before: Callable[[int], object] | None = None

    def timed(self, turn: int) -> float:
        """Milliseconds."""
        if self.before:
            self.before(turn)
        start = time.perf_counter()
        self.ask(turn)
        return (time.perf_counter() - start) * 1000


def questions(counter: Counter) -> Iterator[Question]:
    """About orders from the middle of the shop; what is about one order asks for another in each round."""
    total = int(str(counter.orders(limit=1)["total"]))
    middle = json.loads(json.dumps(counter.orders(q=f"number:>={total // 2}", sort="number", limit=200)))["orders"]
    some = middle[0]
    last_name = some["name"].split()[-1]
    month = some["placed_month"]
    by_id, by_number, seen, unseen = ([one["id"] for one in middle[start : start + 50]] for start in (0, 50, 100, 150))
    numbers = {one["id"]: one["number"] for one in middle}
    three = {"payment_method": "paypal", "month": month, "fulfilment_status": "returned"}
    yield Question("list", "newest 50", lambda _: counter.orders())
    yield Question("filter", "paid with PayPal", lambda _: counter.orders(payment_method="paypal"))
    yield Question("filter", f"placed in {month}", lambda _: counter.orders(month=month))
    yield Question("filter", "awaiting processing", lambda _: counter.orders(fulfilment_status="awaiting_processing"))
    yield Question("filter", "PayPal, one month, returned", lambda _: counter.orders(**three))
    yield Question("search", f"number {some['number']}", lambda _: counter.orders(q=some["number"]))
    yield Question("search", "an e-mail address", lambda _: counter.orders(q=some["email"]))
    yield Question("search", f"last name {last_name}", lambda _: counter.orders(q=last_name))
    yield Question("order", "one order by id", lambda turn: counter.order(by_id[turn]))
    yield Question("order", "one order by number", lambda turn: counter.order(numbers[by_number[turn]]))
    yield Question(
        "action",
        "an action (a note), the order looked at before",
        lambda turn: counter.add_note(seen[turn]),
        before=lambda turn: counter.order(seen[turn]),
    )
    yield Question("action", "an action (a note), unseen", lambda turn: counter.add_note(unseen[turn]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--store", default="")
    parser.add_argument("--rounds", type=int, default=21, help="at most 24")
    parser.add_argument("--port", type=int, default=8791)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        settings = environment(asked.store or str(folder / "shop.duckdb"), folder)
        if not asked.store:
            command = [sys.executable, "-m", "services", "demo", "--orders", str(asked.orders)]
            subprocess.run(command, env=settings, check=True)
        with served(settings, asked.port) as pid:
            report(Counter(asked.port, pid), asked.rounds)


def report(counter: Counter, rounds: int) -> None:
    """Ask everything and print one line each: on the clock the median, the least and the 95th percentile, then the
    median when the store was changed before each round, the processor's time, and the target."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f} at the start\n")
    print("| question | median ms | least ms | p95 ms | after a change ms | CPU ms | target ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    changed = str(json.loads(json.dumps(counter.orders(limit=1)))["orders"][0]["id"])
    for question in questions(counter):
        for _ in range(WARM):
            question.timed(-1)
        before = counter.cpu()
        times = sorted(question.timed(turn) for turn in range(rounds))
        spent = (counter.cpu() - before) / rounds * 1000
        after = []
        for turn in range(rounds):
            counter.add_note(changed)
            after.append(question.timed(rounds + turn))
        told = [statistics.median(times), times[0], times[int(rounds * 0.95)], statistics.median(after), spent]
        shown = " | ".join(f"{ms:.1f}" for ms in told)
        print(f"| {question.name} | {shown} | {TARGETS[question.target]} |", flush=True)
    print(f"\nmemory {counter.memory():.0f} MB, load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
