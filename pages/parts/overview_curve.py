"""The curve of the sales: now, before, a year before; what is unfinished is dotted. A click shows a step by itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st
from babel.dates import format_date

from data.dimensions import Dimension
from pages.parts import charts, figure_card, overview_figures, period_picker
from pages.parts.charts import Chosen, Mark, Role, Series, Shape
from pages.parts.figure_card import Kind, Ways
from pages.parts.list_address import ListView
from pages.parts.running import acting
from services.analytics import Answer, Figure
from services.analytics.answering import only
from services.analytics.measures import MEANINGS
from services.analytics.overview import DRAWN, Overview, Step
from services.language import _, current, day
from services.shop import Shop

KEY = "overview_curve"


def show(shop: Shop, view: ListView, found: Overview) -> None:
    """Draw it, of the figure that is chosen above it."""
    one = _figure()
    answer = only(found.now.steps, one)
    drawn = found.curve(one)

    def draw(_answer: Answer, key: str, alt: str, _chosen: Chosen | None) -> None:
        charts.over_time(_ticks(drawn, found.grain), _series(found, drawn, one), key, alt, _zoom(view, drawn), SHAPE)

    ways = Ways(draw=draw, orders=overview_figures.orders(only(found.now.totals, one), one), narrows=False)
    figure_card.show(shop, _title(one, found.grain), answer, Kind.CURVE, KEY, ways)
    st.segmented_control(
        _("Figure"),
        list(DRAWN),
        default=DRAWN[0],
        key="overview_figure",
        required=True,
        format_func=lambda figure: MEANINGS[figure].name(),
        label_visibility="collapsed",
    )


SHAPE = Shape.CURVE


def _figure() -> Figure:
    chosen = st.session_state.get("overview_figure")
    return chosen if chosen in DRAWN else DRAWN[0]


def _title(one: Figure, grain: Dimension) -> str:
    name = MEANINGS[one].name()
    return {
        Dimension.HOUR: _("{figure} by hour", figure=name),
        Dimension.DAY: _("{figure} by day", figure=name),
        Dimension.WEEK: _("{figure} by week", figure=name),
        Dimension.MONTH: _("{figure} by month", figure=name),
    }[grain]


def _series(found: Overview, drawn: Sequence[Step], one: Figure) -> list[Series]:
    currency = found.now.totals.currency

    def marks(values: Sequence[Decimal | None], name: str) -> list[Mark]:
        return [
            Mark(
                str(place) if step.now is not None else "",
                f"{_step_name(step, found.grain)} · {name}",
                value,
                overview_figures.said(value, one, currency),
                is_unfinished=step.is_unfinished and name == now,
            )
            for place, (step, value) in enumerate(zip(drawn, values, strict=True))
        ]

    now, before, year = _("now"), _("before"), _("a year before")
    made = [Series(now, marks([step.now for step in drawn], now))]
    if found.before:
        made.append(Series(before, marks([step.before for step in drawn], before), Role.BEFORE))
    if found.year_before and _differs(found):
        made.append(Series(year, marks([step.year_before for step in drawn], year), Role.YEAR_BEFORE))
    return made


def _differs(found: Overview) -> bool:
    """The year before a year is the one before: it is drawn once; and a year without any order is not drawn."""
    if found.before and found.year_before and found.before.period.first == found.year_before.period.first:
        return False
    return bool(found.year_before and found.year_before.steps.rows)


def _ticks(drawn: Sequence[Step], grain: Dimension) -> list[str]:
    patterns = {Dimension.DAY: "d MMM", Dimension.WEEK: "d MMM", Dimension.MONTH: "LLL"}
    if grain is Dimension.HOUR:
        return [f"{step.hour:02d}" for step in drawn]
    texts = []
    for place, step in enumerate(drawn):
        text = str(format_date(step.first, patterns[grain], locale=current()))
        is_new = place and drawn[place - 1].first.year != step.first.year
        texts.append(f"{text}<br>{step.first.year}" if is_new or (not place and grain is Dimension.MONTH) else text)
    return texts


def _step_name(step: Step, grain: Dimension) -> str:
    match grain:
        case Dimension.HOUR:
            return _("{hour}:00 to {hour}:59", hour=step.hour)
        case Dimension.DAY:
            return day(step.first)
        case Dimension.MONTH:
            return str(format_date(step.first, "LLLL y", locale=current()))
    return _("{first} to {last}", first=day(step.first), last=day(step.last))


def _zoom(view: ListView, drawn: Sequence[Step]) -> Chosen:
    """A click or a lasso shows the days of the steps."""

    @acting
    def zoom(keys: tuple[str, ...]) -> None:
        places = [int(key) for key in keys if key.isdigit() and int(key) < len(drawn)]
        if places:
            chosen = [drawn[place] for place in places]
            to = period_picker.own_range(view, min(s.first for s in chosen), max(s.last for s in chosen))
            st.query_params.from_dict(to.params)

    return zoom
