"""Customers: who buys, how often, how much; a click opens the customer. A segment of them can be listed and taken away
as a file."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts.components import written
from pages.parts.escaping import md
from pages.parts.order_people import country_name, customer_link
from pages.parts.places import BUYERS, CUSTOMERS, exists
from pages.parts.running import acting, drawing
from pages.parts.tables import table
from services import clock, customer_files, customers
from services import shop as shops
from services.analytics import segments
from services.customers import LAPSED, Customer, CustomerPage, CustomerSort, Segment, Wanted
from services.language import _, ago, current, n_, number
from services.money import shown
from services.query import Misread, in_words, parse
from services.shop import Shop

SIZE = 50
GROUPS = (*(segment.value for segment in Segment), LAPSED)


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('customer.css')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(_("Customers"))
        if exists(BUYERS):
            with st.container(width="content"):
                st.page_link(BUYERS.file, label=_("Who comes back"))
    filter = _filter()
    asked = st.query_params.get("segment", "")
    group = asked if asked in GROUPS else ""
    _choices(group)
    wanted = Wanted(st.session_state.get("who", ""), filter, group)
    sort = CustomerSort(st.session_state.get("sort_customers") or CustomerSort.SPENT)
    at = max(1, int(st.session_state.get("customers_page", 1)))
    found = customers.page(shop, wanted, sort, SIZE, at)
    if group or filter:
        _explained(group, filter)
    if not found.customers:
        st.html(f"<div class='ct-card-empty'>{escape(_('No customer here.'))}</div>")
        return
    heads = (_("Customer"), _("Country"), _("Orders"), _("Total"), _("First order"), _("Latest order"))
    with st.container(key="card_customers"):
        st.html(table(heads, [_row(one) for one in found.customers], numbers=(2, 3), kind="ct-people"))
    _foot(shop, wanted, found)


def _choices(group: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Find by name or e-mail"),
            key="who",
            bind="query-params",
            placeholder=_("Find by name or e-mail"),
            label_visibility="collapsed",
            on_change=_first_page,
        )
        st.selectbox(
            _("Segment"),
            GROUPS,
            index=GROUPS.index(group) if group else None,
            key="segment",
            format_func=segments.name,
            placeholder=_("All segments"),
            label_visibility="collapsed",
            on_change=_chose_group,
            width=210,
        )
        st.segmented_control(
            _("Sort by"),
            list(CustomerSort),
            default=CustomerSort.SPENT,
            key="sort_customers",
            required=True,
            format_func=_sort,
            label_visibility="collapsed",
            on_change=_first_page,
        )


def _filter() -> Filter:
    """The filter of the orders that the address asks for; one that is not understood counts as none."""
    try:
        return parse(st.query_params.get("q", ""))
    except Misread:
        return Filter()


def _explained(group: str, filter: Filter) -> None:
    """Who is listed, in words, and the way back to everybody."""
    parts = [segments.rule(group)] if group else []
    if filter:
        said = " · ".join(part.text for part in in_words(filter))
        parts.append(_("only their orders that are: {filter}", filter=said))
    link = f"<a href='{CUSTOMERS.address}' target='_self'>{escape(_('All customers'))}</a>"
    st.html(f"<p class='ct-flat ct-quiet'>{escape('; '.join(parts))}. {link}</p>")


def _foot(shop: Shop, wanted: Wanted, found: CustomerPage) -> None:
    """How many there are, what they come to, further pages, and the files."""
    pages = max(1, -(-found.total // SIZE))
    sums = " · ".join(
        f"{n_('{count} order', '{count} orders', one.orders)}, {shown(one.spent, one.currency, current())}"
        for one in found.sums
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(md(f"{n_('{count} customer', '{count} customers', found.total)} · {sums}"))
        if pages > 1:
            st.pagination(pages, key="customers_page")
        name = f"customers-{wanted.group}" if wanted.group else "customers"
        now = clock.now()
        st.download_button(
            "CSV", lambda: customer_files.csv_bytes(shop, wanted, now), f"{name}.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            "XLSX",
            lambda: customer_files.xlsx_bytes(shop, wanted, now),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
        )


def _row(one: Customer) -> list[str]:
    now = clock.now()
    name = escape(one.name or one.email)
    country, latest = escape(country_name(one.country)), escape(ago(one.last_at, now))
    orders = escape(n_("{count} order", "{count} orders", one.count))
    told = " · ".join(filter(None, (country, orders, latest)))
    return [
        f"<a class='ct-thing' href='{escape(customer_link(one.key))}' target='_self'>{name}</a>"
        f"<span class='ct-under'>{escape(one.email)}</span>"
        f"<span class='ct-under ct-narrow'>{told}</span>",
        country,
        escape(number(one.count)),
        escape(shown(one.spent, one.currency, current())),
        escape(ago(one.first_at, now)),
        latest,
    ]


def _sort(sort: CustomerSort) -> str:
    return {
        CustomerSort.SPENT: _("By total"),
        CustomerSort.ORDERS: _("By orders"),
        CustomerSort.LATEST: _("By latest order"),
    }[sort]


@acting
def _chose_group() -> None:
    """The address says it, so that it can be shared."""
    if chosen := st.session_state["segment"]:
        st.query_params["segment"] = chosen
    else:
        st.query_params.pop("segment", None)
    st.session_state["customers_page"] = 1


@acting
def _first_page() -> None:
    st.session_state["customers_page"] = 1


show()
