"""The section of Settings on papers: who sends, the logo, legal lines and the numbers of invoices."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking, flash
from pages.parts.escaping import md
from pages.parts.running import acting
from services import clock, profile
from services import shop as shops
from services.errors import Invalid
from services.language import _, conventions, current
from services.paper.sender import has_logo, keep_logo
from services.profile import Profile
from services.shop import Shop

_NAMES = ("sender_address", "sender_country", "legal_lines", "invoice_prefix", "credit_note_prefix")


def show(shop: Shop, kept: Profile) -> None:
    """Draw it."""
    territories = conventions(current()).territories
    countries = ["", *sorted((code for code in territories if code.isalpha()), key=lambda code: territories[code])]
    with st.form("papers", border=False):
        st.text_area(_("Address of the shop"), kept.rule("sender_address"), key="set_sender_address", max_chars=500)
        st.selectbox(
            _("Country"),
            countries,
            countries.index(kept.rule("sender_country")),
            format_func=lambda code: territories.get(code, "—"),
            key="set_sender_country",
            help=md(_("Labels name the country only of parcels that leave it.")),
        )
        st.text_area(
            _("Legal lines of invoices"),
            kept.rule("legal_lines"),
            key="set_legal_lines",
            max_chars=600,
            help=md(_("Company form, registration and VAT numbers, as your country asks for them.")),
        )
        first, second = st.columns(2)
        first.text_input(
            _("Invoice numbers begin with"), kept.rule("invoice_prefix"), key="set_invoice_prefix", max_chars=12
        )
        second.text_input(
            _("Credit note numbers begin with"),
            kept.rule("credit_note_prefix"),
            key="set_credit_note_prefix",
            max_chars=12,
        )
        st.file_uploader(_("Logo"), ["png", "jpg", "jpeg", "webp"], key="set_logo")
        with shop.store.read() as read:
            is_there = has_logo(read)
        if is_there:
            st.checkbox(_("Take the logo away"), key="drop_logo")
        st.form_submit_button(_("Save"), on_click=_save, key="save_papers", type="primary")


@acting
def _save() -> None:
    shop = shops.current()
    changes = {name: st.session_state[f"set_{name}"] for name in _NAMES}
    try:
        given, now, who = st.session_state["set_logo"], clock.now(), asking.actor().name
        with shop.store.write() as write:
            profile.change(write, shop.settings, changes, who, now)
            if given or st.session_state.get("drop_logo"):
                keep_logo(write, given.getvalue() if given else b"", who, now)
    except Invalid as error:
        flash.tell(error.sentence, is_bad=True)
        return
    flash.tell(_("Saved."))
