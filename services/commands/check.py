"""`check`: whether the store's data is sound."""

from __future__ import annotations

import argparse
import json

from data.checks import Checked, check
from data.home import Home
from services import running_app
from services.commands.line import say
from services.errors import NotFound, Unavailable
from services.language import _, n_
from services.settings import Settings
from services.shop import opened

HELP = "check the store: sums, counts, duplicates, days, words; ends with 1 when something is wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not Home(settings.store, settings.files).exists:
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    found = _checked(settings)
    say(in_words(found), machine=in_json(found), as_json=args.json)
    return 0 if all(one.rows == 0 for one in found) else 1


def _checked(settings: Settings) -> list[Checked]:
    """The outcome of every check; while an app holds the store, the app is asked."""
    try:
        with opened(settings) as shop:
            zone = shop.profile().time_zone
            with shop.store.read() as read:
                return check(read, zone)
    except Unavailable as error:
        told = b"".join(running_app.holder(settings, error).get("/command/check", {}))
        return [Checked(one["name"], one["rows"], tuple(one["examples"])) for one in json.loads(told)]


def in_json(found: list[Checked]) -> dict[str, object]:
    """The answer for machines."""
    return {
        "ok": all(one.rows == 0 for one in found),
        "checks": [{"name": one.name, "rows": one.rows} for one in found],
    }


def in_words(found: list[Checked]) -> str:
    """The answer for people: what is wrong, or that nothing is."""
    wrong = [one for one in found if one.rows]
    if not wrong:
        return n_("The store is sound: {count} check.", "The store is sound: {count} checks.", len(found))
    lines = [
        n_("{name}: {count} row is wrong ({which})", "{name}: {count} rows are wrong ({which})", one.rows,
           name=one.name.replace("_", " "), which=", ".join(one.examples))
        for one in wrong
    ]  # fmt: skip
    return "\n".join(lines)
