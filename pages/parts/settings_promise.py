"""The section of Settings on the shop's promise."""

from __future__ import annotations

import streamlit as st

from pages.parts import settings_saving
from pages.parts.escaping import md
from pages.parts.running import acting
from services.language import _
from services.profile import Profile
from services.shop import Shop


def show(shop: Shop, kept: Profile) -> None:
    """Draw it."""
    st.number_input(
        _("Working days in which a paid order leaves"),
        0,
        60,
        kept.rule("promise_days"),
        key="set_promise_days",
        on_change=_save,
        help=md(
            _("Orders that wait longer are late. Public holidays of the shop's country do not count. 0: no promise.")
        ),
    )


@acting
def _save() -> None:
    settings_saving.save({"promise_days": st.session_state["set_promise_days"]})
