"""Money: taxes, discounts, what was charged for shipping, what is owed on gift cards, and what came in and went out day
by day, to be laid beside the bank's statement."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    money_figures_cards,
    money_figures_charged,
    money_figures_days,
    money_figures_discounts,
    money_figures_taxes,
    sales_nav,
    sales_screen,
)
from pages.parts.components import written
from pages.parts.places import MONEY
from pages.parts.running import drawing


@drawing
def show() -> None:
    st.html(f"<style>{written('operations.css')}</style>")
    sales_nav.draw(MONEY)
    screen = sales_screen.asked(MONEY)
    if screen is None:
        return
    shop, own, currency = screen.shop, screen.own, screen.currency
    money_figures_days.show(shop, screen.period, screen.filter, currency)
    money_figures_taxes.show(shop, own, currency)
    money_figures_discounts.show(shop, own, currency)
    money_figures_charged.show(shop, own, currency)
    money_figures_cards.show(shop)


show()
