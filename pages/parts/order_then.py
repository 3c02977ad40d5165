"""An order as it was: the same cards, without anything to do, and a way from event to event."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.parts import order_head, order_items, order_parcels, order_payment, order_side
from pages.parts.places import ORDER
from pages.parts.tables import table
from services import people
from services.language import _, current, moment
from services.orders import doubled, history, unpaid, words
from services.orders.history import Then
from services.shop import Shop


def link(order_id: str, event_id: str) -> str:
    """The address of an order as it was after an event."""
    return f"{ORDER.address}?{urlencode({'id': order_id, 'then': event_id})}"


def show(shop: Shop, order_id: str, event_id: str, zone: str) -> None:
    """Draw it."""
    then = history.then(shop, order_id, event_id)
    order_head.show(shop, then.order, zone)
    _banner(then, zone)
    left, right = st.columns([1.9, 1], gap="medium")
    with right:
        order_side.show_past(then.order, zone)
    with left:
        _card("items", _("Items"), order_items.items(then.order, current()))
        _card("payment", _("Payment"), order_payment.story(then.order, zone))
        _card("parcels", _("Parcels"), order_parcels.story(then.order, zone))
        _card("timeline", _("Timeline"), _who_saw_to_what(then, zone))


def _banner(then: Then, zone: str) -> None:
    """What moment this is, who saw to it, and the ways to the moments around it and back to now."""
    event = then.event
    told = _(
        "The order as it was on {when}, after “{event}” by {who}.",
        when=moment(event.at, zone),
        event=words.event(event.kind),
        who=people.shown(event.actor),
    )
    ways = (
        _way(_("Earlier"), link(then.order.id, then.before) if then.before else ""),
        _way(_("Later"), link(then.order.id, then.after) if then.after else ""),
        _way(_("Back to now"), f"{ORDER.address}?{urlencode({'id': then.order.id})}"),
    )
    said = f"<b>{escape(told)}</b><span class='ct-ways'>{''.join(ways)}</span>"
    st.html(f"<div class='ct-notice ct-notice-waiting'>{said}</div>")


def _who_saw_to_what(then: Then, zone: str) -> str:
    """All that had happened by then, newest first: what, by whom, when; each leads to its own moment."""
    rows = []
    for event in reversed(then.order.events):
        said = _way(words.event(event.kind), "" if event is then.event else link(then.order.id, event.id))
        reason = unpaid.reason(event) or doubled.reason(event)
        under = f"<span class='ct-under'>{escape(reason)}</span>" if reason else ""
        what = said or f"<b>{escape(words.event(event.kind))}</b>"
        rows.append([f"{what}{under}", escape(people.shown(event.actor)), escape(moment(event.at, zone))])
    return table((_("What"), _("Who"), _("When")), rows, numbers=(2,), kind="ct-orders")


def _way(title: str, address: str) -> str:
    return f"<a href='{escape(address)}' target='_self'>{escape(title)}</a> " if address else ""


def _card(key: str, title: str, html: str) -> None:
    with st.container(key=f"card_{key}"):
        st.html(f"<h2>{escape(title)}</h2>{html}")
