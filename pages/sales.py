"""Sales: what was placed, paid and given back, by month, by payment method and by country. A click on a bar opens the
orders behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st
from babel.dates import format_date

from data.filters import Field, Filter
from pages.parts import charts, figures_table, filter_piece, going, list_words
from pages.parts.charts import Bar
from pages.parts.components import written
from pages.parts.list_address import ListView, read_view
from pages.parts.order_people import country_name
from pages.parts.places import SALES
from pages.parts.running import drawing
from pages.parts.tiles import Tile, tiles
from services import shop as shops
from services.analytics import Answer, Clock, answer
from services.language import _, current, number
from services.money import shown
from services.orders import words
from services.orders.finding import facets
from services.query import Misread, parse
from services.shop import Shop

MEASURES = ("placed", "paid", "refunded", "net", "orders")
MOST_BARS = 10


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('sales.css')}</style>")
    view = read_view(st.query_params, SALES)
    filter, mistake = _asked(view)
    filter_piece.draw(filter_piece.data(shop, view, filter, mistake) | {"words": list_words.filter_words(_("Sales"))})
    if filter is None:
        return
    _choices(shop)
    clock = Clock(st.session_state.get("clock") or Clock.ORDER)
    currency = st.session_state.get("currency") or ""
    by_month = answer(shop, "revenue_by_month", filter, clock, currency)
    if not by_month.rows:
        nothing = _("No order here: loosen the filters, or choose another currency.")
        st.html(f"<div class='ct-card-empty'>{escape(nothing)}</div>")
        return
    measure = st.session_state.get("measure") or "placed"
    _figures(by_month)
    with st.container(key="card_months"):
        _title(_measure(measure), _("by month"), by_month)
        _chart(by_month, measure, charts.over_time, by_month.rows)
    left, right = st.columns(2, gap="medium")
    for column, name, title in (
        (left, "revenue_by_payment_method", _("by payment method")),
        (right, "revenue_by_country", _("by country")),
    ):
        found = answer(shop, name, filter, clock, currency)
        with column, st.container(key=f"card_{name}"):
            _title(_measure(measure), title, found)
            _chart(found, measure, charts.by_size, found.rows[:MOST_BARS])
    _explained(by_month)


def _asked(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of the address, or what is wrong with it."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


def _choices(shop: Shop) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.segmented_control(
            _("Figure"),
            MEASURES,
            default="placed",
            key="measure",
            required=True,
            format_func=_measure,
            label_visibility="collapsed",
        )
        st.segmented_control(
            _("Money counts on the day of"),
            list(Clock),
            default=Clock.ORDER,
            key="clock",
            required=True,
            format_func=_clock,
            label_visibility="collapsed",
        )
        if len(currencies := _currencies(shop)) > 1:
            st.selectbox(_("Currency"), currencies, key="currency", label_visibility="collapsed", width=110)


def _currencies(shop: Shop) -> list[str]:
    """Currencies that orders have, the shop's own first."""
    own = shop.profile().currency
    found = [choice.value for choice in facets(shop, Filter(), [Field.CURRENCY])[Field.CURRENCY]]
    return [own, *(code for code in found if code != own)]


def _measure(name: str) -> str:
    return {
        "placed": _("Ordered"),
        "paid": _("Received"),
        "refunded": _("Given back"),
        "net": _("Net"),
        "orders": _("Orders"),
    }[name]


def _clock(clock: Clock) -> str:
    return {Clock.ORDER: _("Day of the order"), Clock.EVENT: _("Day of the money")}[clock]


def _figures(by_month: Answer) -> None:
    """The sums over all months: they are the order list's."""
    sums = {name: sum((row[name] for row in by_month.rows), Decimal(0)) for name in MEASURES}
    figures = (Tile(_measure(name), _said(sums[name], name, by_month.currency)) for name in MEASURES)
    st.html(tiles(figures))


def _said(amount: Any, measure: str, currency: str) -> str:
    return number(int(amount)) if measure == "orders" else shown(Decimal(amount), currency, current())


def _title(measure: str, by: str, found: Answer) -> None:
    unit = found.currency if measure != _measure("orders") else _("count")
    st.html(f"<h2>{escape(measure)} {escape(by)} <span class='ct-quiet'>{escape(unit)}</span></h2>")


def _chart(found: Answer, measure: str, draw: Any, rows: Any) -> None:
    """The chart, its table, its file; a click opens the orders behind the bar."""
    bars = [Bar(_name(found, row), row[measure], _said(row[measure], measure, found.currency)) for row in rows]
    visit = st.session_state.setdefault("sales_visit", 0)
    clicked = draw(bars, f"chart_{found.name}_{visit}", _("{figure} as bars", figure=found.name))
    behind = found.behind(rows[clicked]) if clicked is not None and clicked < len(rows) else None
    if behind is not None:
        st.session_state["sales_visit"] = visit + 1  # a fresh chart at the next visit: nothing is selected in it
        going.to(ListView(q=behind).link, f"going_{visit}")
    figures_table.show(found, MEASURES, _measure, _name, _said)


def _name(found: Answer, row: dict[str, Any]) -> str:
    """What a row is about, as a person reads it."""
    what = row[found.columns[0].name]
    match found.columns[0].name:
        case "month":
            return str(format_date(date.fromisoformat(f"{what}-01"), "LLL yyyy", locale=current()))
        case "payment_method":
            return words.payment_method(what)
        case "country":
            return country_name(what) or _("No country")
    return str(what)


def _explained(found: Answer) -> None:
    with st.expander(_("What these figures mean")):
        st.html(f"<p class='ct-flat'>{escape(found.definition)}</p>")
        st.code(found.sql, language="sql", wrap_lines=True)


show()
