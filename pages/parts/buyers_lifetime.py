"""What customers order over all their orders: how that is spread, and what the best tenth bring."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from data.filters import Condition, Field, Filter, Range, Text, Value
from pages.parts import buyers_segments, charts, figure_card, figure_words
from pages.parts.charts import Chosen, Mark
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from pages.parts.running import acting
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services import query
from services.analytics.lifetime import Lifetime, Step, lifetime, of_steps
from services.language import _, current, n_, number
from services.money import rounded, shown
from services.orders.statuses import PaymentStatus
from services.shop import Shop

STANDING = Filter((Condition(Field.PAYMENT, (Text(PaymentStatus.CANCELLED.value),), is_negated=True),))


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card."""
    whole = filter.without_field(Field.CUSTOMER_TOTAL)  # bars that are not chosen stand there too, faint
    found = remembered(shop, ("lifetime", whole, currency, current()), lambda: lifetime(shop, whole, currency))
    with st.container(key="figure_lifetime"):
        unit = f"<span class='ct-quiet'>{escape(_('customers'))}</span>"
        st.html(f"<h2>{escape(_('Lifetime value: customers by what they ordered in all'))} {unit}</h2>")
        if not found.steps:
            st.html(f"<div class='ct-figure-empty'>{escape(_('No customer is known here.'))}</div>")
            return
        st.html(tiles(_figures(found, currency)))
        asked = [value for one in filter.conditions if one.field is Field.CUSTOMER_TOTAL for value in one.values]
        marks = [
            Mark(str(at), _name(one, currency), one.customers, number(one.customers), is_faint=not _is_in(one, asked))
            for at, one in enumerate(found.steps)
        ]
        alt = _("Customers by what they ordered in all, as bars")
        charts.by_size(marks, "chart_lifetime", alt, _narrowing(found, currency))
        _further(found, whole, currency)


def _is_in(one: Step, asked: list[Value]) -> bool:
    """Whether the filter asks for the customers of a step, or for everybody."""
    spans = [value for value in asked if isinstance(value, Range)]
    return not asked or any(
        (not isinstance(span.low, Decimal) or span.low <= one.low)
        and (not isinstance(span.high, Decimal) or (one.high is not None and one.high - 1 <= span.high))
        for span in spans
    )


def _narrowing(found: Lifetime, currency: str) -> Chosen:
    """What a click on bars does: the screen is narrowed to these customers, or widened again."""

    @acting
    def narrow(keys: tuple[str, ...]) -> None:
        steps = [found.steps[int(key)] for key in keys if key.isdigit() and int(key) < len(found.steps)]
        asked = query.parse(st.query_params.get("q", ""))
        made = of_steps(asked, steps, currency) if steps else asked
        figure_card.narrow_to(asked.without_field(Field.CUSTOMER_TOTAL) if made == asked else made)

    return narrow


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


def _further(found: Lifetime, filter: Filter, currency: str) -> None:
    """The same as a table that leads to the customers and to their orders, what it means, and the question in SQL."""
    heads = (_("Ordered in all"), _("Customers"), _("Orders"), _("Ordered"))
    rows = [
        [
            escape(_name(one, currency)),
            _linked(buyers_segments.customers_link("", of_steps(filter, (one,), currency)), number(one.customers)),
            _linked(ListView().searched(of_steps(filter, (one,), currency) & STANDING).link, number(one.orders)),
            escape(shown(one.placed, currency, current())),
        ]
        for one in found.steps
    ]
    with st.expander(_("As a table, and what it means")):
        st.html(table(heads, rows, numbers=(1, 2, 3), kind="ct-figures"))
        st.html(f"<p class='ct-flat'>{escape(found.definition)}</p>")
        st.code(found.sql, language="sql", wrap_lines=True)


def _linked(address: str, text: str) -> str:
    return f"<a href='{escape(address)}' target='_self'>{escape(text)}</a>"


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
