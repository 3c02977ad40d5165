"""The five figures of the overview, each with how it moved, what it means and the orders behind it."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from data.measures import Measure
from pages.parts import figure_tools, figure_words, period_picker, period_words
from pages.parts.figure_tools import Lead
from pages.parts.list_address import ListView
from pages.parts.tiles import Change
from services.analytics import Answer, Figure
from services.analytics.answering import only
from services.analytics.meanings import MEANINGS, column
from services.analytics.overview import FIGURES, Beside, Overview, change
from services.analytics.periods import Named
from services.language import _
from services.orders.words import Role
from services.shop import Shop

# More of these is no good news.
UNWELCOME = frozenset({Measure.REFUNDED})


def show(found: Overview) -> None:
    """Draw them in a row, two beside each other on a phone."""
    with st.container(key="overview_figures"):
        for place, one in zip(st.columns(len(FIGURES), gap="small"), FIGURES, strict=True):
            with place, st.container(key=f"figure_tile_{one.value}"):
                answer = only(found.now.totals, one)
                lead = Lead(said(found.now.figure(one), one, answer.currency), changes(found, one))
                figure_tools.head(
                    MEANINGS[one].name(), answer, "table", answer.asked, f"tile_{one.value}", lead, orders(answer, one)
                )


def said(amount: Decimal | None, one: Figure, currency: str) -> str:
    """A figure as people read it, "—" where there is none."""
    return figure_words.said(amount, column(one, currency), currency)


def changes(found: Overview, one: Figure) -> tuple[Change, ...]:
    """How a figure moved against the period before, and against that of a year before."""
    made = []
    if found.before:
        against = period_words.against_before(found.now.period, found.before.period)
        made.append(_moved(found.now, found.before, one, against))
    if found.year_before:
        made.append(_moved(found.now, found.year_before, one, period_words.against_year(found.now.period)))
    return tuple(one for one in made if one)


def orders(answer: Answer, one: Figure) -> str | None:
    """The query of the orders behind a figure."""
    return answer.behind({}, one)


def say_nothing(shop: Shop, view: ListView, found: Overview) -> None:
    """Why there is nothing to draw, and what would show something."""
    period = found.now.period
    if not any(heap.count for heap in found.heaps):
        sentence = _("There is no order yet. The figures come with the first one.")
    elif period.is_future:
        sentence = _("These days are still to come.")
    elif view.q:
        sentence = _("No order of these days matches the filters: loosen them, or choose other days.")
    else:
        sentence = _("No order in {currency} was placed in these days.", currency=found.now.totals.currency)
    everything = period_picker.address(view, **{"period": Named.ALL.value, "from": "", "to": ""}).link
    link = f" <a href='{escape(everything)}' target='_self'>{escape(_('Show everything'))}</a>"
    st.html(f"<div class='ct-overview-nothing'>{escape(sentence)}{link if period.name is not Named.ALL else ''}</div>")


def _moved(now: Beside, then: Beside, one: Figure, against: str) -> Change | None:
    moved = change(now.figure(one), then.figure(one))
    before = said(then.figure(one), one, now.totals.currency)
    if moved is None:
        return Change(before, Role.OVER, against) if then.figure(one) is not None else None
    role = Role.OVER
    if round(moved, 1):
        role = Role.GOOD if (moved > 0) != (one in UNWELCOME) else Role.BAD
    return Change(figure_words.percent(moved, signed=True), role, _("against {period}", period=against))
