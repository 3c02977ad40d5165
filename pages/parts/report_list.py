"""Reports by mail: what goes out, when, to whom, and what became of it last."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from pages.parts import asking, flash, report_form
from pages.parts.badges import html as badge
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.boards import keeping
from services.errors import ShopError
from services.language import _, day, n_
from services.orders.words import Role
from services.profile import Profile
from services.scheduled import report as reports
from services.scheduled import sending
from services.scheduled.report import Kept, Report
from services.scheduled.schedule import next_due
from services.shop import Shop


def show(shop: Shop) -> None:
    """Draw them, with the form for another one."""
    every = reports.reports_of(shop)
    rules = shop.profile()
    if report_form.is_open():
        report_form.show(shop)
    elif not keeping.charts(shop):
        said = _("Keep a chart on a board first: any chart, or a whole board, can then go out by mail at its hour.")
        st.html(f"<div class='ct-board-empty'><span>{escape(said)}</span></div>")
    else:
        if not every:
            said = _("A chart or a whole board by mail at its hour: with its pictures, tables and files.")
            st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
        with st.container(horizontal=True, key="report_begin"):
            st.button(_("New report"), key="report_new", type="primary", on_click=report_form.open_new)
    if every:
        now = clock.now()
        with st.container(key="card_reports"):
            for one in every:
                _row(one, rules, now)


def _row(one: Kept, rules: Profile, now: datetime) -> None:
    own = one.report
    left, right = st.columns([4, 3], vertical_alignment="center")
    with left:
        st.html(_described(one, rules, now))
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        st.button(_("Send me one now"), key=f"report_try_{own.id}", on_click=_try, args=(own.id,), disabled=not one.of)
        said = _("Resume") if own.is_paused else _("Pause")
        st.button(said, key=f"report_pause_{own.id}", on_click=_pause, args=(own.id, not own.is_paused))
        st.button(_("Edit"), key=f"report_change_{own.id}", on_click=report_form.open_report, args=(own,))
        st.button(_("Delete"), key=f"report_delete_{own.id}", on_click=_delete, args=(own.id,))


def _described(one: Kept, rules: Profile, now: datetime) -> str:
    own = one.report
    to = ", ".join(own.recipients) or rules.merchant_email or _("nobody: no address is given")
    of = one.of or _("what it told of is gone")
    lines = [" · ".join([of, report_form.said_when(own.schedule), to])]
    if one.due_on:
        became = n_("{count} mail", "{count} mails", one.count_mails) if not one.fault else one.fault
        lines.append(_("Last on {day}: {became}", day=day(one.due_on), became=became))
    if not own.is_paused:
        following = next_due(own.schedule, max(now, one.since), rules.time_zone)
        lines.append(_("Next on {day}", day=day(following)))
    under = "".join(f"<span class='ct-under'>{escape(text)}</span>" for text in lines)
    return f"<div class='ct-alert'><b>{escape(own.title)}</b> {_sign(one, own)}{under}</div>"


def _sign(one: Kept, own: Report) -> str:
    if own.is_paused:
        return badge({"sign": "‖", "role": Role.OVER.value, "word": _("Paused")})
    if one.fault or not one.of:
        return badge({"sign": "?", "role": Role.BAD.value, "word": _("Not sent")})
    return ""


@acting
def _try(report_id: str) -> None:
    try:
        row = sending.send_now(shops.current(), report_id, asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    to = row["recipient"]
    flash.tell(_("The report to {recipient} is on its way: Messages shows what becomes of it.", recipient=to))


@acting
def _pause(report_id: str, is_paused: bool) -> None:
    reports.pause(shops.current(), report_id, is_paused)


@acting
def _delete(report_id: str) -> None:
    reports.remove(shops.current(), report_id)
