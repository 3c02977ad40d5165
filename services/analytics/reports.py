"""The answers there are: each a file in `data/queries/`, with what its rows are about."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from data.filters import Condition, Field, Presence, Range, Text
from services.analytics.measures import Column, ColumnType, measures
from services.errors import NotFound
from services.language import _


@dataclass(frozen=True, slots=True)
class Report:
    """An answer by name. `dimension` says what a row is about (None: the answer is one row); `field` is how the order
    list asks for the same. With `has_clock` there is a second file for money on the day on which it moved."""

    name: str
    dimension: ColumnType | None = None
    field: Field | None = None
    has_clock: bool = False

    def columns(self, currency: str) -> tuple[Column, ...]:
        """The columns in their order."""
        if self.dimension:
            return (Column(self.dimension.value, self.dimension), *measures(currency))
        return (
            *measures(currency),
            Column("average_order", ColumnType.MONEY, currency),
            Column("cancelled_orders", ColumnType.COUNT, "orders"),
            Column("customers", ColumnType.COUNT, "customers"),
            Column("first_on", ColumnType.DAY),
            Column("last_on", ColumnType.DAY),
        )

    def condition(self, value: object) -> tuple[Condition, ...]:
        """What the order list must ask to find the orders of one row."""
        if self.field is None:
            return ()
        if value in ("", None):
            return (Condition(self.field, (Presence.NONE,)),)
        if self.dimension in (ColumnType.MONTH, ColumnType.DAY):
            return (Condition(self.field, (Range(value, value),)),)  # type: ignore[arg-type]
        return (Condition(self.field, (Text(str(value)),)),)


REPORTS = {
    report.name: report
    for report in (
        Report("overview"),
        Report("revenue_by_month", ColumnType.MONTH, Field.MONTH, has_clock=True),
        Report("revenue_by_day", ColumnType.DAY, Field.PLACED, has_clock=True),
        Report("revenue_by_payment_method", ColumnType.PAYMENT_METHOD, Field.PAYMENT_METHOD),
        Report("revenue_by_country", ColumnType.COUNTRY, Field.COUNTRY),
    )
}


def report(name: str) -> Report:
    """The report of a name. Raises `NotFound` with the nearest name."""
    if name in REPORTS:
        return REPORTS[name]
    nearest = get_close_matches(name, REPORTS, n=1, cutoff=0.4)
    if nearest:
        raise NotFound(
            _("There is no analytic answer “{name}”. Did you mean {nearest}?", name=name, nearest=nearest[0])
        )
    raise NotFound(_("There is no analytic answer “{name}”. There are: {known}.", name=name, known=", ".join(REPORTS)))
