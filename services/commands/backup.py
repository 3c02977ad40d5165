"""`backup`: every table of the store into a folder."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from data.backup import write_backup
from data.home import Home
from services import clock
from services.commands.line import say
from services.errors import NotFound
from services.language import _, n_
from services.settings import Settings
from services.shop import opened

HELP = "write a backup of the store to a new folder: one Parquet file per table, and a manifest"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not Home(settings.store, settings.files).exists:
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    with opened(settings) as shop, shop.store.read() as read:
        manifest = write_backup(read, Path(args.folder), clock.now())
    count = manifest.tables["orders"].rows
    say(
        n_("Backup of {count} order written to {folder}.", "Backup of {count} orders written to {folder}.", count,
           folder=args.folder),
        machine={"folder": args.folder, "orders": count, **asdict(manifest)},
        as_json=args.json,
    )  # fmt: skip
    return 0
