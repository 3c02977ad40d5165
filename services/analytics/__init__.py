"""Figures of the shop: `answer(shop, name, filter, clock, currency)` by name, `ask(shop, Asked(...))` by choice."""

from services.analytics.answering import Answer, Asked, as_json, ask
from services.analytics.dimensions import dimension
from services.analytics.meanings import figure
from services.analytics.measures import Clock, Column, ColumnType, Figure, Ratio
from services.analytics.named import answer
from services.analytics.reports import REPORTS

__all__ = [
    "REPORTS",
    "Answer",
    "Asked",
    "Clock",
    "Column",
    "ColumnType",
    "Figure",
    "Ratio",
    "answer",
    "as_json",
    "ask",
    "dimension",
    "figure",
]
