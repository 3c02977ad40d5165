"""SendGrid's event webhooks, digested: reports of what became of mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data.store import Row, Writer
from services.inbox.letters import Digested, Outcome
from services.language import _
from services.messages import reports, sendgrid_events
from services.messages.fates import Report


def digest(write: Writer, rows: Sequence[Row], now: datetime) -> list[Digested]:
    """Take the reports of webhooks in, all in the caller's transaction; what became of each, in the same order."""
    read = [_read(row, now) for row in rows]
    strangers = reports.take(write, [report for one in read if one for report in one[0]], now)
    return [_digested(one, strangers) for one in read]


def _read(row: Row, now: datetime) -> tuple[list[Report], int] | None:
    try:
        return sendgrid_events.reports(bytes(row["body"]), now)
    except ValueError:
        return None


def _digested(read: tuple[list[Report], int] | None, strangers: set[Report]) -> Digested:
    if read is None:
        return Digested(Outcome.UNREADABLE, detail=_("This is not a list of events."))
    told, strange = read
    unknown = strange + sum(report in strangers for report in told)
    return Digested(Outcome.DIGESTED, len(told) + strange, unknown)
