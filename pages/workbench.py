"""The SQL workbench: ask anything of the shop's data, read-only; see the answer as a table, a chart or a file."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import (
    asking,
    flash,
    sales_nav,
    workbench_answer,
    workbench_editor,
    workbench_events,
    workbench_kept,
    workbench_parameters,
)
from pages.parts.components import written
from pages.parts.places import SQL
from pages.parts.running import drawing
from services import shop as shops
from services.language import _


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('sales.css')}{written('workbench.css')}</style>")
    workbench_events.arrive(shop)
    sales_nav.draw(SQL)
    with st.container(horizontal=True, vertical_alignment="center", key="sql_head"):
        st.title(_("SQL"), anchor=False)
        workbench_kept.show(shop, asking.actor())
    with st.empty():
        flash.show()
    workbench_editor.draw(shop)
    workbench_parameters.show()
    if not workbench_answer.show(shop):
        lead = _(
            "Write a question above, or begin with one of these. Only reading is possible here: nothing that you do "
            "can change the shop."
        )
        st.html(f"<p class='ct-sql-lead'>{escape(lead)}</p>")
        workbench_kept.show_examples()


show()
