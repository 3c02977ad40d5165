"""`restore`: a backup into a new store."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from data.backup_reading import read_manifest
from data.migrations import migrate
from data.restoring import restore
from services import clock
from services.commands.line import say
from services.language import n_
from services.settings import Settings
from services.shop import opened

HELP = "put a backup into a new store; a store that holds anything is refused"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that `backup` wrote")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    folder = Path(args.folder)
    manifest = read_manifest(folder)  # before a store is made for it
    with opened(settings) as shop:
        restore(shop.store, folder, manifest)
        migrate(shop.store, clock.now())
    count = manifest.tables["orders"].rows
    say(
        n_("{count} order restored from {folder}.", "{count} orders restored from {folder}.", count, folder=folder),
        machine={"folder": str(folder), "orders": count, **asdict(manifest)},
        as_json=args.json,
    )
    return 0
