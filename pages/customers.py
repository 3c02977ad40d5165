"""Customers: who buys, how often, how much; a click opens the customer."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.components import written
from pages.parts.order_people import country_name, customer_link
from pages.parts.running import acting, drawing
from pages.parts.tables import table
from services import clock, customers
from services import shop as shops
from services.customers import Customer, CustomerSort
from services.language import _, ago, current, n_, number
from services.money import shown

SIZE = 50


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('sales.css')}</style>")
    st.title(_("Customers"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Find by name or e-mail"),
            key="who",
            bind="query-params",
            placeholder=_("Find by name or e-mail"),
            label_visibility="collapsed",
            on_change=_first_page,
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
    text = st.session_state.get("who", "")
    sort = CustomerSort(st.session_state.get("sort_customers") or CustomerSort.SPENT)
    at = max(1, int(st.session_state.get("customers_page", 1)))
    found = customers.page(shop, text, sort, SIZE, at)
    if not found.customers:
        st.html(f"<div class='ct-card-empty'>{escape(_('No customer here.'))}</div>")
        return
    heads = (_("Customer"), _("Country"), _("Orders"), _("Total"), _("First order"), _("Latest order"))
    with st.container(key="card_customers"):
        st.html(table(heads, [_row(one) for one in found.customers], numbers=(2, 3)))
    pages = max(1, -(-found.total // SIZE))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(n_("{count} customer", "{count} customers", found.total))
        if pages > 1:
            st.pagination(pages, key="customers_page")


def _row(one: Customer) -> list[str]:
    now = clock.now()
    name = escape(one.name or one.email)
    return [
        f"<a class='ct-thing' href='{escape(customer_link(one.key))}' target='_self'>{name}</a>"
        f"<span class='ct-under'>{escape(one.email)}</span>",
        escape(country_name(one.country)),
        escape(number(one.count)),
        escape(shown(one.spent, one.currency, current())),
        escape(ago(one.first_at, now)),
        escape(ago(one.last_at, now)),
    ]


def _sort(sort: CustomerSort) -> str:
    return {
        CustomerSort.SPENT: _("By total"),
        CustomerSort.ORDERS: _("By orders"),
        CustomerSort.LATEST: _("By latest order"),
    }[sort]


@acting
def _first_page() -> None:
    st.session_state["customers_page"] = 1


show()
