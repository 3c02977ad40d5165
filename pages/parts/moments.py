"""Moments as a list shows them: short where they stand, whole when asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.dates import format_date

from services import clock
from services.language import _, conventions, current, day


def short(at: datetime, now: datetime, zone: str) -> str:
    """ "today 09:26", "yesterday 18:02", "14 Mar 09:26", in another year "14 Mar 2024"."""
    local, today = clock.local(at, zone), clock.day(now, zone)
    time = f"{local:%H:%M}"
    if local.date() == today:
        return _("today {time}", time=time)
    if local.date() == today - timedelta(days=1):
        return _("yesterday {time}", time=time)
    if local.year == today.year:
        return f"{format_date(local.date(), 'd MMM', locale=conventions(current()))} {time}"
    return day(local.date())
