"""One order: what was bought, how it was paid, where it goes, what happened, and the next step."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import (
    action_sheet,
    after_action,
    asking,
    bounce_sheet,
    flash,
    going,
    message_truth,
    order_doubled,
    order_goods,
    order_head,
    order_items,
    order_papers,
    order_parcels,
    order_payment,
    order_side,
    order_source,
    order_then,
    order_timeline,
)
from pages.parts.components import written
from pages.parts.places import MESSAGES
from pages.parts.running import drawing
from services import shop as shops
from services.language import _, current
from services.messages import outbox, reports
from services.messages.worker import may_send
from services.orders import life, reading, undoing
from services.orders.order import Order
from services.orders.statuses import ActionName


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}</style>")
    asked, zone = st.query_params.get("id", ""), shop.profile().time_zone
    if then := st.query_params.get("then", ""):
        return order_then.show(shop, asked, then, zone)
    order = reading.order(shop, asked)
    order_head.show(shop, order, zone)
    flash.show()
    order_doubled.show(shop, order)
    message_truth.show(order)
    left, right = st.columns([1.9, 1], gap="medium")
    with right:
        order_side.show(shop, order, zone)
    with left:
        _card("items", _("Items"), order_items.items(order, current()))
        order_payment.show(order, zone)
        if life.ships(order) or order.shipments:
            order_parcels.show(order, zone)
        order_goods.show(shop, order, zone)
        order_papers.show(shop, order)
        with st.container(key="card_timeline"):
            st.html(f"<h2>{escape(_('Timeline'))}</h2>")
            _timeline(order, zone)
        order_source.show(shop, order)
    action_sheet.show()
    bounce_sheet.show()
    after_action.show(order.id)


def _card(key: str, title: str, html: str) -> None:
    with st.container(key=f"card_{key}"):
        st.html(f"<h2>{escape(title)}</h2>{html}")


def _timeline(order: Order, zone: str) -> None:
    told = message_truth.fates(reports.of_order(shops.current(), order.id), zone)
    shop = shops.current()
    leaves = may_send(shop.settings, shop.profile())
    asked = order_timeline.show(
        order, zone, lambda event: undoing.refusal(order, event, zone) is None, told, leaves=leaves
    )
    if asked.undo:
        action_sheet.ask(ActionName.UNDO, order, event=asked.undo)
    if asked.stop:
        outbox.stop(shops.current(), asked.stop, asking.actor())
        st.rerun()
    if asked.read:
        going.to(f"{MESSAGES.address}?read={asked.read}", f"read_{asked.read}")


show()
