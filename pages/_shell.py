"""The script of every screen: who asks and in which language, the bar at the top, then the screen itself.

It lives inside `pages/` so that no screen can be opened without it (see docs/decisions).
"""

from __future__ import annotations

import json

import streamlit as st

from pages.parts import first_page, freeze_bar, header
from pages.parts.components import FRONTEND, written
from pages.parts.places import BOARDS, places
from pages.parts.running import drawing
from pages.parts.tokens import css_tokens
from services import shop as shops
from services.language import _

st.set_page_config(page_title="Comptoir", page_icon=str(FRONTEND / "icon.svg"), layout="wide")
st.html(f"<style>{css_tokens()}{written('look.css')}{written('tiles.css')}{written('figures.css')}</style>")


@drawing
def shell() -> None:
    said = json.dumps(_("Choose a file"), ensure_ascii=False)  # Streamlit says it in English only
    st.html(f"<style>:root {{ --ct-choose-file: {said}; }}</style>")
    screens = {
        place: st.Page(
            place.file,
            title=place.title(),
            url_path=place.path or None,
            default=not place.path,
            visibility="visible" if place.is_in_menu else "hidden",
        )
        for place in places()
    }
    chosen = st.navigation(list(screens.values()), position="hidden")
    here = next(place for place, screen in screens.items() if screen is chosen or screen.url_path == chosen.url_path)
    if first := first_page.board(shops.current(), here):
        st.switch_page(screens[BOARDS], query_params={"board": first})
    st.set_page_config(page_title=f"{here.title()} · {shops.current().profile().shop_name}")
    with st.container(key="top"):
        header.show(here)
        freeze_bar.show()
    chosen.run()


shell()
