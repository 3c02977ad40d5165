"""The form of a report by mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts import asking, flash
from pages.parts.escaping import md
from pages.parts.running import acting
from services import shop as shops
from services.analytics import saying
from services.analytics.periods import Named
from services.boards import keeping
from services.errors import ShopError
from services.language import _, current, weekday
from services.scheduled import report as reports
from services.scheduled.report import Report
from services.scheduled.schedule import Rhythm, Schedule
from services.shop import Shop

OPEN = "report_form"
NEW = "new"
# What a report of each rhythm tells of, unless something else is chosen.
SUITED = {Rhythm.DAILY: Named.YESTERDAY, Rhythm.WEEKLY: Named.LAST_WEEK, Rhythm.MONTHLY: Named.LAST_MONTH}


def is_open() -> bool:
    """Whether the form is shown."""
    return bool(st.session_state.get(OPEN))


@acting
def open_new() -> None:
    """Show it empty."""
    _fill(NEW, {})


@acting
def open_report(report: Report) -> None:
    """Show it with a report, to change it."""
    own = report.schedule
    values = {name: getattr(own, name) for name in ("weekday", "month_day", "hour")}
    values |= {"rhythm": own.rhythm.value, "title": report.title, "recipients": ", ".join(report.recipients)}
    values |= {"of": f"board:{report.board_id}" if report.board_id else f"chart:{report.chart_id}"}
    _fill(report.id, values | {"period": report.period.value if report.period else ""})


def said_when(own: Schedule) -> str:
    """ "Every Monday at 07:00"."""
    at = f"{own.hour:02d}:00"
    match own.rhythm:
        case Rhythm.DAILY:
            return _("Every day at {hour}", hour=at)
        case Rhythm.WEEKLY:
            return _("Every {weekday} at {hour}", weekday=_spoken(own.weekday), hour=at)
    if own.month_day == 31:
        return _("On the last day of each month at {hour}", hour=at)
    return _("On day {day} of each month at {hour}", day=own.month_day, hour=at)


def show(shop: Shop) -> None:
    """Draw it."""
    with st.container(key="card_report_form"):
        st.subheader(_("New report") if st.session_state[OPEN] == NEW else _("Change the report"), anchor=False)
        flash.show()
        _what(shop)
        _when()
        st.text_input(
            _("To (optional)"),
            key=_key("recipients"),
            placeholder=shop.profile().merchant_email or "name@example.com",
            help=md(_("Addresses set apart by commas. Empty: the address that new orders are told to.")),
        )
        with st.container(horizontal=True):
            st.button(_("Save the report"), key="report_save", type="primary", on_click=_save)
            st.button(_("Cancel"), key="report_cancel", on_click=_close)


def _what(shop: Shop) -> None:
    title, of, period = st.columns([2, 2, 1.4], vertical_alignment="bottom")
    title.text_input(_("Title"), key=_key("title"), max_chars=reports.LONGEST_TITLE, placeholder=_("Monday morning"))
    names = {f"board:{one.id}": _("Board: {title}", title=one.title) for one in keeping.boards_of(shop)}
    names |= {f"chart:{one.id}": one.title for one in keeping.charts(shop)}
    if st.session_state[_key("of")] not in names:
        st.session_state[_key("of")] = next(iter(names), None)
    of.selectbox(_("Tells of"), list(names), key=_key("of"), format_func=names.__getitem__)
    periods = {"": _("Each chart its own period")} | {one.value: said for one, said in saying.period_names().items()}
    period.selectbox(_("Period"), list(periods), key=_key("period"), format_func=periods.__getitem__)


def _when() -> None:
    how, day, hour = st.columns(3, vertical_alignment="bottom")
    rhythms = {
        Rhythm.DAILY.value: _("Every day"),
        Rhythm.WEEKLY.value: _("Every week"),
        Rhythm.MONTHLY.value: _("Every month"),
    }
    how.selectbox(_("How often"), list(rhythms), key=_key("rhythm"), format_func=rhythms.__getitem__, on_change=_suit)
    match Rhythm(str(st.session_state[_key("rhythm")])):
        case Rhythm.WEEKLY:
            day.selectbox(_("Weekday"), range(1, 8), key=_key("weekday"), format_func=weekday)
        case Rhythm.MONTHLY:
            day.selectbox(_("Day of the month"), range(1, 32), key=_key("month_day"), format_func=_month_day)
    hour.selectbox(_("At"), range(24), key=_key("hour"), format_func=lambda one: f"{one:02d}:00")


def _month_day(day: int) -> str:
    return _("The last") if day == 31 else str(day)


def _spoken(day: int) -> str:
    """A weekday inside a sentence."""
    name = weekday(day)
    return name.lower() if current() == "fr" else name


def _key(name: str) -> str:
    return f"report_{st.session_state[OPEN]}_{name}"


def _fill(which: str, values: Mapping[str, Any]) -> None:
    st.session_state[OPEN] = which
    empty = {
        "title": "", "of": None, "period": SUITED[Rhythm.WEEKLY].value, "rhythm": Rhythm.WEEKLY.value, "weekday": 1,
        "month_day": 1, "hour": 7, "recipients": "",
    }  # fmt: skip
    for name, value in (empty | dict(values)).items():
        st.session_state[_key(name)] = value


def _wanted() -> Report:
    kept = {
        name: st.session_state.get(_key(name))
        for name in ("title", "of", "period", "rhythm", "weekday", "month_day", "hour", "recipients")
    }
    kind, _colon, of_id = str(kept["of"] or "").partition(":")
    which = str(st.session_state[OPEN])
    return Report(
        str(kept["title"]),
        Schedule(
            Rhythm(str(kept["rhythm"])), int(kept["weekday"] or 1), int(kept["month_day"] or 1), int(kept["hour"] or 0)
        ),
        of_id if kind == "chart" else "",
        of_id if kind == "board" else "",
        Named(str(kept["period"])) if kept["period"] else None,
        reports.addresses(str(kept["recipients"] or "")),
        "" if which == NEW else which,
    )


@acting
def _suit() -> None:
    """The period that suits how often it goes out."""
    st.session_state[_key("period")] = SUITED[Rhythm(str(st.session_state[_key("rhythm")]))].value


@acting
def _save() -> None:
    try:
        reports.keep(shops.current(), _wanted(), asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    st.session_state.pop(OPEN, None)
    flash.tell(_("The report goes out from its next time on."))


@acting
def _close() -> None:
    st.session_state.pop(OPEN, None)
