"""A report as it is kept: what goes out, when, and to whom."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from data import boards, scheduled
from data.ids import new_id
from data.store import Reader, Row
from services import clock
from services.analytics.periods import Named
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _
from services.messages.sendgrid_edge import is_address
from services.messages.wording import line
from services.people import Actor
from services.scheduled.schedule import Rhythm, Schedule
from services.shop import Shop

LONGEST_TITLE, MOST, MOST_RECIPIENTS = 120, 30, 10


@dataclass(frozen=True, slots=True)
class Report:
    """A chart or a board (the other id is empty) by mail. `period` is that of all its charts, None for each its own.
    Without `recipients` it goes to the merchant."""

    title: str
    schedule: Schedule
    chart_id: str = ""
    board_id: str = ""
    period: Named | None = None
    recipients: tuple[str, ...] = ()
    id: str = ""
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and what became of it last: `due_on` is None before its first time, `fault` why it could not be made.
    `of` is the title of its chart or board, empty when that is gone; `since` from when on it is due at all (UTC)."""

    report: Report
    of: str
    since: datetime
    due_on: date | None
    made_at: datetime | None
    count_mails: int
    fault: str


def reports_of(shop: Shop) -> list[Kept]:
    """Every report, oldest first."""
    with store_errors(), shop.store.read() as read:
        return every(read)


def every(read: Reader) -> list[Kept]:
    """The same, from an open door."""
    return [_kept(row) for row in scheduled.every(read)]


def one(read: Reader, report_id: str) -> Kept | None:
    """One of them."""
    row = scheduled.one(read, report_id)
    return _kept(row) if row else None


def keep(shop: Shop, report: Report, actor: Actor) -> Report:
    """Send a report from now on, or otherwise from now on when it has an id. Raises `Invalid` with a sentence per
    field, `NotFound`, `Conflict` when there are too many."""
    now = clock.now()
    with store_errors(), shop.store.write() as write:
        row = _known(scheduled.one(write, report.id)) if report.id else None
        if row is None and len(scheduled.every(write)) >= MOST:
            raise Conflict(_("There are {count} reports already. Remove one first.", count=MOST))
        checked = replace(_checked(write, report), id=report.id or new_id())
        began = row["created_at"] if row else now
        scheduled.keep(write, _row(checked) | {"created_at": began, "updated_at": now, "actor": actor.name})
    return checked


def pause(shop: Shop, report_id: str, is_paused: bool) -> None:
    """Send it no more, or from its next time on again. Raises `NotFound`."""
    with store_errors(), shop.store.write() as write:
        row = _known(scheduled.one(write, report_id))
        scheduled.pause(write, row["id"], is_paused, clock.now())


def remove(shop: Shop, report_id: str) -> None:
    """Let it go."""
    with store_errors(), shop.store.write() as write:
        scheduled.remove(write, report_id)


def addresses(text: str) -> tuple[str, ...]:
    """The addresses of a text, set apart by commas, semicolons, blanks or lines."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part))


def _checked(read: Reader, report: Report) -> Report:
    wrong: dict[str, str] = {}
    title = line(report.title)
    if not title or len(title) > LONGEST_TITLE:
        wrong["title"] = _("Give a title of at most {most} characters.", most=LONGEST_TITLE)
    if not (boards.board(read, report.board_id) if report.board_id else boards.chart(read, report.chart_id)):
        wrong["of"] = _("Choose a board or a chart that is kept.")
    odd = [address for address in report.recipients if not is_address(address)]
    if odd:
        wrong["recipients"] = _("“{address}” is not an e-mail address.", address=line(odd[0])[:100])
    elif len(report.recipients) > MOST_RECIPIENTS:
        wrong["recipients"] = _("A report goes to at most {most} addresses.", most=MOST_RECIPIENTS)
    own = report.schedule
    if not (1 <= own.weekday <= 7 and 1 <= own.month_day <= 31 and 0 <= own.hour <= 23):
        wrong["schedule"] = _("There is no such day or hour.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    return replace(report, title=title, chart_id="" if report.board_id else report.chart_id)


def _row(report: Report) -> dict[str, Any]:
    own = report.schedule
    return {
        "id": report.id,
        "title": report.title,
        "chart_id": report.chart_id or None,
        "board_id": report.board_id or None,
        "period": report.period.value if report.period else "",
        "rhythm": own.rhythm.value,
        "weekday": own.weekday,
        "month_day": own.month_day,
        "hour": own.hour,
        "recipients_json": json.dumps(report.recipients),
        "is_paused": report.is_paused,
    }


def _kept(row: Row) -> Kept:
    schedule = Schedule(Rhythm(row["rhythm"]), row["weekday"], row["month_day"], row["hour"])
    report = Report(
        row["title"], schedule, row["chart_id"] or "", row["board_id"] or "",
        Named(row["period"]) if row["period"] else None, tuple(json.loads(row["recipients_json"])),
        row["id"], row["is_paused"],
    )  # fmt: skip
    return Kept(
        report, row["of_title"] or "", row["updated_at"], row["due_on"], row["made_at"], row["count_mails"] or 0,
        row["sentence"] or "",
    )  # fmt: skip


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("This report is not there any more."))
    return row
