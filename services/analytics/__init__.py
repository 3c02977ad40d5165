"""Figures of the shop: `answer(shop, name, filter, clock, currency) -> Answer`."""

from services.analytics.answering import Answer, answer, as_json
from services.analytics.measures import Clock, Column, ColumnType
from services.analytics.reports import REPORTS

__all__ = ["REPORTS", "Answer", "Clock", "Column", "ColumnType", "answer", "as_json"]
