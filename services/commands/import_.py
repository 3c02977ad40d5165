"""Orders in from files: Shopify, WooCommerce, Ecwid, our own export, or any table."""

from __future__ import annotations

import argparse
from pathlib import Path

from services.commands.line import say
from services.imports.mapping import load
from services.imports.result import RunResult
from services.imports.runs import run as run_import
from services.language import _, n_, number
from services.settings import Settings
from services.shop import opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="+", type=Path, metavar="FILE", help="one file, or several that belong together")
    parser.add_argument(
        "--format", default="auto", choices=["auto", "shopify", "woocommerce", "ecwid", "table", "comptoir"],
        help="what the file is; found out by itself unless said",
    )  # fmt: skip
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="how the columns of a table become orders")
    parser.add_argument("--source", default="", metavar="NAME", help="the shop that the orders come from")
    parser.add_argument("--dry-run", action="store_true", help="read and compare everything, write nothing")
    parser.add_argument("--json", action="store_true", help="the result as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Import; 0 when anything came in or was known, else 1."""
    with opened(settings) as shop:
        result = run_import(
            shop,
            args.file,
            format=args.format,
            mapping=load(args.mapping) if args.mapping else None,
            source=args.source,
            dry_run=args.dry_run,
        )
    say("\n".join(_lines(result)), machine=result.as_json(), as_json=args.json)
    return 0 if result.orders or not result.rejected else 1


def _lines(result: RunResult) -> list[str]:
    """The result for a person."""
    head = (
        _("Dry run, nothing was written: {format}", format=result.format)
        if result.is_dry
        else _("Imported: {format}", format=result.format)
    )
    lines = [
        head,
        n_("{count} row read", "{count} rows read", result.rows),
        _(
            "Orders: {new} new, {changed} changed, {same} same, {rejected} rejected",
            new=number(result.new), changed=number(result.changed), same=number(result.same),
            rejected=number(result.rejected),
        ),
        n_("{count} warning", "{count} warnings", result.warnings),
    ]  # fmt: skip
    for found in (*result.rejects[:50], *result.notices[:20]):
        where = _("row {row}", row=found.row) if found.row is not None else ""
        parts = [part for part in (where, found.order_number, found.column) if part]
        lines.append(" - " + ", ".join(parts) + (": " if parts else "") + found.reason)
    return lines
