"""What an action on many orders asks for: the same for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from services.carriers.pages import PAGES
from services.language import _
from services.messages import words as mail_words
from services.messages.kinds import Template
from services.orders.statuses import ActionName

Params = dict[str, Any]


def ask(action: ActionName) -> Params:
    """Draw the fields of an action; the parameters as they stand, `reason` among them."""
    return FORMS.get(action, dict)()


def _reason() -> Params:
    return {"reason": st.text_input(_("Reason"), key="bulk_form_reason")}


def _carrier() -> Params:
    chosen = st.selectbox(
        _("Carrier (optional)"),
        list(PAGES),
        index=None,
        key="bulk_form_carrier",
        placeholder=_("Choose or type"),
        accept_new_options=True,
        help=_("Tracking numbers are entered order by order, in Fulfil or from the carrier's file."),
    )
    return {"carrier": chosen} if chosen else {}


def _tags() -> Params:
    text = st.text_input(_("Tags, separated by commas"), key="bulk_form_tags")
    tags = [tag.strip() for tag in text.split(",") if tag.strip()]
    return {"tags": tags} if tags else {}


def _note() -> Params:
    text = st.text_area(_("Note for the staff"), key="bulk_form_note")
    return {"text": text} if text.strip() else {}


def _template() -> Params:
    kinds = [Template.ORDER_CONFIRMATION, Template.ORDER_SHIPPED]
    chosen = st.selectbox(
        _("Message"), kinds, format_func=lambda kind: mail_words.template(kind.value), key="bulk_form_template"
    )
    return {"template": chosen.value}


FORMS: dict[ActionName, Callable[[], Params]] = {
    ActionName.MARK_SHIPPED: _carrier,
    ActionName.HOLD: _reason,
    ActionName.CANCEL: _reason,
    ActionName.MARK_WILL_NOT_DELIVER: _reason,
    ActionName.TAG: _tags,
    ActionName.UNTAG: _tags,
    ActionName.ADD_NOTE: _note,
    ActionName.RESEND: _template,
}
# Actions that mean nothing without what their form asks for.
NEEDED = {
    ActionName.HOLD: "reason",
    ActionName.TAG: "tags",
    ActionName.UNTAG: "tags",
    ActionName.ADD_NOTE: "text",
}
