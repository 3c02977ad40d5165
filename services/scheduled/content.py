"""What a report says: for each of its charts the answer, in words and as a table, with its file and its picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data import boards
from data.dimensions import CUTS
from data.store import Reader, Row
from services import query
from services.analytics import Answer, ask, files, periods, saying
from services.boards.chart import Chart, Moving, of_row
from services.errors import Invalid
from services.language import _, n_, number
from services.messages.wording import line, shortened
from services.profile import Profile
from services.scheduled.report import Report
from services.shop import Shop

MOST_CHARTS = 12  # of a board, in one mail
MOST_ROWS = 5_000  # of a file
LISTED, LISTED_ALONE = 12, 40  # rows of a table in the mail: of several charts, of one
MOST_COLUMNS = 4  # figures of a table in the mail
LONGEST_NAME, LONGEST_TITLE = 80, 120  # characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """One chart of a report. `about` says its days and its filter; `answer` is None where it could not be asked, then
    `about` says why."""

    title: str
    about: str
    kind: str
    answer: Answer | None
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: str = ""
    file: bytes = b""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A report, ready to be set: its period in words, and its charts."""

    period: str
    sheets: tuple[Sheet, ...]


def content(shop: Shop, report: Report, now: datetime, rules: Profile) -> Content:
    """What a report says now, in the language in use; all of it is of one moment. Raises `Invalid` when its chart or
    its board is gone."""
    at = periods.shop_clock(now, rules.time_zone)
    own = Moving(report.period) if report.period else None
    with shop.store.read() as read:
        rows = _charts(read, report)
        listed = LISTED if len(rows) > 1 else LISTED_ALONE
        sheets = tuple(_sheet(shop, read, row, place, at, own, listed) for place, row in enumerate(rows, 1))
    days = saying.days(own.at(at)) if own else saying.days(periods.own(at.date(), at.date(), at))
    return Content(days, sheets)


def _charts(read: Reader, report: Report) -> Sequence[Row]:
    if report.board_id:
        rows = boards.on_board(read, report.board_id) if boards.board(read, report.board_id) else []
    else:
        row = boards.chart(read, report.chart_id)
        rows = [row] if row else []
    if not rows:
        raise Invalid(_("What this report tells of is gone, or has no charts."))
    return rows[:MOST_CHARTS]


def _sheet(shop: Shop, read: Reader, row: Row, place: int, at: datetime, period: Moving | None, listed: int) -> Sheet:
    title = shortened(line(row["title"]), LONGEST_TITLE)
    try:
        chart = of_row(row)
        found = ask(shop, chart.asked(at, period, most=MOST_ROWS), read)
    except Invalid as error:
        return Sheet(title, line(error.sentence), row["kind"], None)
    shown, more = _shown(found, listed)
    columns = [column for column in found.columns if column.type.is_figure][:MOST_COLUMNS]
    return Sheet(
        title,
        _about(chart, found, at, period),
        row["kind"],
        found,
        ("", *(saying.column_name(column) for column in columns)),
        tuple(
            (
                shortened(line(saying.row_name(found, one)), LONGEST_NAME) or _("All"),
                *(saying.said(one[c.name], c, str(one.get("currency") or found.currency)) for c in columns),
            )
            for one in shown
        ),
        more,
        files.csv_bytes(found),
        f"{place:02d}-{_plain(title)}.csv",
    )


def _shown(found: Answer, most: int) -> tuple[Sequence[Row], str]:
    """The rows for the mail: the latest of steps of time, else the first; and what is left out, in words."""
    count = len(found.rows)
    if not count:
        return (), _("No order here.")
    if count <= most:
        return found.rows, ""
    is_of_time = bool(found.asked.by) and bool(CUTS[found.asked.by[0]].step)
    if is_of_time:
        return found.rows[-most:], _("The latest {shown} of {count} rows.", shown=number(most), count=number(count))
    return found.rows[:most], _("The first {shown} of {count} rows.", shown=number(most), count=number(count))


def _about(chart: Chart, found: Answer, at: datetime, period: Moving | None) -> str:
    own = period or chart.moving
    said = [saying.days(own.at(at)), *(part.text for part in query.in_words(query.parse(chart.query)))]
    return line(" · ".join([*said, found.currency]))


def _plain(title: str) -> str:
    """A title as the name of a file."""
    return re.sub(r"[^\w]+", "-", title).strip("-").lower()[:60] or "chart"


def as_text(sheet: Sheet) -> str:
    """The table of a chart in plain text, its columns below each other."""
    table = [sheet.heads, *sheet.rows] if sheet.rows else []
    widths = [max(len(row[at]) for row in table) for at in range(len(sheet.heads))] if table else []
    lines = [
        "  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in
                  enumerate(zip(row, widths, strict=True))).rstrip()
        for row in table
    ]  # fmt: skip
    return "\n".join(lines)


def counted(sheets: Sequence[Sheet]) -> str:
    """How many files go along, in words."""
    count = sum(1 for sheet in sheets if sheet.file)
    return n_("The attached file has all the rows.", "The {count} attached files have all the rows.", count)
