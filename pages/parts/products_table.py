"""Rows of products as HTML: the name with its SKU, the orders behind it, a bar for a share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any

from data.measures import Measure
from pages.parts import figure_words
from pages.parts.list_address import ListView
from services.analytics import Answer
from services.analytics.measures import Figure
from services.language import _


def name(row: Mapping[str, Any]) -> str:
    """A product with its SKU; what no line explains is named too."""
    return named(row["product"], row["sku"]) if row["product"] or row["sku"] else escape(_("Shipping, fees, no lines"))


def places(found: Answer) -> list[int]:
    """Where the rows of products stand in an answer, without what no line explains."""
    return [place for place, row in enumerate(found.rows) if row["product"] or row["sku"]]


def named(product: str, sku: str) -> str:
    """The name of a product with its SKU below."""
    under = f"<span class='ct-under'>{escape(sku)}</span>" if sku and sku != product else ""
    return f"<span class='ct-thing'>{escape(product or sku)}</span>{under}"


def said(found: Answer, row: Mapping[str, Any], figure: Figure) -> str:
    """A figure of a row, with its unit."""
    column = next(column for column in found.columns if column.name == figure.value)
    return escape(figure_words.said(row[figure.value], column, found.currency))


def linked(found: Answer, row: Mapping[str, Any], figure: Figure, behind: Figure = Measure.PLACED) -> str:
    """The same as a link to the orders behind the row."""
    query = found.behind(row, behind)
    text = said(found, row, figure)
    return text if query is None else f"<a href='{escape(ListView(q=query).link)}' target='_self'>{text}</a>"


def bar(share: Decimal, words: str) -> str:
    """A thin bar of so many percent; `words` are what it says."""
    return (
        f"<span class='ct-part-room' role='img' aria-label='{escape(words)}' title='{escape(words)}'>"
        f"<i class='ct-part-of' style='--part:{share:.1f}%'></i></span>"
    )
