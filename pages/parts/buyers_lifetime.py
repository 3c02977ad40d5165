"""What customers order over all their orders: how that is spread, and what the best tenth bring."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts import charts, figure_words
from pages.parts.charts import Mark
from pages.parts.remembered import remembered
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services.analytics.lifetime import Lifetime, Step, lifetime
from services.language import _, current, n_, number
from services.money import rounded, shown
from services.shop import Shop


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card."""
    found = remembered(shop, ("lifetime", filter, currency, current()), lambda: lifetime(shop, filter, currency))
    with st.container(key="figure_lifetime"):
        unit = f"<span class='ct-quiet'>{escape(_('customers'))}</span>"
        st.html(f"<h2>{escape(_('Lifetime value: customers by what they ordered in all'))} {unit}</h2>")
        if not found.steps:
            st.html(f"<div class='ct-figure-empty'>{escape(_('No customer is known here.'))}</div>")
            return
        st.html(tiles(_figures(found, currency)))
        marks = [
            Mark("", _name(one, currency), one.customers, number(one.customers))
            for one in found.steps
        ]  # fmt: skip
        charts.by_size(marks, "chart_lifetime", _("Customers by what they ordered in all, as bars"))
        _further(found, currency)


def _figures(found: Lifetime, currency: str) -> list[Tile]:
    def money(amount: Decimal) -> str:
        return shown(rounded(amount, currency), currency, current())

    best = n_("{count} customer from {amount} on", "{count} customers from {amount} on", found.best_customers,
              amount=money(found.tenth))  # fmt: skip
    return [
        Tile(_("A customer orders, on average"), money(found.average)),
        Tile(_("Half of them more than"), money(found.median)),
        Tile(_("The best tenth bring"), figure_words.percent(found.best_share), best),
    ]


def _further(found: Lifetime, currency: str) -> None:
    """The same as a table, what it means, and the question in SQL."""
    heads = (_("Ordered in all"), _("Customers"), _("Orders"), _("Ordered"))
    rows = [
        [
            escape(_name(one, currency)),
            escape(number(one.customers)),
            escape(number(one.orders)),
            escape(shown(one.placed, currency, current())),
        ]
        for one in found.steps
    ]
    with st.expander(_("As a table, and what it means")):
        st.html(table(heads, rows, numbers=(1, 2, 3), kind="ct-figures"))
        st.html(f"<p class='ct-flat'>{escape(found.definition)}</p>")
        st.code(found.sql, language="sql", wrap_lines=True)


def _name(one: Step, currency: str) -> str:
    low = _whole(one.low, currency)
    return (
        _("{low} and more", low=low)
        if one.high is None
        else _("{low} to {high}", low=number(one.low), high=_whole(one.high, currency))
    )


def _whole(amount: Decimal, currency: str) -> str:
    """An amount without its cents."""
    zeros = shown(Decimal(0), currency, current())
    plain = zeros.replace("0.00", "0").replace("0,00", "0").replace("0.000", "0")
    return plain.replace("0", number(amount))
