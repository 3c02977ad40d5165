"""Operations: how long orders take to be paid, shipped and delivered, which of them wait, which payments fail and why,
what comes back, and what becomes of mails."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    operations_after,
    operations_payments,
    operations_times,
    sales_nav,
    sales_screen,
)
from pages.parts.components import written
from pages.parts.places import OPERATIONS
from pages.parts.running import drawing
from services.analytics.periods import Named


@drawing
def show() -> None:
    st.html(f"<style>{written('operations.css')}</style>")
    sales_nav.draw(OPERATIONS)
    screen = sales_screen.asked(OPERATIONS, Named.YEAR)
    if screen is None:
        return
    shop, own, currency = screen.shop, screen.own, screen.currency
    operations_times.show(shop, own, currency)
    operations_payments.show(shop, own, currency)
    operations_after.show(shop, screen.filter, own, currency)


show()
