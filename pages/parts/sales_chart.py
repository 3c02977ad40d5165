"""The large card of the Sales screen: one figure over time, its sum, how it moved, and the proof of the order list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from data.dimensions import Dimension
from data.measures import Measure
from pages.parts import charts, figure_card, figure_words, period_words
from pages.parts.charts import Chosen, Shape
from pages.parts.figure_card import Kind, Ways
from pages.parts.figure_tools import Lead
from pages.parts.remembered import remembered
from pages.parts.running import acting
from pages.parts.sales_asked import SalesAsked, View
from pages.parts.sales_marks import Shown
from pages.parts.tiles import Change
from services import query
from services.analytics import Answer, Asked, Figure
from services.analytics.comparing import begin, change
from services.analytics.dimensions import ABOUT, days
from services.analytics.meanings import MEANINGS
from services.analytics.measures import Clock
from services.analytics.narrowing import narrowed
from services.analytics.wishes import Beside, Sales, adds_up
from services.language import _, n_
from services.orders import finding
from services.orders.words import Role
from services.shop import Shop

KEY = "sales"
HEIGHT = 360
MOST_SERIES = 7
# More of these is no good news.
UNWELCOME = frozenset(
    {Measure.REFUNDED, Measure.CANCELLED_ORDERS, Measure.DUE, Measure.RETURNED_ITEMS, Measure.FAILURES}
    | {Measure.FAILED_AMOUNT, Measure.REFUNDS, Measure.REFUND_AMOUNT, Measure.MAILS_FAILED}
    | {measure for measure in Measure if "_hours" in measure}
)


def title(of: Figure, *by: Dimension) -> str:
    """What a chart shows: "Ordered by month"."""
    named = _(" and ").join(ABOUT[one].name().lower() for one in by)
    return _("{figure} by {dimension}", figure=MEANINGS[of].name(), dimension=named)


def show(shop: Shop, asked: SalesAsked, made: Sales) -> None:
    """Draw it, as bars, lines, a table or a pivot."""
    wish = made.wish
    shown = Shown(made, asked.is_averaged)
    by = (made.grain, wish.by) if wish.by else (made.grain,)

    def draw(_answer: Answer, key: str, alt: str, _chosen: Chosen | None) -> None:
        if asked.view in (View.TABLE, View.PIVOT):
            st.html(shown.pivot() if asked.view is View.PIVOT and wish.by else shown.table())
            return
        is_bars = asked.view is View.BARS and (not wish.by or adds_up(wish.figure, wish.by))
        series = shown.series()
        few = [*series[:MOST_SERIES], *(one for one in series[MOST_SERIES:] if one.role is charts.Role.REST)]
        shape = Shape.BARS if is_bars else Shape.LINES
        charts.over_time(shown.ticks, few if wish.by else series, key, alt, _choosing(made), shape, HEIGHT)

    orders, proof, is_proven = _proof(shop, made)
    lead = Lead(shown.said(made.total), _changes(shown), proof, is_proven)
    kind = Kind.TABLE if asked.view in (View.TABLE, View.PIVOT) else Kind.BARS
    ways = Ways(
        draw=draw,
        lead=lead if made.answer.rows else None,
        orders=orders,
        note=_note(made, is_drawn=asked.view in (View.BARS, View.LINES)),
    )
    figure_card.show(shop, title(wish.figure, *by), made.answer, kind, KEY, ways)


def _changes(shown: Shown) -> tuple[Change, ...]:
    """How the sum moved, against each that was asked for."""
    made, changes = shown.made, []
    for beside, against in ((made.before, period_words.against_before), (made.year, None)):
        if beside is None or beside.period is None:
            continue
        words = against(made.period, beside.period) if against else period_words.against_year(made.period)
        changes.append(_change(shown, beside, words))
    return tuple(changes)


def _change(shown: Shown, beside: Beside, words: str) -> Change:
    moved = change(shown.made.total, beside.total)
    if moved is None:
        return Change(shown.said(beside.total), Role.OVER, words)
    role = Role.OVER
    if round(moved, 1):
        role = Role.GOOD if (moved > 0) != (shown.made.wish.figure in UNWELCOME) else Role.BAD
    return Change(figure_words.percent(moved, signed=True), role, _("against {period}", period=words))


def _proof(shop: Shop, made: Sales) -> tuple[str | None, str, bool]:
    """The query of the orders behind the figure, what the order list says of them, and whether that is the figure."""
    figure = made.wish.figure
    asked = Asked((figure,), (), made.base, Clock.ORDER, made.wish.currency)
    behind = None if made.wish.is_of_event else replace(made.answer, asked=asked).behind({}, figure)
    if behind is None or not made.answer.rows:
        return None, "", False
    view = finding.View(query.parse(behind), size=1)
    found = remembered(shop, ("sums", behind), lambda: finding.find(shop, view))
    count = n_("{count} order in the list", "{count} orders in the list", found.total)
    if figure is Measure.ORDERS:
        return behind, count, found.total == made.total
    if figure is not Measure.PLACED:
        return behind, count, False
    total = found.sums.get(made.answer.currency, Decimal(0))
    if total == made.total:
        return behind, _("{orders}, the same sum", orders=count), True
    return behind, _("{orders}: {sum}", orders=count, sum=Shown(made).said(total)), False


def _note(made: Sales, *, is_drawn: bool) -> str:
    notes = []
    is_counted = isinstance(made.wish.figure, Measure) and "_hours" not in made.wish.figure
    if made.wish.by and is_counted and not adds_up(made.wish.figure, made.wish.by):
        notes.append(_("One may count in several of these: they do not add up to the whole, and have no rest."))
    if made.wish.is_of_event:
        notes.append(_("Money counts on the day on which it moved, whenever its order was placed."))
    if is_drawn and made.open_at is not None and (made.before or made.year):
        notes.append(_("Hatched or dotted is not over yet, and measured against the same days."))
    return " ".join(notes)


def _choosing(made: Sales) -> Chosen:
    """A click on marks: the filter takes over their step of time and their part."""
    by = made.wish.by

    @acting
    def choose(keys: tuple[str, ...]) -> None:
        places = [tuple(map(int, key.split(":"))) for key in keys]
        steps = sorted({at for at, _part in places})
        parts = sorted({part for _at, part in places if part >= 0})
        filter = query.parse(st.query_params.get("q", ""))
        if by and parts:
            filter = narrowed(filter, (by,), [made.parts[part].row for part in parts])
        if made.wish.is_of_event:
            _own_period(_days(made, steps[0])[0], _days(made, steps[-1])[1])
        elif len(steps) < len(made.steps):
            rows = [{made.grain.value: made.steps[at]} for at in steps]
            filter = narrowed(filter, (made.grain,), rows)
        figure_card.narrow_to(filter)

    return choose


def _days(made: Sales, at: int) -> tuple[date, date]:
    step: Any = made.steps[at]
    first = begin(made.grain, step)
    return days(made.grain, step) or (first, first)


def _own_period(first: date, last: date) -> None:
    """Money on its own day: not the orders are narrowed, but the days."""
    st.query_params["period"] = "own"
    st.query_params["from"] = first.isoformat()
    st.query_params["to"] = last.isoformat()
