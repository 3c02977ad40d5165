"""The row of links between the screens of *Sales*. What is asked goes along: filter, period, currency, clock."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.parts.components import component, written
from pages.parts.list_address import SHARED
from pages.parts.places import SALES_SCREENS, Place, exists
from services.language import _

_row = component("sales_nav", written("sales_nav.html"), ("base.css", "sales_nav.css"), ("base.js", "sales_nav.js"))


SEE = "see"  # the card that the address asks to be looked at first, by its key


def draw(here: Place) -> None:
    """Draw it; `here` is the screen on which it stands."""
    said = {name: st.query_params[name] for name in SHARED if st.query_params.get(name)}
    links = [
        {"title": place.title(), "href": address(place, said), "here": place is here}
        for place in SALES_SCREENS
        if exists(place)
    ]
    _row(key="sales_nav", data={"label": _("Sales"), "links": links, "see": st.query_params.get(SEE, "")})


def address(place: Place, said: dict[str, str]) -> str:
    """The link to a screen with what is asked."""
    return f"{place.address}?{urlencode(said)}" if said else place.address
