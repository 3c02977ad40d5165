"""Figures and what they are about, as people read them: "1 234,50 €", "March 2026", "PayPal", "3.2 %"."""

from __future__ import annotations

from typing import Any

from data.dimensions import Dimension
from services.analytics import Column, ColumnType, saying
from services.analytics.saying import part, percent, row_name, said, short, value
from services.language import _

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
    return saying.tick(of, raw, is_first).replace("\n", "<br>")
