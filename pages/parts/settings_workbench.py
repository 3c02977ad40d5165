"""The section of Settings on the SQL workbench."""

from __future__ import annotations

import streamlit as st

from pages.parts import settings_saving
from pages.parts.escaping import md
from pages.parts.running import acting
from services import workbench
from services.language import _
from services.profile import Profile
from services.shop import Shop


def show(_shop: Shop, kept: Profile) -> None:
    """Draw it."""
    st.number_input(
        _("A question in SQL may take so many seconds"),
        1,
        600,
        kept.rule(workbench.RULE),
        key=f"set_{workbench.RULE}",
        help=md(_("Files of an answer may take ten times as long.")),
    )
    st.button(_("Save"), on_click=_save, key="save_workbench")


@acting
def _save() -> None:
    settings_saving.save({workbench.RULE: int(st.session_state[f"set_{workbench.RULE}"])})
