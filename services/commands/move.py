"""`move`: the shop into another store."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace

from data.home import Home
from services.commands.line import say
from services.language import _, n_
from services.moving import move
from services.settings import Settings

HELP = "move the shop to another store, proved table by table; the old one stays as it is, and a killed move goes on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="STORE", help="a new file, or ducklake:postgres:<libpq words>")
    parser.add_argument("--files", metavar="DIR", help="a new folder of files, or s3://…; else COMPTOIR_FILES stays")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    target = replace(settings, store=args.to, files=args.files or settings.files)
    moved = move(settings, target, _show if sys.stderr.isatty() else lambda done, rows: None)
    name = Home(target.store, target.files).name
    said = [
        n_(
            "{count} order moved to {store}: {rows} rows in {tables} tables, the same there as here.",
            "{count} orders moved to {store}: {rows} rows in {tables} tables, the same there as here.",
            moved.orders,
            store=name,
            rows=moved.rows,
            tables=moved.tables,
        ),
        _("The old store is as it was. Start Comptoir with COMPTOIR_STORE={store} and COMPTOIR_FILES={files}.",
          store=name, files=target.files),
        *filter(None, [moved.warning]),
    ]  # fmt: skip
    say("\n".join(said), machine={"to": name, **asdict(moved)}, as_json=args.json)
    return 0


def _show(done: int, rows: int) -> None:
    """How far it is, on one line that is written over."""
    print(f"\r{done * 100 // max(rows, 1):3d} %", end="\n" if done == rows else "", file=sys.stderr, flush=True)
