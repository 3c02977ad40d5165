"""What came in and went out day by day, by payment method and provider, as a bank's statement has it; and each movement
with its reference."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from data.store import Row
from pages.parts import figure_card, figure_words
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.figure_tools import Lead
from pages.parts.list_address import ListView
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER
from pages.parts.tables import table
from services.analytics import Answer, Asked, Clock
from services.analytics.periods import Named, Period
from services.language import _, current, day, number
from services.money import shown
from services.shop import Shop

SHOWN = 20  # rows on the screen, the latest; the files have them all
FIGURES = (Measure.PAID, Measure.REFUNDED, Measure.NET, Measure.MOVEMENTS)


def show(shop: Shop, period: Period, filter: Filter, currency: str) -> None:
    """Draw both cards. Money counts on the day on which it moved, whenever its order was placed."""
    days = None if period.name is Named.ALL else (period.first, period.last)
    by = (Dimension.DAY, Dimension.PAYMENT_METHOD, Dimension.PROVIDER)
    asked = Asked(FIGURES, by, filter, Clock.EVENT, currency, days=days)
    found = figure_card.answered(shop, asked)
    net = sum(row["net"] for row in found.rows)
    lead = Lead(shown(net, found.currency, current())) if found.rows else None
    note = _(
        "Net of what came in and was given back, on the day on which it moved. A bank's statement may have it later, "
        "and less the provider's fees, which no order tells: they are not known here."
    )
    with st.container(key="money_by_day"):
        left, right = st.columns([2, 3], gap="small")
        with left:
            whole = Asked(FIGURES, by[1:], filter, Clock.EVENT, currency, days=days)
            ways = Ways(
                draw=_by_method, lead=lead, note=note, narrows=False, nothing=_("No money moved in these days.")
            )
            figure_card.show(shop, _("Money by payment method"), whole, Kind.TABLE, "money_methods", ways)
        with right:
            ways = Ways(draw=_by_day, narrows=False, nothing=_("No money moved in these days."))
            figure_card.show(shop, _("Day by day, by payment method"), asked, Kind.TABLE, "money_days", ways)
    asked = Asked(FIGURES, (*by, Dimension.REFERENCE, Dimension.ORDER), filter, Clock.EVENT, currency, days=days)
    ways = Ways(draw=_movements, narrows=False, nothing=_("No money moved in these days."))
    figure_card.show(shop, _("Each movement with its reference"), asked, Kind.TABLE, "money_movements", ways)


def _by_method(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    heads = (_("Payment method"), _("Received"), _("Given back"), _("Net"))
    cells = [[_method(row), *(_linked(found, row, one) for one in FIGURES[:3])] for row in found.rows]
    st.html(table(heads, cells, numbers=(1, 2, 3), kind="ct-figures"))


def _method(row: Row) -> str:
    """The method, and the provider quietly beside it where it is another word."""
    name = figure_words.value(Dimension.PAYMENT_METHOD, row["payment_method"])
    if not row["provider"] or row["provider"].casefold() == name.casefold():
        return escape(name)
    return f"{escape(name)} <span class='ct-quiet'>{escape(row['provider'])}</span>"


def _by_day(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    heads = (_("Day"), _("Payment method"), _("Received"), _("Given back"), _("Net"))
    latest = found.rows[::-1][:SHOWN]
    cells = []
    for at, row in enumerate(latest):
        is_same = at > 0 and latest[at - 1]["day"] == row["day"]
        cells.append(
            [
                "" if is_same else escape(day(row["day"])),
                _method(row),
                *(_linked(found, row, one) for one in FIGURES[:3]),
            ]
        )
    st.html(table(heads, cells, numbers=(2, 3, 4), kind="ct-figures"))
    _say_more(found)


def _movements(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    heads = (_("Day"), _("Order"), _("Payment method"), _("Reference"), _("Net"))
    cells = []
    for row in found.rows[::-1][:SHOWN]:
        link = f"{ORDER.address}?{urlencode({'id': row['order_id']})}"
        cells.append(
            [
                escape(day(row["day"])),
                f"<a class='ct-thing' href='{escape(link)}' target='_self'>{escape(shown_number(row['number']))}</a>",
                _method(row),
                escape(row["reference"] or "—"),
                _linked(found, row, Measure.NET),
            ]
        )
    st.html(table(heads, cells, numbers=(4,), kind="ct-figures"))
    _say_more(found)


def _say_more(found: Answer) -> None:
    if len(found.rows) > SHOWN:
        more = _(
            "The latest {shown} of {count} rows. The files have them all.", shown=SHOWN, count=number(len(found.rows))
        )
        st.html(f"<p class='ct-figure-note'>{escape(more)}</p>")


def _linked(found: Answer, row: Row, figure: Measure) -> str:
    """An amount that leads to the orders whose money it is; their list says it again."""
    text = _money(row[figure.value], found.currency)
    behind = found.behind(row, figure) if row[figure.value] else None
    return text if behind is None else f"<a href='{escape(ListView(q=behind).link)}' target='_self'>{text}</a>"


def _money(amount: object, currency: str) -> str:
    return escape(shown(amount, currency, current())) if amount else "<span class='ct-quiet'>—</span>"  # type: ignore[arg-type]
