"""All benchmarks by one command: `make bench`, or

    python -m bench [--sizes 10k,100k,1m] [--store FILE] [--rounds 11] [--with browser,people,import] [--without …]

Makes the demo shop of each size once (kept in `var/bench`, 10m when asked), works on a copy of it, asks everything of
a running app, draws every screen, reads and writes files, and asks the engine alone for the same on the same file in
the same run. Prints the table, keeps the run in `var/bench/runs`, compares it with the one before, and writes the
table into `bench/README.md`. `--store` takes a file that is there for the one size given.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import asked, import_shopify, limits, people, table
from bench.analytics import Figures
from bench.counter import served
from bench.figures import Figure, Run, before, keep, kept, machine, today
from bench.shops import FOLDER, copied, shop_of

RUNS = FOLDER / "runs"
PARTS = ("lists", "figures", "actions", "export", "screens", "import", "browser", "people")
USUAL = ("lists", "figures", "actions", "export", "screens", "import")
MEMORY, THREADS = "200MB", 2
IMPORTED = 100_000  # orders of the file, at most


def main() -> None:
    """Measure, print, keep, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10k,100k,1m")
    parser.add_argument("--store", default="")
    parser.add_argument("--rounds", type=int, default=11, help="at most 24")
    parser.add_argument("--with", dest="more", default="", help="browser, people, import")
    parser.add_argument("--without", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--print", dest="is_dry", action="store_true", help="leave bench/README.md as it is")
    given = parser.parse_args()
    parts = given.only.split(",") if given.only else [*USUAL, *filter(None, given.more.split(","))]
    parts = [part for part in parts if part not in given.without.split(",")]
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for size in map(number, given.sizes.split(",")):
        run = measured(size, given.store, parts, given.rounds, given.port)
        keep(run, RUNS)
    runs = list(kept(RUNS).values())
    earlier = {run.orders: before(run.orders, RUNS) for run in runs}
    print("\n" + (table.told(runs, earlier) if given.is_dry else table.write(runs, earlier)))


def number(size: str) -> int:
    """ "10k" as 10,000."""
    factor = {"k": 1_000, "m": 1_000_000}.get(size[-1].lower(), 1)
    return int(float(size.rstrip("kKmM")) * factor)


def measured(orders: int, store: str, parts: Sequence[str], rounds: int, port: int) -> Run:
    """One size, all parts."""
    file, made = shop_of(orders, store)
    run = Run(orders, today(), machine(), [os.getloadavg()[0]], {}, {"shop": made} if made else {})
    run.facts["file"] = f"{file.stat().st_size / 1e6:,.0f} MB"
    plain: dict[str, Sequence[str]] = {}
    with copied(file) as settings:
        settings.setdefault("COMPTOIR_MEMORY", MEMORY)
        began = time.perf_counter()
        with served(settings, port) as pid:
            run.facts["start"] = f"{time.perf_counter() - began:.1f} s"
            api = Figures(port, pid)
            for figure in _asked(api, parts, rounds, plain):
                _note(run, figure)
            run.facts["memory of the app"] = f"{api.memory():.0f} MB"
        _limit(run, plain, settings, rounds)
        if "screens" in parts:
            for figure in _screens(settings, max(3, rounds // 2)):
                _note(run, figure)
        if "people" in parts:
            for figure in people.measured(settings, port):
                _note(run, figure)
        if "browser" in parts:
            for figure in _clicks(settings, port):
                _note(run, figure)
    if "import" in parts:
        for figure in _import(min(orders, IMPORTED)):
            _note(run, figure)
    run.loads.append(os.getloadavg()[0])
    return run


def _note(run: Run, figure: Figure) -> None:
    run.figures[f"{figure.part}: {figure.name}"] = figure
    run.loads.append(os.getloadavg()[0])
    print(f"{run.orders:>10,}  {figure.part}: {figure.name}  {figure.median:.1f} ms  {figure.note}", flush=True)


def _asked(api: Figures, parts: Sequence[str], rounds: int, plain: dict[str, Sequence[str]]) -> Iterator[Figure]:
    if "lists" in parts:
        found, statements = asked.lists(api, rounds)
        plain.update(statements)
        yield from found
    if "figures" in parts:
        plain.update(limits.FIGURES)
        yield from asked.figures(api, rounds)
    if "export" in parts:
        yield from asked.files(api)
    if "actions" in parts:
        yield from asked.actions(api, rounds)


def _limit(run: Run, plain: Mapping[str, Sequence[str]], settings: Mapping[str, str], rounds: int) -> None:
    """The plain query beside each figure that has one."""
    wanted = {figure.name: plain[figure.name] for figure in run.figures.values() if figure.name in plain}
    told = limits.ask(Path(settings["COMPTOIR_STORE"]), wanted, rounds, settings["COMPTOIR_MEMORY"], THREADS)
    for figure in run.figures.values():
        figure.limit = told.get(figure.name)


def _screens(settings: Mapping[str, str], rounds: int) -> Iterator[Figure]:
    command = [sys.executable, "-m", "bench.screens", str(rounds)]
    done = subprocess.run(command, env=dict(settings), check=True, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        told = json.loads(line)
        note = f"again {min(told['again']):.1f} {told['wrong'][:80]}".strip()
        yield Figure("screen", told["screen"], told["after"], note=note)


def _import(orders: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        for told in import_shopify.measured(Path(folder), orders):
            note = f"{orders / told.seconds:,.0f} orders/s, {told.memory} MB at most"
            yield Figure("import", f"{orders:,} of Shopify, {told.turn}", [told.seconds * 1000], note=note)


def _clicks(settings: Mapping[str, str], port: int) -> Iterator[Figure]:
    from bench import click

    for name, times in click.measured(dict(settings), port, 5):
        yield Figure("browser", name, times, target=150)


if __name__ == "__main__":
    main()
