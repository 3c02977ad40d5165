"""The section of Settings on which mails leave by themselves, and where customers can write to."""

from __future__ import annotations

import streamlit as st

from pages.parts import settings_saving
from pages.parts.places import MAIL_TEMPLATES
from pages.parts.running import acting
from services.language import _
from services.messages import words as mail_words
from services.messages.kinds import Template
from services.profile import Profile
from services.rules import RULES
from services.shop import Shop

KINDS = tuple(template for template in Template if f"sends_{template}" in RULES)


def show(shop: Shop, kept: Profile) -> None:
    """Draw it."""
    with st.form("mails_sent", border=False):
        st.caption(_("What leaves by itself. Before each step you can still decide otherwise."))
        for kind in KINDS:
            st.toggle(mail_words.template(kind), kept.rule(f"sends_{kind}"), key=f"set_sends_{kind}")
        st.text_input(
            _("Customers’ questions go to"),
            kept.rule("contact_email"),
            key="set_contact_email",
            placeholder="bonjour@…",
            help=_("Stands at the foot of every mail, and answers to a mail go there."),
        )
        st.form_submit_button(_("Save"), on_click=_save, key="save_mails_sent", type="primary")
    st.page_link(MAIL_TEMPLATES.file, label=_("Mail templates"))


@acting
def _save() -> None:
    changes = {f"sends_{kind}": st.session_state[f"set_sends_{kind}"] for kind in KINDS}
    changes["contact_email"] = st.session_state["set_contact_email"]
    settings_saving.save(changes)
