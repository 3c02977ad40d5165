"""What of the orders of a list a figure is about: an order is listed whole, a bar may stand for some of its lines, or
for what of its money moved on some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.dimensions import Dimension
from data.filters import FEES, Condition, Field, Filter, Presence, Range, Text, Value
from data.measures import Measure
from data.store import Row
from services.analytics import dimensions
from services.analytics.answering import Asked, ask
from services.analytics.measures import Clock, Figure
from services.shop import Shop

# Fields that ask for some lines of an order, by what figures of lines are told apart by.
LINES = {
    Field.SKU: Dimension.PRODUCT,
    Field.CATEGORY: Dimension.CATEGORY,
    Field.KIND: Dimension.KIND,
    Field.TAX_RATE: Dimension.TAX_RATE,
}
MOVEMENTS = {
    Field.MOVED_BY: Dimension.PAYMENT_METHOD,
    Field.PROVIDER: Dimension.PROVIDER,
    Field.REFERENCE: Dimension.REFERENCE,
}
MONEY = (Measure.PAID, Measure.REFUNDED, Measure.NET)


@dataclass(frozen=True, slots=True)
class Which:
    """Of the orders of a list in one currency: what the lines come to that the filter asks for (`ordered`), and what of
    their money moved as it asks (`received`, `given_back`); None where it does not ask for such a thing."""

    currency: str
    ordered: Decimal | None = None
    received: Decimal | None = None
    given_back: Decimal | None = None


def of_which(shop: Shop, filter: Filter) -> tuple[Which, ...]:
    """One for each currency, as figures of the same filter have it; none where the filter asks for whole orders."""
    lines = _told_apart(shop, filter, (Measure.PLACED,), LINES, None)
    days = _days(filter)
    moved = _told_apart(shop, filter, MONEY, MOVEMENTS, days) if days else {}
    return tuple(
        Which(
            currency,
            lines[currency].get("placed") if currency in lines else None,
            moved[currency].get("paid") if currency in moved else None,
            moved[currency].get("refunded") if currency in moved else None,
        )
        for currency in dict.fromkeys([*lines, *moved])
    )


def _told_apart(
    shop: Shop,
    filter: Filter,
    figures: tuple[Figure, ...],
    known: dict[Field, Dimension],
    days: tuple[date, date] | None,
) -> dict[str, dict[str, Decimal]]:
    """The figures of the rows that the filter asks for, by currency."""
    conditions = [one for one in filter.conditions if one.field in known and not one.is_negated]
    if not conditions and days is None:
        return {}
    by = tuple(dict.fromkeys(known[one.field] for one in conditions if one.field))
    # that a movement is one at all: only these facts have a provider
    by = (*by, *((Dimension.PROVIDER,) if days and Dimension.PROVIDER not in by else ()))
    asked = Asked(figures, (Dimension.CURRENCY, *by), filter, Clock.EVENT if days else Clock.ORDER, days=days)
    made: dict[str, dict[str, Decimal]] = {}
    for row in ask(shop, asked).rows:
        if all(_meets(row, known, one) for one in conditions):
            sums = made.setdefault(row["currency"], {})
            for figure in figures:
                sums[figure.value] = sums.get(figure.value, Decimal(0)) + row[figure.value]
    return made


def _meets(row: Row, known: dict[Field, Dimension], condition: Condition) -> bool:
    """Whether a row is one of those that a condition asks for."""
    if condition.field is None:
        return True
    own = dimensions.conditions(known[condition.field], dict(row))
    if own is None:
        return False
    values = {_plain(value) for one in own for value in one.values}
    if Presence.ANY in condition.values and not values & {Presence.NONE, Text(FEES)}:
        return True
    spans = [value for value in condition.values if isinstance(value, Range)]
    numbers = [value.low for one in own for value in one.values if isinstance(value, Range)]
    return bool(values & {_plain(value) for value in condition.values}) or any(
        isinstance(number, Decimal) and _is_within(number, span) for number in numbers for span in spans
    )


def _plain(value: Value) -> Value:
    return Text(value.text.casefold()) if isinstance(value, Text) else value


def _is_within(number: Decimal, span: Range) -> bool:
    low, high = span.low, span.high
    above = not isinstance(low, Decimal) or low < number or (low == number and span.is_low_in)
    below = not isinstance(high, Decimal) or number < high or (number == high and span.is_high_in)
    return above and below


def _days(filter: Filter) -> tuple[date, date] | None:
    """The days on which money must have moved: those that all conditions on them have in common."""
    spans = [
        value
        for one in filter.conditions
        if one.field is Field.MOVED and not one.is_negated and len(one.values) == 1
        for value in one.values
        if isinstance(value, Range)
    ]
    lows = [span.low for span in spans if isinstance(span.low, date)]
    highs = [span.high for span in spans if isinstance(span.high, date)]
    return (max(lows), min(highs)) if lows and highs else None
