"""System: what runs here and how it fares, for who answers for it. Each red light says what to do, and leads there."""

from __future__ import annotations

import streamlit as st

from pages.parts import flash, system_backups, system_check, system_lights, system_process, system_queue, system_slow
from pages.parts.components import written
from pages.parts.places import SETTINGS
from pages.parts.running import drawing
from services import shop as shops
from services.language import _


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('system.css')}</style>")
    st.html(f"<a class='ct-link' href='{SETTINGS.address}' target='_self'>← {SETTINGS.title()}</a>")
    st.title(_("System"))
    with st.empty():
        flash.show()
    system_lights.show(shop)
    left, right = st.columns(2, gap="medium")
    with left:
        system_process.show(shop)
        system_check.show(shop)
        system_backups.show(shop)
    with right:
        system_queue.show(shop)
    system_slow.show(shop)


show()
