"""Which payment method fails most, and why: in plain words, and in the provider's."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_marks, figure_words
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services.analytics import Answer, Asked, Ratio
from services.analytics.refusals import Refusal, refusals
from services.language import _, current, n_, number
from services.money import shown
from services.shop import Shop

SHOWN = 25  # reasons on the screen; the table and the files have them all
TOLD = 3  # wordings of one reason


def show(shop: Shop, own: Filter, currency: str) -> None:
    """Draw both cards beside each other."""
    with st.container(key="operations_payments"):
        left, right = st.columns([2, 3], gap="small")
        with left:
            figures = (Ratio.FAILURE_RATE, Measure.FAILURES, Measure.ATTEMPTS, Measure.FAILED_AMOUNT)
            asked = Asked(figures, (Dimension.PAYMENT_METHOD,), own, currency=currency)
            figure_card.show(
                shop, _("Payments that failed, by method"), asked, Kind.SIZES, "failures", Ways(draw=_methods)
            )
        with right:
            by = (Dimension.PAYMENT_METHOD, Dimension.FAILURE_REASON)
            asked = Asked((Measure.FAILURES, Measure.FAILED_AMOUNT), by, own, currency=currency)
            title = _("Why payments failed")
            figure_card.show(shop, title, asked, Kind.TABLE, "reasons", Ways(draw=_reasons, narrows=False))


def _methods(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """Of the methods that a provider answered, those that fail most first."""
    column = figure_marks.alike(found)[0]
    places = sorted(range(len(found.rows)), key=lambda place: found.rows[place][column.name] or 0, reverse=True)
    charts.by_size([figure_marks.mark(found, place, column) for place in places[:SHOWN]], key, alt, chosen)


def _reasons(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    reasons = refusals(found)
    if not reasons:
        st.html(f"<div class='ct-figure-empty'>{escape(_('No payment failed here.'))}</div>")
        return
    heads = (_("Payment method"), _("Reason"), _("Failed"), _("Amount"))
    st.html(
        table(
            heads, [_row(one, found.currency) for one in reasons[:SHOWN]], numbers=(2, 3), kind="ct-figures ct-reasons"
        )
    )


def _row(one: Refusal, currency: str) -> list[str]:
    told = " · ".join(_("“{words}”", words=text) for text in one.told[:TOLD])
    if len(one.told) > TOLD:
        told += " " + n_("and {count} more", "and {count} more", len(one.told) - TOLD)
    if one.plain:
        quiet = f"<br><span class='ct-quiet'>{escape(told)}</span>" if told else ""
        why = f"{escape(one.plain)}{quiet}"
    else:
        why = escape(told) or escape(_("No reason given"))
    method = figure_words.value(Dimension.PAYMENT_METHOD, one.method)
    return [escape(method), why, escape(number(one.failures)), escape(shown(one.amount, currency, current()))]
