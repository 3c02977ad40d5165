"""`export`: every order that a query finds, into a file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from data.home import Home
from services import exports, query, running_app
from services.commands.line import say
from services.errors import Invalid, NotFound, Unavailable
from services.language import _
from services.settings import Settings
from services.shop import opened

HELP = "write every order that matches into a CSV, XLSX, JSON or Parquet file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--to", required=True, metavar="FILE", help="the file; its ending says the format")
    parser.add_argument("--where", default="", metavar="QUERY", help="which orders, as in the search box (all)")
    parser.add_argument("--rows", default="orders", choices=exports.ROWS, help="a row per order, or per line")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the file whole, or leave what was there. While an app holds the store, the app is asked."""
    target = Path(args.to)
    format = target.suffix.removeprefix(".").lower()
    if format not in exports.FORMATS:
        raise Invalid(
            _("“{file}” does not say a format: end it with {known}.", file=args.to, known=", ".join(exports.FORMATS))
        )
    filter = query.parse(args.where)
    home = Home(settings.store, settings.files)
    if home.is_embedded and not Path(settings.store).exists():
        raise NotFound(_("There is no store at {path} yet.", path=settings.store))
    try:
        with opened(settings) as shop:
            size = write_whole(target, exports.stream(shop, filter, args.rows, format).pieces)
    except Unavailable as error:
        app = running_app.holder(settings, error)
        size = write_whole(target, app.get(f"/export/orders.{format}", {"q": args.where, "rows": args.rows}))
    say(
        _("Wrote {file} ({size} bytes).", file=target, size=f"{size:,}"),
        machine={"file": str(target), "format": format, "rows": args.rows, "bytes": size},
        as_json=args.json,
    )
    return 0


def write_whole(target: Path, pieces: Iterator[bytes]) -> int:
    """Write a file so that it appears whole or not at all; its size in bytes."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            size = sum(out.write(piece) for piece in pieces)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        raise Unavailable(_("{file} cannot be written: {reason}.", file=target, reason=error.strerror)) from error
    finally:
        part.unlink(missing_ok=True)
    return size
