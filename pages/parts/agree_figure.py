"""A figure of somebody else's, typed in, beside ours: what may explain the gap."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts.list_address import ListView
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services.analytics.difference import COMPARED, Difference, Explanation, difference
from services.analytics.meanings import MEANINGS
from services.analytics.measures import Clock
from services.analytics.periods import Period
from services.errors import Invalid
from services.imports.amounts import NumberStyle, amount, style_of
from services.language import _, current, number
from services.money import shown
from services.orders.words import Role
from services.shop import Shop


def show(shop: Shop, period: Period, currency: str) -> None:
    """Draw the question, and the answer once a figure is given."""
    st.html(f"<h2>{escape(_('Why is it different?'))}</h2>")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        figure = st.selectbox(
            _("Figure"), COMPARED, format_func=lambda one: MEANINGS[one].name(), key="agree_measure", width=200
        )
        clock = st.selectbox(_("Counted by"), list(Clock), format_func=_clock, key="agree_clock", width=220)
        text = st.text_input(_("What they say"), key="agree_theirs", placeholder="12 345,67", width=220)
    if not text.strip():
        quiet = _(
            "Type the figure of a bank, of the shop system or of last Monday: what makes the difference is listed."
        )
        st.html(f"<p class='ct-quiet'>{escape(quiet)}</p>")
        return
    found = difference(shop, figure, period.first, period.last, _amount(text), Filter(), clock, currency)
    _show(found)


def _clock(clock: Clock) -> str:
    return {Clock.ORDER: _("Day of the order"), Clock.EVENT: _("Day of the money")}[clock]


def _amount(text: str) -> Decimal:
    try:
        return amount(text.strip(), style_of([text]) or NumberStyle.DOT)
    except ValueError as error:
        raise Invalid(_("“{value}” is no amount. Write it like 1234.56 or 1 234,56.", value=text)) from error


def _show(found: Difference) -> None:
    role = Role.GOOD if not found.gap else Role.WAITING
    st.html(
        tiles(
            [
                Tile(_("We say"), _said(found.ours, found)),
                Tile(_("They say"), _said(found.theirs, found)),
                Tile(_("Difference"), _said(found.gap, found, signed=True), role=role),
            ]
        )
    )
    if not found.gap:
        st.html(f"<p>{escape(_('Both agree to the cent.'))}</p>")
        return
    if not found.explanations:
        st.html(f"<p>{escape(_('Nothing that we know of explains it.'))}</p>")
        return
    rows = [_row(one, found) for one in found.explanations[:12]]
    st.html(table([_("What may explain it"), _("It makes"), _("Then still open"), ""], rows, numbers=(1, 2)))
    link = ListView(q=found.query).link
    st.html(f"<p><a href='{escape(link)}' target='_self'>{escape(_('Show the orders of our figure'))}</a></p>")


def _row(one: Explanation, found: Difference) -> list[str]:
    mark = f"<b>✓ {escape(one.sentence)}</b>" if one.is_exact else escape(one.sentence)
    link = ListView(q=one.query).link if one.query else ""
    left = found.gap - one.by
    return [
        mark,
        escape(_said(one.by, found, signed=True)),
        escape(_("nothing") if not left else _said(left, found, signed=True)),
        f"<a href='{escape(link)}' target='_self'>{escape(_('Show the orders'))}</a>" if link else "",
    ]


def _said(value: Decimal, found: Difference, signed: bool = False) -> str:
    sign = "+" if signed and value > 0 else ""
    if found.figure is Measure.ORDERS:
        return sign + number(int(value))
    return sign + shown(value, found.currency, current())
