"""Tracking numbers in from a carrier's file: orders are marked as shipped, or their parcels get the number."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from services import jobs, people
from services.commands.line import say
from services.errors import Invalid
from services.jobs import Job
from services.jobs.running import run_all
from services.language import _, n_, number
from services.settings import Settings
from services.shop import Shop, opened
from services.tracking_files import applying, matching
from services.tracking_files.columns import Column
from services.tracking_files.matching import Fate, Found
from services.tracking_files.reading import read

HELP = "tracking numbers in from a carrier's file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a carrier's CSV, TSV or XLSX")
    parser.add_argument("--order", default="", metavar="NAME", help="the column of the order's number or reference")
    parser.add_argument("--tracking", default="", metavar="NAME", help="the column of the tracking number")
    parser.add_argument("--silent", action="store_true", help="tell no customer")
    parser.add_argument("--dry-run", action="store_true", help="match every row, change nothing")
    parser.add_argument("--json", action="store_true", help="the result as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Match and apply; 0 when a row did something or nothing was left to do, else 1."""
    with opened(settings) as shop:
        table = read(args.file)
        said = {column: name for column, name in ((Column.ORDER, args.order), (Column.TRACKING, args.tracking)) if name}
        matched = matching.matched(shop, table, matching.guess(shop, table) | said)
        seen = applying.preview(shop, matched, people.MERCHANT, tell_customer=not args.silent)
        job = None
        if seen.step and not args.dry_run:
            job = _applied(shop, applying.apply(shop, matched, people.MERCHANT, tell_customer=not args.silent))
    counts = {fate: sum(row.fate is fate for row in seen.rows) for fate in Fate}
    say("\n".join(_lines(seen.rows, counts, args.dry_run)), machine=_json(seen, counts, job), as_json=args.json)
    return 0 if counts[Fate.SHIP] or counts[Fate.ADD] or counts[Fate.SAME] else 1


def _applied(shop: Shop, job: Job) -> Job:
    run_all(shop)
    done = jobs.job(shop, job.id)
    if done.state.is_open:
        raise Invalid(_("The file is being applied by another process: Messages and the orders show how far it is."))
    return done


def _lines(rows: tuple[Found, ...], counts: dict[Fate, int], is_dry: bool) -> list[str]:
    """The result for a person."""
    lines = [_("Dry run, nothing was changed.")] if is_dry else []
    lines += [
        n_("{count} order marked as shipped", "{count} orders marked as shipped", counts[Fate.SHIP]),
        n_("{count} parcel with a number now", "{count} parcels with a number now", counts[Fate.ADD]),
        n_("{count} row known already", "{count} rows known already", counts[Fate.SAME]),
        n_("{count} row left out", "{count} rows left out", counts[Fate.LEFT]),
    ]
    for row in rows:
        if row.fate is Fate.LEFT or (row.fate.changes and row.sentence):
            where = _("row {row}", row=number(row.row))
            lines.append(f" - {where}, {row.reference or '—'}, {row.tracking_number or '—'}: {row.sentence}")
    return lines


def _json(seen: applying.Seen, counts: dict[Fate, int], job: Job | None) -> dict[str, Any]:
    return {
        "job": job.id if job else None,
        "rows": len(seen.rows),
        "shipped": counts[Fate.SHIP],
        "added": counts[Fate.ADD],
        "same": counts[Fate.SAME],
        "left": counts[Fate.LEFT],
        "mails": seen.mails,
        "notices": [
            {
                "row": row.row,
                "order": row.reference,
                "tracking_number": row.tracking_number,
                "does": row.fate.value,
                "reason": row.sentence,
            }
            for row in seen.rows
            if row.sentence
        ],
    }
