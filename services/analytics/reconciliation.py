"""The proof that figures can be trusted: every report that tells all that was placed, by both clocks and in every
currency, adds up to what the order list adds up to, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from data import reconciling
from data.dimensions import CUTS, Fact
from data.filters import Filter
from data.measures import Measure
from data.store import Reader
from services import clock
from services.analytics.answering import Asked, ask
from services.analytics.measures import Clock
from services.analytics.reports import REPORTS, Report
from services.analytics.words import words
from services.errors import store_errors
from services.money import ZERO
from services.shop import Shop

SUMMED = (Measure.PLACED, Measure.PAID, Measure.REFUNDED)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A report in one currency by one clock: what its rows add up to, and what the order list does, by figure."""

    report: str
    currency: str
    clock: Clock
    told: dict[str, Decimal]
    listed: dict[str, Decimal]

    @property
    def agrees(self) -> bool:
        """To the cent."""
        return self.told == self.listed


def reports() -> list[Report]:
    """The reports whose rows are all that was placed, in parts."""
    return [report for report in REPORTS.values() if set(SUMMED) <= set(report.figures)]


def reconcile(shop: Shop, filter: Filter | None = None) -> list[Reconciled]:
    """Lay every such report beside the order list, in one snapshot."""
    asked = filter or Filter()
    profile = shop.profile()
    given = words(profile.currency, clock.day(clock.now(), profile.time_zone))
    with store_errors(), shop.store.read() as read:
        rows = reconciling.listed(read, asked, given)
        return [
            one
            for row in rows
            for report in reports()
            for one in _compared(shop, read, report, asked, row["currency"], {str(n): row[n] for n in SUMMED})
        ]


def _compared(
    shop: Shop, read: Reader, report: Report, filter: Filter, currency: str, listed: dict[str, Decimal]
) -> Iterator[Reconciled]:
    for by in Clock:
        if by is Clock.EVENT and _is_of_order_only(report):
            continue
        found = ask(shop, Asked(report.figures, report.by, filter, by, currency, name=report.name), read)
        told = {str(name): sum((row[name] for row in found.rows), ZERO) for name in SUMMED}
        yield Reconciled(report.name, currency, by, told, listed)


def _is_of_order_only(report: Report) -> bool:
    """What products brought in the course of time has no day of the money."""
    return any(CUTS[of].step for of in report.by) and any(CUTS[of].facts == (Fact.LINES,) for of in report.by)
