"""What comes back, and what is sold below its list price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_marks, figure_words, products_table
from pages.parts.charts import Chosen, Point
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services.analytics import Answer, Ratio, products
from services.language import _
from services.shop import Shop

SHOWN = 10
MOST_POINTS = 300


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of what comes back."""
    asked = products.asked(products.RETURNS, filter, currency)

    def draw(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
        places = [place for place in products_table.places(found) if found.rows[place]["returned_items"]]
        places.sort(key=lambda place: -found.rows[place]["returned_items"])
        if not places:
            _nothing(_("Nothing came back."))
            return
        marks = [
            replace(mark, short=f"{mark.said} · {figure_words.percent(found.rows[int(mark.key)]['return_rate'])}")
            for mark in figure_card.bars(found, asked, places[:SHOWN])
        ]
        charts.by_size(marks, key, alt, chosen)

    ways = Ways(draw=draw, table=_returns)
    figure_card.show(shop, _("Returns by product"), asked, Kind.SIZES, "returns", ways)


def prices(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of prices and discounts."""
    note = _("The list price is what the lines say before their discounts; discounts of whole orders lower all lines.")
    asked = products.asked(products.PRICES, filter, currency)
    ways = Ways(draw=_points, table=_prices, note=note)
    figure_card.show(shop, _("Price paid against list price"), asked, Kind.SCATTER, "prices", ways)


def _points(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """Products by what was taken off their list price and by how many were sold; the larger, the more they brought."""
    column = next(column for column in found.columns if column.name == Ratio.AVERAGE_PRICE.value)
    places = [place for place in products_table.places(found) if found.rows[place]["items"]]
    most = max((found.rows[place]["placed"] for place in places), default=0) or 1
    points = []
    for place in places[:MOST_POINTS]:
        row = found.rows[place]
        taken_off = figure_words.percent(row["markdown_rate"] or Decimal(0))
        said = _("{price} on average, {share} taken off", price=_price(found, row), share=taken_off)
        mark = replace(figure_marks.mark(found, place, column), said=said)
        size = 6 + 14 * float(max(row["placed"], 0) / most) ** 0.5
        points.append(Point(mark, float(row["markdown_rate"] or 0), float(row["items"]), size))
    charts.scatter(points, _("Taken off the list price, %"), _("Items sold"), key, alt, chosen)


def _price(found: Answer, row: Mapping[str, Any]) -> str:
    column = next(column for column in found.columns if column.name == Ratio.AVERAGE_PRICE.value)
    return figure_words.said(row[column.name], column, found.currency)


def _nothing(sentence: str) -> None:
    st.html(f"<div class='ct-figure-empty'>{escape(sentence)}</div>")


def _returns(found: Answer) -> None:
    rows = [row for row in products.named(found.rows) if row["returned_items"]]
    rows.sort(key=lambda row: (-row["returned_items"], -row["refunded"]))
    if not rows:
        _nothing(_("Nothing came back."))
        return
    heads = (_("Product"), _("Items returned"), _("Share returned"), _("Items"), _("Given back"))
    cells = [
        [
            products_table.name(row),
            products_table.linked(found, row, Measure.RETURNED_ITEMS),
            products_table.said(found, row, Ratio.RETURN_RATE),
            products_table.said(found, row, Measure.ITEMS),
            products_table.said(found, row, Measure.REFUNDED),
        ]
        for row in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 2, 3, 4), kind="ct-figures ct-products"))


def _prices(found: Answer) -> None:
    rows = [row for row in products.named(found.rows) if row["items"]]
    rows.sort(key=lambda row: -row["markdown"])
    heads = (_("Product"), _("Average price"), _("List price"), _("Share taken off"), _("Taken off in all"))
    cells = [
        [
            products_table.name(row),
            products_table.linked(found, row, Ratio.AVERAGE_PRICE),
            products_table.said(found, row, Ratio.LIST_PRICE),
            products_table.said(found, row, Ratio.MARKDOWN_RATE),
            products_table.said(found, row, Measure.MARKDOWN),
        ]
        for row in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 2, 3, 4), kind="ct-figures ct-products"))
