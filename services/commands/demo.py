"""`demo`: a shop of invented orders to try Comptoir with."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.home import Home
from services import clock, demo
from services.commands.line import say
from services.errors import Invalid
from services.language import _, n_
from services.settings import Settings
from services.shop import opened

HELP = "make the demo shop: invented orders up to today, the same for the same seed and day"
ORDERS = 2000
MEMORY = "500MB"  # the engine's share while it makes a shop, whatever it has for serving one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--orders", type=int, default=ORDERS, metavar="N", help=f"how many orders ({ORDERS})")
    parser.add_argument(
        "--seed", type=int, default=demo.SEED, metavar="S", help=f"another seed gives another shop ({demo.SEED})"
    )
    parser.add_argument("--until", metavar="DATE", help="its last day, as 2026-03-14 (today)")
    parser.add_argument("--when-new", action="store_true", help="only if there is no store yet")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.when_new and _has_store(settings):
        return 0
    until = _day(args.until)
    with opened(replace(settings, memory=MEMORY)) as shop:
        count = demo.make(shop, args.orders, args.seed, until, clock.now())
        name = shop.profile().shop_name
    say(
        n_("Made the demo shop {shop}: {count} order.", "Made the demo shop {shop}: {count} orders.", count, shop=name),
        machine={"orders": count, "seed": args.seed, "shop": name},
        as_json=args.json,
    )
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid(_("“{given}” is not a day; write it as 2026-03-14.", given=text)) from error


def _has_store(settings: Settings) -> bool:
    """Whether there is a store already; one that is shared counts as there, whatever is in it."""
    home = Home(settings.store, settings.files)
    return not home.is_embedded or Path(settings.store).exists()
