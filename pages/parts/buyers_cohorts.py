"""Cohorts as a table whose cells are the deeper the more they say; each leads to its orders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st
from babel.dates import format_date

from data.filters import Filter
from pages.parts import figure_card, figure_words
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways, answered
from pages.parts.list_address import ListView
from pages.parts.running import drawing
from services.analytics import Answer, cohorts
from services.analytics.cohorts import MOST_COHORTS, MOST_MONTHS, Cell, Cohort, View
from services.language import _, conventions, current, n_, number
from services.money import rounded, shown
from services.shop import Shop

DEEPEST = 45  # percent of the accent: the text on it stays readable


@st.fragment
@drawing
def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card."""
    by_month, whole = (answered(shop, one) for one in cohorts.asked(filter, currency))
    view = View(st.session_state.get("cohorts_view") or st.session_state.get("cohorts_view_was") or View.RETENTION)
    st.session_state["cohorts_view_was"] = view  # while the card is a list there is nothing to choose
    found = cohorts.cohorts(by_month, whole)

    def draw(answer: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
        _choice(view)
        st.html(_table(found[-MOST_COHORTS:], view, answer))

    note = _("Hatched cells are not over: the month still runs. A click shows the orders of a cell.")
    if len(found) > MOST_COHORTS or any(len(one.cells) > MOST_MONTHS + 1 for one in found):
        note += " " + _("Earlier cohorts and later months are in the files.")
    titles = {
        View.RETENTION: _("Who orders again, by month of the first order"),
        View.PLACED: _("What they order again, by month of the first order"),
        View.VALUE: _("What a customer has ordered so far, by month of the first order"),
    }
    figure_card.show(shop, titles[view], by_month, Kind.HEAT, "cohorts", Ways(draw=draw, narrows=False, note=note))


def _choice(view: View) -> None:
    names = {
        View.RETENTION: _("Share who order"),
        View.PLACED: _("Ordered"),
        View.VALUE: _("Value per customer"),
    }
    st.segmented_control(
        _("Figure"),
        list(View),
        default=view,
        key="cohorts_view",
        required=True,
        format_func=lambda one: names[one],
        label_visibility="collapsed",
    )


def _table(shown_cohorts: tuple[Cohort, ...], view: View, answer: Answer) -> str:
    """The earliest cohort on top, months after the first order across."""
    months = min(MOST_MONTHS, max((one.cells[-1].months_later for one in shown_cohorts), default=0))
    most = max(
        (cell.figure(view) for one in shown_cohorts for cell in one.cells[:months + 1] if _counts(cell, view)),
        default=Decimal(0),
    )  # fmt: skip
    heads = [_("First order"), _("Customers"), *(_after(at) for at in range(months + 1))]
    head = "".join(
        f"<th scope='col' class='{'ct-num' if at else ''}'>{escape(text)}</th>" for at, text in enumerate(heads)
    )
    rows = "".join(_row(one, months, view, most, answer) for one in shown_cohorts)
    return (
        f"<div class='ct-scroll'><table class='ct-cohorts'><caption class='ct-unseen'>"
        f"{escape(_('Months after the first order'))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: Cohort, months: int, view: View, most: Decimal, answer: Answer) -> str:
    name = format_date(date.fromisoformat(f"{one.month}-01"), "LLL yyyy", locale=conventions(current()))
    cells = "".join(_cell(cell, view, most, answer) for cell in one.cells[: months + 1])
    missing = "<td></td>" * (months + 1 - len(one.cells))
    return (
        f"<tr><th scope='row'>{escape(name)}</th><td class='ct-num'>{escape(number(one.customers))}</td>"
        f"{cells}{missing}</tr>"
    )


def _cell(cell: Cell, view: View, most: Decimal, answer: Answer) -> str:
    figure = cell.figure(view)
    deep = int(DEEPEST * min(figure / most, 1)) if most else 0
    open_ = " ct-open" if cell.is_unfinished else ""
    text = escape(_said(figure, view, answer.currency)) if cell.row or view is View.VALUE else "–"
    told = _("so far") if cell.is_unfinished else ""
    if cell.row:
        told = " · ".join(filter(None, (_explained(cell, answer.currency), told)))
        behind = answer.behind(cell.row)
        if behind is not None and cell.row["orders"]:
            text = f"<a href='{escape(ListView(q=behind).link)}' target='_self'>{text}</a>"
    return f"<td class='ct-num'><span class='ct-cell{open_}' style='--deep:{deep}%' title='{escape(told)}'>{text}</span></td>"  # noqa: E501


def _explained(cell: Cell, currency: str) -> str:
    row = cell.row or {}
    return ", ".join((
        n_("{count} customer", "{count} customers", row["customers"]),
        n_("{count} order", "{count} orders", row["orders"]),
        shown(row["placed"], currency, current()),
    ))  # fmt: skip


def _counts(cell: Cell, view: View) -> bool:
    """Whether a cell sets the scale: the first month is all of them, which would leave the others pale."""
    return view is View.VALUE or cell.months_later > 0


def _said(figure: Decimal, view: View, currency: str) -> str:
    if view is View.RETENTION:
        return figure_words.percent(figure.quantize(Decimal(1)))
    return shown(rounded(figure, currency), currency, current()) if view is View.VALUE else _short(figure)


def _short(figure: Decimal) -> str:
    """A sum without its cents, for a narrow cell; the exact one is told when pointed at."""
    return number(figure.quantize(Decimal(1)))


def _after(months: int) -> str:
    return _("Month 0") if not months else f"+{months}"
