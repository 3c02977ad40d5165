"""How long orders take: median and what nine of ten take, month by month, by country and by shipping method."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_marks, figure_words
from pages.parts.charts import Chosen, Series, Shape
from pages.parts.figure_card import Kind, Ways
from services.analytics import Answer, Asked
from services.analytics.meanings import MEANINGS
from services.language import _
from services.shop import Shop

KEY = "operations_step"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an order's way: its median, what nine of ten take, and the orders that have gone it."""

    median: Measure
    most: Measure
    orders: Measure | None


LONG = 96  # hours from which times are drawn in days
STEPS = {
    "whole": Step(Measure.WHOLE_HOURS, Measure.WHOLE_HOURS_P90, Measure.DELIVERED_ORDERS),
    "pay": Step(Measure.PAY_HOURS, Measure.PAY_HOURS_P90, None),
    "ship": Step(Measure.SHIP_HOURS, Measure.SHIP_HOURS_P90, Measure.SHIPPED_ORDERS),
    "deliver": Step(Measure.DELIVER_HOURS, Measure.DELIVER_HOURS_P90, Measure.DELIVERED_ORDERS),
}


def show(shop: Shop, own: Filter, currency: str) -> None:
    """Draw them for the step that is chosen above."""
    name = st.segmented_control(
        _("Step"),
        list(STEPS),
        default="whole",
        key=KEY,
        required=True,
        format_func=lambda one: MEANINGS[STEPS[one].median].name(),
        label_visibility="collapsed",
    )
    step = STEPS[name or "whole"]
    figures = (step.median, step.most, *((step.orders,) if step.orders else ()))
    called = MEANINGS[step.median].name()
    asked = Asked(figures, (Dimension.MONTH,), own, currency=currency)
    note = _("By the month in which orders were placed. Orders that have not come so far yet do not count.")
    by_month = figure_card.answered(shop, asked)
    is_of_days = any((row[step.most.value] or 0) >= LONG for row in by_month.rows)
    unit = _("days") if is_of_days else ""
    ways = Ways(draw=_in_days if is_of_days else _lines, note=note, unit=unit)
    figure_card.show(shop, _("{step} by month", step=called), asked, Kind.LINES, "times_month", ways)
    with st.container(key="operations_times"):
        parts = (
            (_("{step} by country", step=called), Dimension.COUNTRY, "times_country"),
            (_("{step} by shipping method", step=called), Dimension.SHIPPING_METHOD, "times_method"),
        )
        for place, (title, of, key) in zip(st.columns(2, gap="small"), parts, strict=True):
            with place:
                asked = Asked(figures, (of,), own, currency=currency)
                note = _("Bar: half of the orders took no longer. Stroke: nine of ten took no longer.")
                figure_card.show(shop, title, asked, Kind.SIZES, key, Ways(draw=_bars, note=note, unit=unit))


def _lines(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """Both figures month by month, under the names that tell them apart."""
    charts.over_time(figure_marks.ticks(found), _halves(found), key, alt, chosen, Shape.LINES)


def _in_days(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """The same by days."""
    series = [
        replace(one, marks=[replace(mark, amount=None if mark.size is None else mark.size / 24) for mark in one.marks])
        for one in _halves(found)
    ]
    charts.over_time(figure_marks.ticks(found), series, key, alt, chosen, Shape.LINES)


def _halves(found: Answer) -> list[Series]:
    names = dict(zip((column.name for column in figure_marks.alike(found)), (_("half"), _("9 of 10")), strict=False))
    return figure_marks.over_time(found, lambda column: names.get(column.name, column.name))


def _bars(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """Medians as bars, what nine of ten take as a stroke; values that no order has come so far with are left out."""
    median, most = figure_marks.alike(found)[:2]
    places = [place for place, row in enumerate(found.rows) if row[median.name] is not None][:SHOWN]
    marks = []
    for place in places:
        mark, longest = figure_marks.mark(found, place, median), found.rows[place][most.name]
        said = f"{mark.said} · {figure_words.said(longest, most, found.currency)}"
        marks.append(replace(mark, before=longest, said=said))
    if marks:
        charts.by_size(marks, key, alt, chosen)
    else:
        st.html(f"<div class='ct-figure-empty'>{_('No order has come so far yet.')}</div>")
