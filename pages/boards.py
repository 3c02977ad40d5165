"""Boards: charts that were kept, side by side; alerts over figures; reports that go out by mail."""

from __future__ import annotations

import streamlit as st

from pages.parts import alert_list, board_bar, board_cards, flash, report_list, sales_nav
from pages.parts.components import written
from pages.parts.places import BOARDS
from pages.parts.running import drawing
from services import shop as shops
from services.language import _


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('boards.css')}</style>")
    sales_nav.draw(BOARDS)
    with st.empty():
        flash.show()
    match board_bar.section():
        case board_bar.ALERTS:
            board_bar.title(_("Alerts"))
            alert_list.show(shop)
        case board_bar.REPORTS:
            board_bar.title(_("Reports"))
            report_list.show(shop)
        case _:
            board_cards.show(shop)


show()
