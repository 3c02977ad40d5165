"""A measured figure, the machine it was measured on, and the runs that are kept to compare with."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb


@dataclass
class Figure:
    """What one thing takes, in milliseconds. `part` groups figures, `limit` is what the plain query on the same file
    took in the same run, `target` what it may take at a million orders, `note` what else was seen."""

    part: str
    name: str
    times: list[float] = field(default_factory=list)
    limit: float | None = None
    target: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * 0.95))]


@dataclass
class Run:
    """All figures of one shop: how many orders it has, by `part: name`."""

    orders: int
    at: str
    machine: str
    loads: list[float]
    figures: dict[str, Figure]
    facts: dict[str, str] = field(default_factory=dict)


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def machine() -> str:
    """Where this runs, in words."""
    model = platform.processor() or platform.machine()
    for line in _lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = next((int(line.split()[1]) // 1_000_000 for line in _lines(Path("/proc/meminfo"))), 0)
    return (
        f"{model}, {os.cpu_count()} cores, {memory} GB, {platform.system()}, Python {platform.python_version()}, "
        f"duckdb {duckdb.__version__}"
    )


def today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


def keep(run: Run, folder: Path) -> None:
    """Keep a run as the last one of its size; what was there becomes the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{run.orders}.json"
    if file.exists():
        file.replace(folder / f"{run.orders}.before.json")
    file.write_text(json.dumps(asdict(run), indent=1), encoding="utf-8")


def kept(folder: Path) -> dict[int, Run]:
    """The last run of each size."""
    return {run.orders: run for file in folder.glob("*[0-9].json") for run in [_read(file)]}


def before(orders: int, folder: Path) -> Run | None:
    """The run of this size before the last."""
    file = folder / f"{orders}.before.json"
    return _read(file) if file.exists() else None


def _read(file: Path) -> Run:
    told = json.loads(file.read_text(encoding="utf-8"))
    told["figures"] = {name: Figure(**one) for name, one in told["figures"].items()}
    return Run(**told)


def _lines(file: Path) -> Sequence[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
