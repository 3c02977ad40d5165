"""The bridge between the two clocks of money, step by step, each with its orders."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Condition, Field, Filter, Range
from pages.parts.list_address import ListView
from pages.parts.tables import table
from services.analytics.bridging import Bridge, Span, Step, bridge
from services.analytics.periods import Period
from services.language import _, current, day, n_
from services.money import shown
from services.shop import Shop


def show(shop: Shop, period: Period, filter: Filter, currency: str) -> None:
    """Draw it."""
    within = filter & Filter((Condition(Field.PLACED, (Range(period.first, period.last),)),))
    found = bridge(shop, within, currency)
    st.html(f"<h2>{escape(_('From the day of the order to the day of the money'))}</h2>")
    st.html(
        "<p class='ct-quiet'>"
        + escape(
            _(
                "What orders of {first} to {last} brought is not what moved in these days: this lies between.",
                first=day(found.first),
                last=day(found.last),
            )
        )
        + "</p>"
    )
    st.html(
        table(
            [_("Step"), _("Received"), _("Given back"), _("Net"), ""], _rows(found), numbers=(1, 2, 3), kind="ct-bridge"
        )
    )
    with st.expander(_("What is this?")):
        st.html(f"<p class='ct-flat'>{escape(found.answer.definition)}</p>")
        st.code(found.answer.sql, language="sql", wrap_lines=True)


def _rows(found: Bridge) -> list[list[str]]:
    return [
        [
            _strong(step_name(span.step), _is_end(span)),
            *(
                _strong(_money(amount, span, found.currency), _is_end(span))
                for amount in (span.paid, span.refunded, span.net)
            ),
            _orders(span),
        ]
        for span in found.spans
    ]


def step_name(step: Step) -> str:
    """What people call a step."""
    return {
        Step.BY_ORDER: _("Money of the orders of these days"),
        Step.MOVED_BEFORE: _("less: of it moved before"),
        Step.MOVED_AFTER: _("less: of it moved after"),
        Step.OF_EARLIER_ORDERS: _("plus: moved then, of earlier orders"),
        Step.OF_LATER_ORDERS: _("plus: moved then, of later orders"),
        Step.BY_EVENT: _("Money that moved in these days"),
    }[step]


def _is_end(span: Span) -> bool:
    return span.step in (Step.BY_ORDER, Step.BY_EVENT)


def _strong(text: str, is_strong: bool) -> str:
    return f"<b>{escape(text)}</b>" if is_strong else escape(text)


def _money(amount: object, span: Span, currency: str) -> str:
    return "—" if not amount and not _is_end(span) else shown(amount, currency, current())  # type: ignore[arg-type]


def _orders(span: Span) -> str:
    if not span.orders and not _is_end(span):
        return ""
    words = n_("{count} order", "{count} orders", span.orders) if span.orders else _("Show the orders")
    return f"<a href='{escape(ListView(q=span.query).link)}' target='_self'>{escape(words)}</a>"
