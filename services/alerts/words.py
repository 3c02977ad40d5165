"""An alert in words: its condition, what it covers, and how its figure stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from services import query
from services.alerts.alert import Alert, Comparison
from services.analytics import periods, saying
from services.analytics.meanings import MEANINGS, column
from services.analytics.periods import Named
from services.language import _, moment, n_, number
from services.query import Misread


def condition(alert: Alert, currency: str) -> str:
    """ "Share that failed over 5%, orders of the last 24 hours"."""
    name, limit = MEANINGS[alert.figure].name(), amount(alert, alert.threshold, currency)
    said = (
        _("{figure} over {limit}", figure=name, limit=limit)
        if alert.comparison is Comparison.OVER
        else _("{figure} under {limit}", figure=name, limit=limit)
    )
    if alert.base and alert.least > 1:
        base = MEANINGS[alert.base].name()
        said = _("{condition} ({base}: at least {least})", condition=said, base=base, least=number(alert.least))
    return " · ".join([said, spanned(alert), *_filtered(alert)])


def spanned(alert: Alert) -> str:
    """Of which orders it is: "orders of the last 3 hours"."""
    if alert.span.hours:
        return n_("orders of the last hour", "orders of the last {count} hours", alert.span.hours)
    if alert.span.name is Named.ALL:
        return _("all orders")
    return _("orders placed: {period}", period=saying.period_names()[alert.span.name])


def covers(alert: Alert, now: datetime, zone: str) -> str:
    """Which orders these are at a moment: "Orders placed from 14 Mar 2026, 07:26 to 14 Mar 2026, 10:26"."""
    if alert.span.hours:
        first, last = moment(now - timedelta(hours=alert.span.hours), zone), moment(now, zone)
        return _("Orders placed from {first} to {last}.", first=first, last=last)
    if alert.span.name is Named.ALL:
        return _("All orders as they stand.")
    days = saying.days(periods.named(alert.span.name, periods.shop_clock(now, zone)))
    return _("Orders placed in the shop’s days {days}.", days=days)


def standing(alert: Alert, value: Decimal | None, base: Decimal | None, currency: str) -> str:
    """How the figure stands: "7.3% of 41"."""
    said = amount(alert, value, currency)
    return said if base is None else _("{figure} of {count}", figure=said, count=number(int(base)))


def found(alert: Alert, value: Decimal | None, base: Decimal | None, currency: str) -> str:
    """The same with its name: "Share that failed: 7.3% of 41"."""
    return _("{figure}: {amount}", figure=MEANINGS[alert.figure].name(), amount=standing(alert, value, base, currency))


def amount(alert: Alert, value: Decimal | None, currency: str) -> str:
    """A value of its figure, with its unit."""
    return saying.said(value, column(alert.figure, alert.currency or currency), currency)


def _filtered(alert: Alert) -> list[str]:
    try:
        return [part.text for part in query.in_words(query.parse(alert.query))]
    except Misread as error:
        return [error.sentence]
