"""The head of an order's screen: back to the list, number and statuses, and its neighbours in that list."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.badges import fulfilment_badge, payment_badge
from pages.parts.components import component
from pages.parts.list_address import ListView, read_view
from pages.parts.list_table import shown_number
from services import clock
from services.errors import ShopError
from services.language import _, ago, moment, number
from services.orders import around
from services.orders.order import Order
from services.query import parse
from services.shop import Shop

_head = component(
    "order_head", '<header class="order-head"></header>', ("base.css", "order_head.css"), ("base.js", "order_head.js")
)


def show(shop: Shop, order: Order, zone: str) -> None:
    """Draw it; the list that the order was opened from stands in the address."""
    came_from = read_view(st.query_params.to_dict())
    placed = moment(order.placed_at, zone)
    _head(
        key="order_head",
        data={
            "back": {"href": came_from.link, "word": _("Orders")},
            "number": shown_number(order.number),
            "badges": [payment_badge(order.payment_status), fulfilment_badge(order.fulfilment_status)],
            "placed": _("placed {when} by {customer}", when=placed, customer=order.customer)
            if order.customer
            else _("placed {when}", when=placed),
            "ago": ago(order.placed_at, clock.now()),
            "beside": _beside(shop, order, came_from),
        },
    )


def _beside(shop: Shop, order: Order, came_from: ListView) -> dict[str, Any] | None:
    """The neighbours in the list; none when the list's query is not understood."""
    try:
        found = around.neighbours(shop, came_from.view(parse(came_from.q)), order.id)
    except ShopError:
        return None
    return {
        "place": _("{position} of {total}", position=number(found.position), total=number(found.total)),
        "previous": {"href": _link(came_from, found.previous), "word": _("Previous order")},
        "next": {"href": _link(came_from, found.next), "word": _("Next order")},
    }


def _link(came_from: ListView, order_id: str | None) -> str:
    return came_from.order_link(order_id) if order_id else ""
