"""How long the demo shop takes: `python -m bench.demo [orders]` (1,000,000). Makes `var/bench.duckdb` anew."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from services import clock, demo
from services.settings import read_settings
from services.shop import open_shop

STORE = Path("var/bench.duckdb")


def main(orders: int) -> None:
    for file in (STORE, Path(f"{STORE}.wal")):
        file.unlink(missing_ok=True)
    shop = open_shop(read_settings({"COMPTOIR_STORE": str(STORE), "COMPTOIR_MEMORY": "500MB"}))
    began, worked = time.perf_counter(), time.process_time()
    demo.make(shop, orders, demo.SEED, None, clock.now())
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    shop.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = STORE.stat().st_size / 1e6
    print(
        f"demo of {orders:,}: {took:.1f} s ({cpu:.1f} s of processor), {memory:.0f} MB of memory, {size:.0f} MB of file"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
