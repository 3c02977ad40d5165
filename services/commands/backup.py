"""`backup`: the whole shop into a folder."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.home import Home
from services import clock, running_app
from services.backups import making
from services.commands.line import say
from services.errors import NotFound, Unavailable
from services.language import _, n_
from services.settings import Settings
from services.shop import opened

HELP = "write a backup of the shop to a new folder: a Parquet file per table, the files it sells, and a manifest"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not Home(settings.store, settings.files).exists:
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    manifest = _written(settings, Path(args.folder).absolute())
    count = manifest["tables"]["orders"]["rows"]
    said = n_("Backup of {count} order written to {folder}.", "Backup of {count} orders written to {folder}.", count,
              folder=args.folder)  # fmt: skip
    missing = making.left_out(settings)
    say(
        "\n".join(filter(None, (said, missing))),
        machine={"folder": args.folder, "orders": count, "left_out": missing, **manifest},
        as_json=args.json,
    )
    return 0


def _written(settings: Settings, folder: Path) -> dict[str, Any]:
    """What the backup holds; while an app holds the store, the app writes it."""
    try:
        with opened(settings) as shop:
            return asdict(making.make(shop, folder, clock.now()))
    except Unavailable as error:
        told = b"".join(running_app.holder(settings, error).get("/command/backup", {"folder": str(folder)}))
        found: dict[str, Any] = json.loads(told)
        return found
