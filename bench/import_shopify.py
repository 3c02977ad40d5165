"""Import of a Shopify CSV: time and memory. `python -m bench.import_shopify [orders]` (100,000 unless said)."""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from services.imports.runs import run
from services.settings import read_settings
from services.shop import open_shop
from tests.imports.invented import COLUMNS_79, line, order


def write_file(path: Path, orders: int) -> None:
    """An export of so many orders, one to three lines each, the same at every call."""
    dice = random.Random(1)
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


def main(orders: int) -> None:
    """Write the file, import it, import it again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        write_file(path, orders)
        print(f"{orders} orders, {path.stat().st_size / 1e6:.0f} MB")
        settings = read_settings({"COMPTOIR_STORE": f"{folder}/shop.duckdb", "COMPTOIR_SECRET": "x"}, Path(folder))
        shop = open_shop(settings)
        for turn in ("first", "again"):
            began, used = time.perf_counter(), time.process_time()
            result = run(shop, path)
            print(
                f"{turn}: {time.perf_counter() - began:.1f} s ({time.process_time() - used:.1f} s of processor), "
                f"new {result.new}, changed {result.changed}, same {result.same}, rejected {result.rejected}, "
                f"warnings {result.warnings}"
            )
        shop.close()
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
