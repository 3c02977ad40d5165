"""The curve of the sales: now, before, a year before; what is unfinished is dotted. A click shows a step by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import streamlit as st
from babel.dates import format_date

from data.dimensions import Dimension
from pages.parts import charts, figure_card, overview_figures, period_picker, period_words
from pages.parts.charts import Chosen, Mark, Role, Series, Shape
from pages.parts.figure_card import Kind, Ways
from pages.parts.list_address import ListView
from pages.parts.running import acting, drawing
from services.analytics import Answer, Figure
from services.analytics.answering import only
from services.analytics.meanings import MEANINGS
from services.analytics.overview import DRAWN, Beside, Overview, Step, steps
from services.language import _, conventions, current, day
from services.shop import Shop

KEY, FIGURE, ZOOMED = "overview_curve", "overview_figure", "overview_zoomed"
SHAPE = Shape.CURVE


@st.fragment
@drawing
def show(shop: Shop, view: ListView, found: Overview) -> None:
    """Draw it, of the figure that is chosen above it."""
    if st.session_state.pop(ZOOMED, False):
        st.rerun()  # other days: the whole screen follows
    with st.container(key="overview_sales"):
        st.segmented_control(
            _("Figure"),
            list(DRAWN),
            default=DRAWN[0],
            key=FIGURE,
            required=True,
            format_func=lambda figure: MEANINGS[figure].name(),
            label_visibility="collapsed",
        )
        one = _figure()
        drawn = found.curve(one)

        def draw(_answer: Answer, key: str, alt: str, _chosen: Chosen | None) -> None:
            charts.over_time(
                _ticks(drawn, found.grain), _series(found, drawn, one), key, alt, _zoom(view, drawn), SHAPE
            )

        ways = Ways(draw=draw, orders=overview_figures.orders(only(found.now.totals, one), one), narrows=False)
        figure_card.show(shop, _title(one, found.grain), only(found.now.steps, one), Kind.CURVE, KEY, ways)


def _figure() -> Figure:
    chosen = st.session_state.get(FIGURE)
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
    """A line for each period; a year before without any order is not drawn."""
    made = [_line(found, found.now, [step.now for step in drawn], one, Role.NOW, drawn)]
    if found.before:
        made.append(_line(found, found.before, [step.before for step in drawn], one, Role.BEFORE))
    if found.year_before and found.year_before.steps.rows:
        made.append(_line(found, found.year_before, [step.year_before for step in drawn], one, Role.YEAR_BEFORE))
    return made


def _line(
    found: Overview, of: Beside, values: Sequence[Decimal | None], one: Figure, role: Role, drawn: Sequence[Step] = ()
) -> Series:
    """The marks of a period, each named by its own days; those of now can be clicked."""
    marks = []
    places = steps(of.period, found.grain)
    for at, value in enumerate(values):
        key, first, last = places[min(at, len(places) - 1)]
        marks.append(
            Mark(
                str(at) if drawn and value is not None else "",
                _step_name(key, first, last, found.grain),
                value,
                overview_figures.said(value, one, found.now.totals.currency),
                is_unfinished=bool(drawn) and drawn[at].is_unfinished,
            )
        )
    return Series(period_words.short(of.period), marks, role)


def _ticks(drawn: Sequence[Step], grain: Dimension) -> list[str]:
    patterns = {Dimension.DAY: "d MMM", Dimension.WEEK: "d MMM", Dimension.MONTH: "LLL"}
    if grain is Dimension.HOUR:
        return [f"{step.hour:02d}" for step in drawn]
    texts = []
    for place, step in enumerate(drawn):
        text = str(format_date(step.first, patterns[grain], locale=conventions(current())))
        is_new = place and drawn[place - 1].first.year != step.first.year
        texts.append(f"{text}<br>{step.first.year}" if is_new or (not place and grain is Dimension.MONTH) else text)
    return texts


def _step_name(key: object, first: date, last: date, grain: Dimension) -> str:
    match grain:
        case Dimension.HOUR:
            return _("{day}, {hour}:00 to {hour}:59", day=day(first), hour=key)
        case Dimension.DAY:
            return str(format_date(first, "EEE d MMM y", locale=conventions(current())))
        case Dimension.MONTH:
            return str(format_date(first, "LLLL y", locale=conventions(current())))
    return _("{first} to {last}", first=day(first), last=day(last))


def _zoom(view: ListView, drawn: Sequence[Step]) -> Chosen:
    """A click or a lasso shows the days of the steps."""

    @acting
    def zoom(keys: tuple[str, ...]) -> None:
        places = [int(key) for key in keys if key.isdigit() and int(key) < len(drawn)]
        if places:
            chosen = [drawn[place] for place in places]
            to = period_picker.own_range(view, min(s.first for s in chosen), max(s.last for s in chosen))
            st.query_params.from_dict(to.params)
            st.session_state[ZOOMED] = True

    return zoom
