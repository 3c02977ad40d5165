"""An order that looks doubled: what it looks like, and what the merchant may say to it."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import action_sheet, asking
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER
from pages.parts.running import acting
from services import shop as shops
from services.language import _
from services.orders import acting as doing
from services.orders import doubled
from services.orders.acting import Request
from services.orders.doubled import Likeness, Suspicion
from services.orders.order import Order
from services.orders.statuses import ActionName
from services.shop import Shop


def show(shop: Shop, order: Order) -> None:
    """Draw the proposal while the order waits for an answer; nothing otherwise."""
    if not doubled.is_doubted(order):
        return
    with shop.store.read() as read:
        found = doubled.suspicion(read, order)
    if found is None:
        return
    with st.container(key="doubled"):
        st.html(_told(found))
        with st.container(key="doubled_steps", horizontal=True, gap="small"):
            if found.likeness is Likeness.PAID_TWICE:
                _button("doubled_refund", _("Give one payment back"), ActionName.REFUND, order)
                _button("doubled_release", _("That is right"), ActionName.RELEASE, order)
            else:
                _button("doubled_cancel", _("Cancel this one"), ActionName.CANCEL, order)
                _answer(order)


def _answer(order: Order) -> None:
    """They are two orders: it is released, or its tag is taken off."""
    words, tag = _("They are two orders"), doubled.tag_of(order)
    if tag:
        st.button(words, key="doubled_release", on_click=_untag, args=(order.id, tag))
    else:
        _button("doubled_release", words, ActionName.RELEASE, order)


@acting
def _untag(order_id: str, tag: str) -> None:
    doing.do(shops.current(), Request(ActionName.UNTAG, order_id, params={"tags": [tag]}), asking.actor())


def _told(found: Suspicion) -> str:
    link = ""
    if found.other_id:
        look = _("Look at {number}", number=shown_number(found.other_number))
        link = f"<span><a href='{ORDER.address}?id={escape(found.other_id)}' target='_self'>{escape(look)}</a></span>"
    waits = _("Decide before anything leaves the shop.")
    return (
        f"<div class='ct-notice ct-notice-waiting' role='alert'><b>{escape(found.sentence())}</b>"
        f"<span>{escape(waits)}</span>{link}</div>"
    )


def _button(key: str, label: str, action: ActionName, order: Order) -> None:
    st.button(label, key=key, on_click=action_sheet.ask, args=(action, order))
