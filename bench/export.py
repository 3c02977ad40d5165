"""How long exports of everything take: `python -m bench.export STORE [csv parquet …]`."""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from data.filters import Filter
from services import exports
from services.settings import read_settings
from services.shop import open_shop

TIMES = 3


def main(store: str, formats: list[str]) -> None:
    shop = open_shop(read_settings({"COMPTOIR_STORE": store}))
    with tempfile.TemporaryDirectory() as folder:
        for format in formats:
            took, size = [], 0
            for _ in range(TIMES):
                began = time.perf_counter()
                stream = exports.stream(shop, Filter(), "orders", format)
                target = Path(folder) / stream.name
                with target.open("wb") as out:
                    for piece in stream.pieces:
                        out.write(piece)
                took.append(time.perf_counter() - began)
                size = target.stat().st_size
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"export {format}: {statistics.median(took):.2f} s, {size / 1e6:.0f} MB, {memory:.0f} MB of memory")
    shop.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or ["csv", "parquet"])
