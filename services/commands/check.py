"""`check`: whether the store's data is sound, and `--repair`, which works out anew what can be."""

from __future__ import annotations

import argparse
import json

from data.checks import Checked
from data.home import Home
from services import running_app, soundness
from services.commands.line import say
from services.errors import NotFound, Unavailable
from services.language import _, n_
from services.settings import Settings
from services.shop import opened
from services.soundness import Soundness
from services.soundness_words import mending, wrong

HELP = "check the store: keys, sums, ledgers, statuses, events, words, the log; ends with 1 when something is wrong"

_PATIENCE = 7200.0  # seconds that a running app may take to check and mend a large store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument(
        "--repair", action="store_true", help="mend what can be worked out anew: sums, words, cards, kept figures"
    )
    parser.add_argument(
        "--noted", metavar="NUMBER:HASH", default="", help="the end of the log as it was noted: is it still there?"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not Home(settings.store, settings.files).exists:
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    found = _asked(settings, args.repair, args.noted)
    say(in_words(found), machine=in_json(found), as_json=args.json)
    return 0 if found.is_sound else 1


def _asked(settings: Settings, repairs: bool, noted: str) -> Soundness:
    """What the checks say; while an app holds the store, the app is asked."""
    try:
        with opened(settings) as shop:
            return (soundness.repair if repairs else soundness.look)(shop, noted)
    except Unavailable as error:
        path = "/command/repair" if repairs else "/command/check"
        told = b"".join(running_app.holder(settings, error).get(path, {"noted": noted}, _PATIENCE))
    given = json.loads(told)
    checks = tuple(Checked(one["name"], one["rows"], tuple(one["examples"])) for one in given["checks"])
    return Soundness(checks, given["head"], tuple(given["mended"]))


def in_json(found: Soundness) -> dict[str, object]:
    """The answer for machines."""
    return {
        "ok": found.is_sound,
        "checks": [{"name": one.name, "rows": one.rows} for one in found.checks],
        "wrong": [
            {"name": one.name, "examples": one.examples, "wrong": wrong(one.name), "mending": mending(one.name)}
            for one in found.checks
            if one.rows
        ],
        "mended": found.mended,
        "log": found.head,
    }


def in_words(found: Soundness) -> str:
    """The answer for people: what was mended, what is wrong and how to mend it, and where the log ends."""
    lines = [_("Mended: {what}.", what=wrong(name)) for name in found.mended]
    for one in (one for one in found.checks if one.rows):
        lines.append(
            n_("{name}: {count} row is wrong ({which})", "{name}: {count} rows are wrong ({which})", one.rows,
               name=one.name.replace("_", " "), which=", ".join(one.examples))
        )  # fmt: skip
        lines.append(f"  {wrong(one.name)}. {mending(one.name)}")
    if found.is_sound:
        lines.append(n_("The store is sound: {count} check.", "The store is sound: {count} checks.", len(found.checks)))
    lines.append(_("The log of events ends with {head}.", head=found.head))
    lines.append(_("Noted elsewhere, this line proves later, by --noted, that nothing before it was changed."))
    return "\n".join(lines)
