"""Products that are sold together."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.filters import Filter
from pages.parts import figure_words, products_table
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from pages.parts.tables import table
from services.analytics.sold_together import Pair, together
from services.language import _, current, number
from services.shop import Shop

SHOWN = 12


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card."""
    found = remembered(shop, ("together", filter, currency, current()), lambda: together(shop, filter, currency))
    with st.container(key="figure_together"):
        st.html(f"<h2>{escape(_('Sold together'))}</h2>")
        if not found.pairs:
            nothing = _("No two products stand in two orders together.")
            st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
            return
        heads = (_("Product"), _("and"), _("Orders"), _("Of the first"), _("Of the second"), _("Lift"))
        rows = [_row(one) for one in found.pairs[:SHOWN]]
        st.html(table(heads, rows, numbers=(2, 3, 4, 5), kind="ct-figures ct-products ct-pairs"))
        with st.expander(_("What it means, and the question in SQL")):
            st.html(f"<p class='ct-flat'>{escape(found.definition)}</p>")
            st.code(found.sql, language="sql", wrap_lines=True)


def _row(one: Pair) -> list[str]:
    link = escape(ListView(q=one.query).link)
    return [
        products_table.named(one.first, one.first_sku),
        products_table.named(one.second, one.second_sku),
        f"<a href='{link}' target='_self'>{escape(number(one.orders))}</a>",
        escape(figure_words.percent(one.first_share)),
        escape(figure_words.percent(one.second_share)),
        f"{escape(number(round(one.lift, 1)))}\u202f×",
    ]
