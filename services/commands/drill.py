"""`drill`: whether a backup restores, tried in a store made for it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from services.backups.drill import drill
from services.commands.line import say
from services.language import n_
from services.settings import Settings

HELP = "try a backup: restore it into a store made for it, compare, check, and let it go; ends with 1 when it fails"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that `backup` wrote")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    found = drill(Path(args.folder), settings)
    sound = n_(
        "The backup restores and is sound: {count} order.",
        "The backup restores and is sound: {count} orders.",
        found.orders,
    )
    say(found.fault or sound, machine={"ok": not found.fault, **asdict(found)}, as_json=args.json)
    return 1 if found.fault else 0
