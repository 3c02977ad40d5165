"""What a screen covers, in one line: where its orders come from, from when to when, the last import, the zone."""

from __future__ import annotations

from datetime import datetime

from services import clock
from services.language import _, day
from services.orders.around import Coverage

SOURCES = {"demo": "Demo", "shopify": "Shopify", "woocommerce": "WooCommerce", "ecwid": "Ecwid", "api": "API"}
MOST = 4


def covers(about: Coverage, now: datetime) -> str:
    """ "Demo shop · 14 Nov 2024 to today · last import never · Europe/Paris"."""
    if about.first is None or about.last is None:
        return ""
    today, last = clock.day(now, about.zone), clock.day(about.last, about.zone)
    names = [source_name(source) for source in about.sources]
    listed = names[:MOST] + ([_("{count} others", count=len(names) - MOST)] if len(names) > MOST else [])
    imported = day(clock.day(about.last_import, about.zone)) if about.last_import else _("never")
    first = day(clock.day(about.first, about.zone))
    until = _("{first} to today", first=first) if last == today else _("{first} to {last}", first=first, last=day(last))
    said = (
        ", ".join(listed),
        until,
        _("last import: {day}", day=imported),
        about.zone,
    )
    return " · ".join(said)


def source_name(source: str) -> str:
    """What people call a source."""
    return {"demo": _("Demo shop"), "test": _("Test orders")}.get(source) or SOURCES.get(source, source)
