"""Figures and what they are about, as people read them: "1 234,50 €", "March 2026", "PayPal", "3.2 %"."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date

from data.dimensions import Dimension
from services.analytics import Column, ColumnType
from services.analytics.saying import part, percent, row_name, said, short, value
from services.language import _, conventions, current, weekday

__all__ = ["part", "percent", "row_name", "said", "short", "tick", "unit", "value"]


def unit(column: Column, currency: str) -> str:
    """What a figure is counted in, to stand quietly beside a title."""
    match column.type:
        case ColumnType.MONEY:
            return column.unit or currency
        case ColumnType.SHARE:
            return "%"
        case ColumnType.HOURS:
            return _("hours")
        case ColumnType.DAYS:
            return _("days")
    return ""


def tick(of: Dimension, raw: Any, is_first: bool) -> str:
    """A step of time in a few letters; the year stands below where it begins."""
    match of:
        case Dimension.DAY | Dimension.WEEK:
            return _dated(raw, "d MMM", is_first or (raw.month == 1 and raw.day <= 7))
        case Dimension.MONTH:
            first = date.fromisoformat(f"{raw}-01")
            return _dated(first, "LLL", is_first or first.month == 1)
        case Dimension.QUARTER:
            return _("Q{quarter}", quarter=raw[-1]) + (f"<br>{raw[:4]}" if is_first or raw[-1] == "1" else "")
        case Dimension.WEEKDAY:
            return weekday(int(raw))
    return value(of, raw)


def _dated(at: date, pattern: str, with_year: bool) -> str:
    text = str(format_date(at, pattern, locale=conventions(current())))
    return f"{text}<br>{at.year}" if with_year else text
