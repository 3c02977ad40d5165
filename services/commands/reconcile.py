"""`reconcile`: whether every report adds up to the order list."""

from __future__ import annotations

import argparse
import json

from data.home import Home
from services import running_app
from services.analytics.reconciliation import Reconciled, reconcile
from services.commands.line import say
from services.errors import NotFound, Unavailable
from services.language import _, n_
from services.money import plain
from services.settings import Settings
from services.shop import Shop, opened

HELP = "prove the figures: every report adds up to the order list, to the cent; ends with 1 when one does not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not Home(settings.store, settings.files).exists:
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    told = _told(settings)
    wrong = [one for one in told if not one["ok"]]
    say(_in_words(told), machine={"ok": not wrong, "reports": told}, as_json=args.json)
    return 1 if wrong else 0


def in_json(shop: Shop) -> list[dict[str, object]]:
    """Every report with what it adds up to, what the order list does, and whether they agree."""
    return [_one(found) for found in reconcile(shop)]


def _told(settings: Settings) -> list[dict[str, object]]:
    """While an app holds the store, the app is asked."""
    try:
        with opened(settings) as shop:
            return in_json(shop)
    except Unavailable as error:
        told = b"".join(running_app.holder(settings, error).get("/command/reconcile", {}))
        return list(json.loads(told))


def _one(found: Reconciled) -> dict[str, object]:
    sums = {
        side: {name: plain(amount, found.currency) for name, amount in getattr(found, side).items()}
        for side in ("told", "listed")
    }
    return {
        "report": found.report,
        "currency": found.currency,
        "clock": found.clock.value,
        **sums,
        "ok": found.agrees,
    }


def _in_words(told: list[dict[str, object]]) -> str:
    wrong = [one for one in told if not one["ok"]]
    if not wrong:
        return n_(
            "Every figure adds up to the order list: {count} report laid beside it.",
            "Every figure adds up to the order list: {count} reports laid beside it.",
            len(told),
        )
    return "\n".join(
        _(
            "{report} in {currency}, by the day of the {clock}, says {told}; the order list says {listed}.",
            report=one["report"], currency=one["currency"], clock=one["clock"],
            told=json.dumps(one["told"]), listed=json.dumps(one["listed"]),
        )
        for one in wrong
    )  # fmt: skip
