"""`python -m tests.faults.killing`: kills, starts again, checks every promise, and tells the figures."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.faults import page, series
from tests.faults.homes import Homes
from tests.faults.nursery import nursery
from tests.faults.tally import Tally
from tests.postgres import server

ON_A_SHOP = {"embedded": 25, "ducklake": 10}  # kills that one shop sees, before the next seed has its turn


def main() -> int:
    """The figures on the terminal, and with `--write` as a page; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=800, help="kills of shops on a file")
    parser.add_argument("--shared", type=int, default=200, help="kills of shops on DuckLake")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; every shop takes the next")
    parser.add_argument("--side", type=int, default=os.cpu_count() or 1, help="shops side by side")
    parser.add_argument("--minutes", type=float, default=600, help="kill no more after these")
    parser.add_argument("--folder", type=Path, default=None, help="where the shops live meanwhile")
    parser.add_argument("--figures", type=Path, nargs="*", default=[], help="of earlier runs; the first takes these in")
    parser.add_argument("--write", type=Path, default=None, help="the page to write")
    asked = parser.parse_args()
    tallies: list[Tally] = []
    for file in asked.figures:
        _add(tallies, _read(file))
    until = time.monotonic() + asked.minutes * 60
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory() as folder:
        for name, kills in (("embedded", asked.kills), ("ducklake", asked.shared)):
            if kills:
                _add(tallies, [killed(name, kills, asked.seed, Path(folder), asked.side, until)])
    if asked.figures:
        asked.figures[0].write_text(json.dumps([vars(tally) for tally in tallies]), encoding="utf-8")
    if asked.write:
        asked.write.write_text(page.text(tallies), encoding="utf-8")
    return 1 if any(tally.faults for tally in tallies) else 0


def killed(name: str, kills: int, seed: int, folder: Path, side: int = 1, until: float = float("inf")) -> Tally:
    """A whole run on one home, `side` shops at a time; every shop's line is told as it ends. After the moment `until`
    of the monotonic clock nothing is killed any more."""
    size = ON_A_SHOP[name]
    shops = [(seed + nth, min(size, kills - nth * size)) for nth in range(-(-kills // size))]
    with home(name, folder / name) as homes:
        whole = Tally(homes.name)

        def lived(shop: tuple[int, int]) -> Tally | None:
            if time.monotonic() > until:
                return None
            with nursery() as born:
                return series.run(homes, born, folder / name, *shop, until)

        with ThreadPoolExecutor(side) as sides:
            for tally in sides.map(lived, shops):
                if tally:
                    whole.add(tally)
                    _tell(tally, sum(whole.kills.values()), kills)
    return whole


@contextmanager
def home(name: str, folder: Path) -> Iterator[Homes]:
    """Where shops live, with a PostgreSQL of their own where they need one."""
    if name == "embedded":
        yield Homes(folder, None)
    else:
        with server() as running:
            yield Homes(folder, running)


def _read(file: Path) -> list[Tally]:
    return [Tally.of(one) for one in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def _add(tallies: list[Tally], further: Sequence[Tally]) -> None:
    """Take figures in, each with those of the same home."""
    for one in further:
        same = next((tally for tally in tallies if tally.name == one.name), None)
        if same:
            same.add(one)
        else:
            tallies.append(one)


def _tell(shop: Tally, done: int, kills: int) -> None:
    print(
        f"{shop.name}, seed {shop.seeds[0]}: {done} of {kills} kills, {shop.steps['done']} answered, "
        f"{sum(shop.promises.values())} checked, {len(shop.faults)} broken, {shop.seconds:.0f} s",
        flush=True,
    )
    for fault in shop.faults:
        print(f"  {fault}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
