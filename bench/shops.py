"""The shops that are measured: made once by the demo, kept in `var/bench` between runs, worked on as copies."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.counter import environment

FOLDER = Path("var/bench")


def shop_of(orders: int, given: str = "") -> tuple[Path, str]:
    """The file of a shop of so many orders, made when it is not there yet, and how long that took, in words. `given`
    is a file that is taken instead."""
    if given:
        return Path(given), ""
    file = FOLDER / str(orders) / "shop.duckdb"
    if file.exists():
        return file, ""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name("making.duckdb")
    for left in file.parent.glob("making.duckdb*"):
        left.unlink()
    settings = environment(str(half), file.parent) | {"COMPTOIR_MEMORY": "500MB"}
    print(f"Making a shop of {orders:,} orders in {file.parent}", flush=True)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "services", "demo", "--orders", str(orders)], env=settings, check=True)
    half.rename(file)
    return file, f"made in {time.perf_counter() - began:.0f} s"


@contextmanager
def copied(file: Path) -> Iterator[dict[str, str]]:
    """The settings of a copy of a shop, which may be changed and is thrown away."""
    folder = FOLDER / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy = folder / "shop.duckdb"
    shutil.copyfile(file, copy)
    try:
        yield environment(str(copy), folder) | {"COMPTOIR_LOG": "json"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
