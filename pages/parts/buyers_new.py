"""New and returning customers, month by month."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_marks, figure_words
from pages.parts.charts import Chosen, Mark, Role, Series
from pages.parts.figure_card import Kind, Ways
from pages.parts.running import drawing
from services.analytics import Answer, Asked
from services.language import _
from services.shop import Shop

MEASURES = (Measure.CUSTOMERS, Measure.ORDERS, Measure.PLACED)
KINDS = ("new", "returning", "")


@st.fragment
@drawing
def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card; a click on a bar narrows the screen to it."""
    figure = Measure(st.session_state.get("buyers_new") or st.session_state.get("buyers_new_was") or MEASURES[0])
    st.session_state["buyers_new_was"] = figure  # while the card is a table there is nothing to choose
    titles = {
        Measure.CUSTOMERS: _("New and returning customers by month"),
        Measure.ORDERS: _("Orders of new and returning customers by month"),
        Measure.PLACED: _("Ordered by new and returning customers, by month"),
    }

    def draw(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
        _choice(figure)
        _stacked(found, key, alt, chosen)

    asked = Asked((figure,), (Dimension.MONTH, Dimension.CUSTOMER), filter, currency=currency)
    figure_card.show(shop, titles[figure], asked, Kind.BARS, "buyers_new", Ways(draw=draw))


def _choice(figure: Measure) -> None:
    names = {Measure.CUSTOMERS: _("Customers"), Measure.ORDERS: _("Orders"), Measure.PLACED: _("Ordered")}
    st.segmented_control(
        _("Figure"),
        MEASURES,
        default=figure,
        key="buyers_new",
        required=True,
        format_func=lambda one: names[one],
        label_visibility="collapsed",
    )


def _stacked(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """Bars that stand on each other: new customers, returning ones, orders of nobody known."""
    months = _months([row["month"] for row in found.rows])
    places = {(row["month"], row["customer"]): place for place, row in enumerate(found.rows)}
    column = figure_marks.alike(found)[0]
    series = []
    for kind in KINDS:
        if not any(row["customer"] == kind and row[column.name] for row in found.rows):
            continue
        marks = [
            figure_marks.mark(found, places[month, kind], column)
            if (month, kind) in places
            else Mark("", figure_words.value(Dimension.MONTH, month), 0, "0")
            for month in months
        ]
        name = {"new": _("Newcomers"), "returning": _("Returning"), "": _("Unknown")}[kind]
        series.append(Series(name, marks, Role.NOW if kind else Role.REST))
    ticks = [figure_words.tick(Dimension.MONTH, month, at == 0) for at, month in enumerate(months)]
    charts.over_time(ticks, series, key, alt, chosen)


def _months(known: Sequence[str]) -> list[str]:
    """Every month from the first to the last."""
    counts = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in known]
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(min(counts), max(counts) + 1)]
