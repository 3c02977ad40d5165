"""Who has not bought for six months though they used to."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Condition, Field, Filter, Text
from pages.parts.buyers_segments import customers_link
from pages.parts.order_people import customer_link
from pages.parts.remembered import remembered
from pages.parts.tables import table
from services import clock, customers
from services.analytics import segments
from services.customers import LAPSED, Customer, Wanted
from services.language import _, ago, current, n_, number
from services.money import shown
from services.shop import Shop

SHOWN = 8


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card: those who ordered most."""
    own = filter & Filter((Condition(Field.CURRENCY, (Text(currency),)),))
    today = clock.day(clock.now(), shop.profile().time_zone)
    wanted = Wanted(filter=own, group=LAPSED)
    found = remembered(shop, ("away", wanted, today), lambda: customers.page(shop, wanted, limit=SHOWN))
    with st.container(key="figure_away"):
        rule = f"<span class='ct-under'>{escape(segments.rule(LAPSED))}</span>"
        st.html(f"<h2>{escape(_('Away for six months though they used to buy'))}{rule}</h2>")
        if not found.customers:
            nothing = _("Nobody: all who came back once have ordered within six months.")
            st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
            return
        heads = (_("Customer"), _("Orders"), _("Ordered"), _("Latest order"))
        st.html(table(heads, [_row(one) for one in found.customers], numbers=(1, 2), kind="ct-figures"))
        of = found.sums[0]
        all_of_them = n_(
            "All {count} customer, {sum}", "All {count} customers, {sum}", found.total,
            sum=shown(of.spent, of.currency, current()),
        )  # fmt: skip
        link = escape(customers_link(LAPSED, own))
        st.html(f"<p class='ct-flat'><a href='{link}' target='_self'>{escape(all_of_them)}</a></p>")
        with st.expander(_("Asked as SQL")):
            st.code(customers.written(shop, wanted), language="sql", wrap_lines=True)


def _row(one: Customer) -> list[str]:
    name = escape(one.name or one.email)
    return [
        f"<a class='ct-thing' href='{escape(customer_link(one.key))}' target='_self'>{name}</a>",
        escape(number(one.count)),
        escape(shown(one.spent, one.currency, current())),
        escape(ago(one.last_at, clock.now())),
    ]
