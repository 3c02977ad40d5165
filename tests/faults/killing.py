"""`python -m tests.faults.killing`: kills, starts again, checks every promise, and tells the figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
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
    parser.add_argument("--kills", type=int, default=900, help="kills of a shop on a file")
    parser.add_argument("--shared", type=int, default=100, help="kills of a shop on DuckLake")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; every shop takes the next")
    parser.add_argument("--folder", type=Path, default=None, help="where the shops live meanwhile")
    parser.add_argument("--write", type=Path, default=None, help="the page to write")
    asked = parser.parse_args()
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory() as folder:
        tallies = [
            killed(name, kills, asked.seed, Path(folder))
            for name, kills in (("embedded", asked.kills), ("ducklake", asked.shared))
            if kills
        ]
    if asked.write:
        asked.write.write_text(page.text(tallies), encoding="utf-8")
    return 1 if any(tally.faults for tally in tallies) else 0


def killed(name: str, kills: int, seed: int, folder: Path) -> Tally:
    """A whole run on one home; every shop's line is told as it ends."""
    with home(name, folder / name) as homes, nursery() as born:
        whole = Tally(homes.name)
        while (done := sum(whole.kills.values())) < kills:
            shop = series.run(homes, born, folder / name, seed, min(ON_A_SHOP[name], kills - done))
            whole.add(shop)
            _tell(shop, sum(whole.kills.values()), kills)
            seed += 1
    return whole


@contextmanager
def home(name: str, folder: Path) -> Iterator[Homes]:
    """Where shops live, with a PostgreSQL of their own where they need one."""
    if name == "embedded":
        yield Homes(folder, None)
    else:
        with server() as running:
            yield Homes(folder, running)


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
