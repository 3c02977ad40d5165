"""From a filter to the text that means it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from data.filters import Bound, Condition, Field, Filter, Presence, Range, Text, Value

_NEEDS_MARKS = re.compile(r'[\s",]|^$|^[<>=]|\.\.|^(none|any)$', re.IGNORECASE)


def write(filter: Filter) -> str:
    """The query that means a filter; `parse(write(filter)) == filter`."""
    return " ".join(_condition(condition) for condition in filter.conditions)


def _condition(condition: Condition) -> str:
    sign = "-" if condition.is_negated else ""
    if condition.field is None:
        return sign + " ".join(_bare(value) for value in condition.values)
    return f"{sign}{condition.field}:{','.join(_value(condition.field, value) for value in condition.values)}"


def _bare(value: Value) -> str:
    if not isinstance(value, Text):
        return ""
    return _marked(value.text) if value.is_phrase else value.text


def _value(field: Field, value: Value) -> str:
    if isinstance(value, Presence):
        return value.value
    if isinstance(value, Range):
        return _range(value)
    return _marked(value.text) if _NEEDS_MARKS.search(value.text) else value.text


def _range(value: Range) -> str:
    if value.low is not None and value.low == value.high:
        return _bound(value.low)
    if value.high is None and value.low is not None:
        return f"{'>=' if value.is_low_in else '>'}{_bound(value.low)}"
    if value.low is None and value.high is not None:
        return f"{'<=' if value.is_high_in else '<'}{_bound(value.high)}"
    first, last = value.low, value.high
    if isinstance(first, date) and isinstance(last, date) and _is_whole_month(first, last):
        return f"{first:%Y-%m}"
    return f"{_bound(first)}..{_bound(last)}"


def _is_whole_month(first: date, last: date) -> bool:
    is_month = (first.year, first.month, first.day) == (last.year, last.month, 1)
    return is_month and (date.fromordinal(last.toordinal() + 1).day == 1 if last < date.max else True)


def _bound(bound: Bound | None) -> str:
    if isinstance(bound, Decimal):
        return f"{bound:f}"
    return "" if bound is None else str(bound)


def _marked(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
