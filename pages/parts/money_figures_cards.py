"""What the shop still owes on gift cards, as of today."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store import Row
from pages.parts import figure_tools
from pages.parts.places import GIFT_CARDS
from pages.parts.remembered import remembered
from pages.parts.tables import table
from services import clock
from services.analytics import liability
from services.analytics.liability import AGES
from services.language import _, current, n_, number
from services.money import shown
from services.shop import Shop

KEY = "money_cards"


def show(shop: Shop) -> None:
    """Draw the card; orders' filters and the period do not touch it."""
    today = clock.day(clock.now(), shop.profile().time_zone)
    found = remembered(shop, ("gift_card_liability", today, current()), lambda: liability.owed(shop))
    with st.container(key=f"figure_{KEY}"):
        figure_tools.head(_("Owed on gift cards today"), found, "table", found.asked, KEY, None, None)
        if not found.rows:
            st.html(f"<div class='ct-figure-empty'>{escape(_('Nothing is owed on gift cards.'))}</div>")
            return
        heads = (_("Currency"), _("Age"), _("Cards"), _("Issued for"), _("Left on them"), _("Runs out within 90 days"))
        st.html(table(heads, [_row(row) for row in found.rows], numbers=(2, 3, 4, 5), kind="ct-figures"))
        st.html(f"<a class='ct-onward' href='{GIFT_CARDS.address}' target='_self'>{escape(_('All gift cards'))}</a>")


def _row(row: Row) -> list[str]:
    currency = row["currency"]
    soon = shown(row["expiring_balance"], currency, current()) if row["expiring_cards"] else "—"
    texts = (
        currency,
        _age(row["months"]),
        number(row["cards"]),
        shown(row["issued"], currency, current()),
        shown(row["balance"], currency, current()),
        soon,
    )
    return [escape(text) for text in texts]


def _age(months: int) -> str:
    upto = next((age for age in AGES if age > months), None)
    if upto is None:
        return n_("{count} month and more", "{count} months and more", months)
    return _("{least} to {most} months", least=months, most=upto)
