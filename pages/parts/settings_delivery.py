"""The section of Settings on pickup: where the customer comes, and when."""

from __future__ import annotations

import streamlit as st

from pages.parts import settings_saving
from pages.parts.running import acting
from services.language import _
from services.profile import Profile
from services.shop import Shop

_NAMES = ("pickup_place", "pickup_hours")


def show(shop: Shop, kept: Profile) -> None:
    """Draw it."""
    with st.form("delivery", border=False):
        st.text_area(
            _("Where to come"),
            kept.rule("pickup_place"),
            key="set_pickup_place",
            max_chars=500,
            placeholder=_("Street, town, and how to find the door"),
        )
        st.text_area(_("Opening hours"), kept.rule("pickup_hours"), key="set_pickup_hours", max_chars=500)
        st.caption(_("The mail that an order is ready for pickup says both."))
        st.form_submit_button(_("Save"), on_click=_save, key="save_delivery", type="primary")


@acting
def _save() -> None:
    changes = {name: st.session_state[f"set_{name}"] for name in _NAMES}
    settings_saving.save(changes)
