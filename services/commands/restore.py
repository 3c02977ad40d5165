"""`restore`: a backup into a new store."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from services.backups.restoring import restored
from services.commands.line import say
from services.language import n_
from services.settings import Settings

HELP = "put a backup into a new store, and prove that it is what was backed up; a store that holds anything is refused"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that `backup` wrote")
    parser.add_argument("--to", metavar="STORE", help="another store than COMPTOIR_STORE")
    parser.add_argument("--files", metavar="DIR", help="another folder of files than COMPTOIR_FILES")
    parser.add_argument("--frozen", action="store_true", help="let no mail leave there until somebody resumes")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    place = replace(settings, store=args.to or settings.store, files=args.files or settings.files)
    found = restored(place, Path(args.folder), frozen=args.frozen)
    count = found.manifest.tables["orders"].rows
    said = n_("{count} order restored from {folder}.", "{count} orders restored from {folder}.", count,
              folder=args.folder)  # fmt: skip
    say(
        "\n".join((said, *found.warnings)),
        machine={
            "folder": args.folder,
            "orders": count,
            "warnings": list(found.warnings),
            **asdict(found.manifest),
        },
        as_json=args.json,
    )
    return 0
