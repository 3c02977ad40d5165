"""Questions that merchants ask, each a link to the card that answers it, with its days chosen."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.parts.places import BUYERS, MONEY, OPERATIONS, SALES, Place, exists
from pages.parts.sales_nav import SEE
from services.analytics.periods import Named
from services.analytics.wishes import Compare
from services.language import _


def show() -> None:
    """Draw the list at the foot of the first screen."""
    links = "".join(
        f"<li><a class='ct-onward' href='{escape(place.address)}?{escape(urlencode(asked))}' target='_self'>"
        f"{escape(words)}</a></li>"
        for words, place, asked in _questions()
        if exists(place)
    )
    with st.container(key="overview_questions"):
        st.html(f"<h2>{escape(_('Questions people ask'))}</h2><ul>{links}</ul>")


def _questions() -> tuple[tuple[str, Place, dict[str, str]], ...]:
    year = {"period": Named.YEAR.value}
    return (
        (_("Which payment method fails most, and why?"), OPERATIONS, year | {SEE: "failures"}),
        (
            _("What did last month bring, compared with a year ago?"),
            SALES,
            {"period": Named.LAST_MONTH.value, "compare": Compare.YEAR.value},
        ),
        (_("Which products are bought by customers who come back?"), BUYERS, {SEE: "buyers_products"}),
        (_("How long do orders take to be delivered, by country?"), OPERATIONS, year | {SEE: "times_country"}),
        (
            _("What did discounts cost last quarter?"),
            MONEY,
            {"period": Named.LAST_QUARTER.value, SEE: "money_discounts"},
        ),
        (_("Who used to buy, and has not for six months?"), BUYERS, {SEE: "away"}),
    )
