"""What taking a gift card asks for, as fields in its sheet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.money_forms import as_typed, typed
from services.language import _
from services.money import plain
from services.orders.order import Order


def redeem(order: Order) -> dict[str, Any]:
    """The card's code, and how much of it: as much as there is when nothing is typed."""
    code, amount = st.columns([2, 1])
    given: dict[str, Any] = {
        "code": code.text_input(_("Gift card code"), key="sheet_code", placeholder="ABCD-EFGH-JKMN-PQRS")
    }
    due = plain(order.due, order.currency)
    label = _("Amount ({currency}), at most {most}", currency=order.currency, most=as_typed(due))
    if wanted := typed(amount.text_input(label, key="sheet_amount", placeholder=_("as much as there is"))):
        given["amount"] = wanted
    return given
