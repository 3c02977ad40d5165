"""Segments of customers: who they are in words, how many, what they bring, and the way to them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from data.dimensions import Dimension
from data.filters import Condition, Field, Filter, Text
from data.measures import Measure
from data.segments import Segment
from pages.parts import figure_card, figure_words
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.list_address import ListView
from pages.parts.places import CUSTOMERS
from pages.parts.tables import table
from services.analytics import Answer, Asked, Ratio, segments
from services.language import _, current, n_, number
from services.money import shown
from services.query import write
from services.shop import Shop

FIGURES = (Measure.CUSTOMERS, Measure.ORDERS, Measure.PLACED, Ratio.AVERAGE_CUSTOMER)
ORDER = (*(segment.value for segment in Segment), "")


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card: the dearest segment first."""
    asked = Asked(FIGURES, (Dimension.SEGMENT,), filter, currency=currency)

    def draw(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
        own = filter & Filter((Condition(Field.CURRENCY, (Text(found.currency),)),))
        st.html(_table(found, own))

    note = _(
        "A segment goes by all orders of a customer up to today, whatever the filter; figures count orders under it. "
        "Of the two bars, the upper is their share of the customers, the lower of what was ordered."
    )
    figure_card.show(shop, _("Segments of customers"), asked, Kind.SIZES, "segments",
                     Ways(draw=draw, narrows=False, note=note))  # fmt: skip


def customers_link(group: str, filter: Filter) -> str:
    """The address of the list of a group's customers who have orders under a filter."""
    asked = {name: text for name, text in (("segment", group), ("q", write(filter))) if text}
    return f"{CUSTOMERS.address}?{urlencode(asked)}"


def _table(found: Answer, filter: Filter) -> str:
    by_segment = {row["segment"]: row for row in found.rows if row["orders"]}
    whole = sum((row["placed"] for row in by_segment.values()), Decimal(0))
    people = sum(row["customers"] for row in by_segment.values())
    heads = (_("Segment"), _("Customers"), _("Orders"), _("Ordered"), _("Share"), _("Ordered per customer"))
    rows = [_row(by_segment[one], found, filter, people, whole) for one in ORDER if one in by_segment]
    return table(heads, rows, numbers=(1, 2, 3, 5), kind="ct-figures ct-segments")


def _row(row: Mapping[str, Any], found: Answer, filter: Filter, people: int, whole: Decimal) -> list[str]:
    segment, currency = row["segment"], found.currency
    behind = found.behind(row)
    orders, placed = escape(number(row["orders"])), escape(shown(row["placed"], currency, current()))
    if behind is not None:
        orders = f"<a href='{escape(ListView(q=behind).link)}' target='_self'>{orders}</a>"
    name = f"<span class='ct-thing'>{escape(segments.name(segment))}</span>"
    if segment:
        name = f"<a href='{escape(customers_link(segment, filter))}' target='_self'>{name}</a>"
    average = shown(row["average_customer"], currency, current()) if row["customers"] else "—"
    return [
        f"{name}<span class='ct-under'>{escape(segments.rule(segment))}</span>"
        f"<span class='ct-under ct-advice'>{escape(segments.advice(segment))}</span>",
        escape(number(row["customers"])),
        orders,
        placed,
        _bar(Decimal(100 * row["customers"]) / people if people else Decimal(0),
             100 * row["placed"] / whole if whole else Decimal(0), row["customers"]),
        escape(average),
    ]  # fmt: skip


def _bar(of_people: Decimal, of_placed: Decimal, count: int) -> str:
    """Two thin bars: the share of customers, and of what was ordered."""
    customers = _("{share} of the customers", share=figure_words.percent(of_people))
    placed = _("{share} of what was ordered", share=figure_words.percent(of_placed))
    said = n_("{count} customer", "{count} customers", count)
    return (
        f"<span class='ct-shares' role='img' aria-label='{escape(customers)}, {escape(placed)}' title='{escape(said)}: "
        f"{escape(customers)}, {escape(placed)}'><i class='ct-of-people' style='--part:{of_people:.1f}%'></i>"
        f"<i style='--part:{of_placed:.1f}%'></i></span>"
    )
