"""A filter narrowed to what was chosen in a chart: rows of an answer, as conditions of the query language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.dimensions import Dimension
from data.filters import Condition, Field, Filter, Range, Text, Value
from services import query
from services.analytics import dimensions


def narrowed(
    filter: Filter, by: Sequence[Dimension], rows: Sequence[Mapping[str, Any]], today: date | None = None
) -> Filter:
    """The filter with what `rows` say of the dimensions in the place of what it said of them; where it said just that,
    without it: to choose the same again lets go of it. Unchanged where the order list cannot be asked for it.
    `today` is the day of asking, without which nobody knows a segment's customers."""
    own = chosen(by, rows, today)
    if not own:
        return filter
    rest = filter
    for condition in own:
        if condition.field is not None:
            rest = rest.without_field(condition.field)
    made = _as_written(rest & Filter(own))
    return rest if set(made.conditions) == set(_as_written(filter).conditions) else made


def chosen(
    by: Sequence[Dimension], rows: Sequence[Mapping[str, Any]], today: date | None = None
) -> tuple[Condition, ...]:
    """What the order list must ask for the orders of any of some rows; nothing where it cannot. Steps of time become
    one span from the first to the last."""
    by_field: dict[Field | None, list[Value]] = {}
    for row in rows:
        for dimension in by:
            found = dimensions.conditions(dimension, dict(row), today)
            if found is None:
                return ()
            for condition in found:
                by_field.setdefault(condition.field, []).extend(condition.values)
    return tuple(Condition(field, _together(values)) for field, values in by_field.items())


def _together(values: Sequence[Value]) -> tuple[Value, ...]:
    spans = [value for value in values if isinstance(value, Range)]
    if len(spans) < len(values):
        return tuple(sorted(dict.fromkeys(values), key=_place))
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return (Range(min(lows), max(highs)),)


def _place(value: Value) -> tuple[int, str]:
    """Numbers by their size, words by the alphabet."""
    text = value.text if isinstance(value, Text) else ""
    return (len(text) if text.isdigit() else 0, text)


def _as_written(filter: Filter) -> Filter:
    """As the query language reads it again: a filter that was clicked and one that was typed are the same."""
    return query.parse(query.write(filter))
