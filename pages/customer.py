"""One customer: what was ordered and when, what staff noted, which mails went out, what it all came to."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from pages.parts import copying, customer_cards, order_people
from pages.parts.components import written
from pages.parts.escaping import md
from pages.parts.places import CUSTOMERS
from pages.parts.running import drawing
from pages.parts.tiles import Tile, tiles
from services import clock, customer_record
from services import shop as shops
from services.analytics import segments
from services.customer_record import CustomerRecord
from services.language import _, ago, current, day, n_, number
from services.money import rounded, shown


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('customer.css')}</style>")
    st.html(f"<a class='ct-back' href='{CUSTOMERS.address}' target='_self'>‹ {escape(_('Customers'))}</a>")
    record = customer_record.record(shop, st.query_params.get("key", ""))
    zone = shop.profile().time_zone
    st.title(md(record.name))
    _segment(record, clock.day(clock.now(), zone))
    st.html(tiles(_figures(record)))
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        _card("orders", _("Orders"), customer_cards.orders(record, zone))
        _card("products", _("Products bought"), customer_cards.products(record, zone))
    with right:
        with st.container(key="card_contact"):
            st.html(f"<h2>{escape(_('Contact'))}</h2>{order_people.contact(record.latest, with_link=False)}")
            if record.latest.email:
                copying.show(record.latest.email, "copy_email", _("E-mail"))
        _card("address", _("Latest shipping address"),
              order_people.address(record.latest.shipping_address, _("There is no shipping address.")))  # fmt: skip
        _card("notes", _("Staff notes"), customer_cards.notes(record, zone))
        _card("mails", _("Mails"), customer_cards.mails(record, zone))


def _segment(record: CustomerRecord, today: date) -> None:
    """The segment in a word, with its rule; it leads to the others who are in it."""
    segment = record.segment(today)
    if segment is None:
        return
    link = f"{CUSTOMERS.address}?segment={segment}"
    st.html(
        f"<p class='ct-flat ct-quiet'><a class='ct-badge ct-tag' href='{link}' target='_self'>"
        f"{escape(segments.name(segment))}</a> {escape(segments.rule(segment))}</p>"
    )


def _card(key: str, title: str, html: str) -> None:
    with st.container(key=f"card_{key}"):
        st.html(f"<h2>{escape(title)}</h2>{html}")


def _figures(record: CustomerRecord) -> list[Tile]:
    """What the customer came to: money of each currency apart."""
    left_out = n_("{count} cancelled order left out", "{count} cancelled orders left out", record.cancelled_count)
    figures = [Tile(_("Orders"), number(record.count), left_out if record.cancelled_count else "")]
    for one in record.sums:
        if one.orders or one.paid:
            kept = _("{net} kept of it", net=shown(one.net, one.currency, current()))
            figures.append(Tile(_("Ordered so far"), shown(one.placed, one.currency, current()), kept))
            average = rounded(one.average, one.currency)
            figures.append(Tile(_("Average order"), shown(average, one.currency, current())))
    if record.first_on and record.last_on:
        figures.append(Tile(_("First order"), day(record.first_on)))
        latest = next((row["placed_at"] for row in record.orders), None)
        figures.append(Tile(_("Latest order"), day(record.last_on), ago(latest, clock.now()) if latest else ""))
    return figures


show()
