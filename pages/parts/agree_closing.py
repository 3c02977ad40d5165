"""Closing a period, the periods that are closed, and what changed in them since."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.closings import FIGURES
from pages.parts import asking, flash
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from pages.parts.running import acting
from pages.parts.tables import table
from services import clock
from services.analytics import closing
from services.analytics.closing import Closing, Correction
from services.analytics.periods import Period
from services.language import _, current, day, moment, n_
from services.money import shown
from services.shop import Shop

MOST = 50  # corrections of one closing on the screen


def show(shop: Shop, period: Period, currency: str) -> None:
    """Draw it."""
    zone = shop.profile().time_zone
    st.html(f"<h2>{escape(_('Closing'))}</h2>")
    quiet = _(
        "A closed period keeps its figures, with who closed it and when. What changes later is told as a correction, "
        "on the day on which it changed."
    )
    st.html(f"<p class='ct-quiet'>{escape(quiet)}</p>")
    label = _(
        "Close {first} to {last} in {currency}", first=day(period.first), last=day(period.last), currency=currency
    )
    st.button(label, key="agree_close", type="primary", on_click=_close, args=(shop, period, currency))
    found = closing.every(shop)
    if not found:
        st.html(f"<div class='ct-card-empty'>{escape(_('No period is closed yet.'))}</div>")
    for one in found:
        _one(shop, one, zone)


@acting
def _close(shop: Shop, period: Period, currency: str) -> None:
    made = closing.close(shop, period.first, period.last, currency, asking.actor(), clock.now())
    flash.tell(_("{first} to {last} is closed.", first=day(made.first), last=day(made.last)))


@acting
def _reopen(shop: Shop, closing_id: str) -> None:
    closing.reopen(shop, closing_id, asking.actor(), clock.now())
    flash.tell(_("The period is open again. What was frozen stays in the list."))


def _one(shop: Shop, one: Closing, zone: str) -> None:
    with st.container(key=f"closing_{one.id}"):
        state = (
            _("closed {when} by {who}", when=moment(one.closed_at, zone), who=one.actor)
            if one.reopened_at is None
            else _("reopened {when} by {who}", when=moment(one.reopened_at, zone), who=one.reopened_by)
        )
        st.html(
            f"<h3>{escape(day(one.first))} – {escape(day(one.last))} "
            f"<span class='ct-quiet'>{escape(one.currency)} · {escape(state)}</span></h3>"
        )
        names = (_("Ordered"), _("Received"), _("Given back"), _("Received, by its day"), _("Given back, by its day"))
        cells = [escape(shown(one.figures[name], one.currency, current())) for name in FIGURES]
        st.html(table([*names, _("Orders")], [[*cells, str(one.order_count)]], numbers=range(6)))
        if one.stands:
            _since(shop, one)
            st.button(_("Reopen"), key=f"reopen_{one.id}", on_click=_reopen, args=(shop, one.id), type="tertiary")


def _since(shop: Shop, one: Closing) -> None:
    whole = remembered(shop, ("closing_is_whole", one.id), lambda: closing.is_whole(shop, one))
    seal = (
        _("Sealed {seal}", seal=one.seal[:12])
        if whole
        else _("What was frozen was touched afterwards: the seal is broken.")
    )
    changed = remembered(shop, ("closing_corrections", one.id), lambda: closing.corrections(shop, one))
    said = (
        n_("{count} correction since", "{count} corrections since", len(changed))
        if changed
        else _("No correction since")
    )
    st.html(f"<p class='{'ct-quiet' if whole else 'ct-ink-bad'}'>{escape(said)} · {escape(seal)}</p>")
    if changed:
        heads = [_("Changed on"), _("Order"), _("Ordered"), _("Received"), _("Given back")]
        st.html(table(heads, [_row(each) for each in changed[:MOST]], numbers=(2, 3, 4)))


def _row(one: Correction) -> list[str]:
    link = ListView().order_link(one.order_id)
    amounts = (one.by("placed"), one.by("paid") or one.by("moved_paid"), one.by("refunded") or one.by("moved_refunded"))
    return [
        escape(day(one.changed_on) if one.changed_on else _("gone")),
        f"<a href='{escape(link)}' target='_self'>{escape(one.number)}</a>",
        *(
            escape(("+" if by > 0 else "") + shown(by, one.closing.currency, current())) if by else "—"
            for by in amounts
        ),
    ]
