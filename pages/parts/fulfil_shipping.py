"""The end of a round: what will be marked as shipped and who is told, before it is done."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, mail_frame
from pages.parts.list_table import shown_number
from pages.parts.places import JOBS, ORDER
from pages.parts.running import acting
from pages.parts.tables import table
from services import bulk
from services import shop as shops
from services.fulfilling import rounds
from services.fulfilling.round import Packing, Round
from services.language import _, n_
from services.orders import elsewhere


def show(one: Round) -> None:
    """Every order with what is in its way, one preview for all, and the one button."""
    ready = [packing for packing in one.orders if packing.is_ready]
    with st.container(key="card_ship"):
        heads = (_("Order"), _("Customer"), _("Tracking number"), "")
        st.html(table(heads, [_row(packing) for packing in one.orders]))
        if not ready:
            nothing = _("Nothing is ready: an order is, once all of it is picked.")
            st.html(f"<p class='ct-quiet ct-flat'>{escape(nothing)}</p>")
            return
        tell = st.checkbox(_("Tell the customers"), value=True, key="ship_tell")
        _preview(one, tell_customer=tell)
        words = n_("Mark {count} order as shipped", "Mark {count} orders as shipped", len(ready))
        st.button(words, key="ship_round", type="primary", on_click=_ship, args=(one.id,))


def over(one: Round) -> None:
    """A round that has ended: where to see what became of it."""
    with st.container(key="card_over"):
        st.html(f"<h2>{escape(_('This round is over.'))}</h2>")
        if one.job_id:
            words = escape(_("See what became of its orders, stop their mails, or undo it"))
            st.html(f"<a href='{JOBS.address}?id={one.job_id}' target='_self'>{words}</a>")


def _preview(one: Round, *, tell_customer: bool) -> None:
    """The one preview for all: what changes, how many mails, who is refused and why."""
    seen = bulk.preview(shops.current(), rounds.to_ship(one, tell_customer=tell_customer), asking.actor())
    told = n_("{count} mail leaves, after the cooling-off time.", "{count} mails leave, after the cooling-off time.",
              seen.mails)  # fmt: skip
    if not seen.mails:
        told = _("Nobody is told.")
    st.html(f"<p class='ct-quiet ct-flat'>{escape(told)}</p>")
    for letter in seen.samples[:1]:
        with st.expander(_("The mail as it will be read")):
            mail_frame.show(letter.html, letter.message.subject, key="ship_mail")
    numbers = {packing.order.id: packing.tracking_number for packing in one.orders if packing.tracking_number}
    for sentence in dict.fromkeys(elsewhere.on_several(shops.current(), numbers).values()):
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(sentence)}</div>")
    for refusal in seen.refusals:
        st.html(f"<div class='ct-notice ct-notice-bad'>{escape(refusal.sentence)}</div>")


def _row(packing: Packing) -> list[str]:
    order = packing.order
    number = escape(shown_number(order.number))
    return [
        f"<a class='ct-thing' href='{ORDER.address}?id={order.id}' target='_self'>{number}</a>",
        escape(order.customer or "—"),
        f"<span class='ct-tracking'>{escape(packing.tracking_number or '—')}</span>",
        _state(packing),
    ]


def _state(packing: Packing) -> str:
    if packing.refusal:
        return f"<span class='ct-bad'>{escape(packing.refusal)}</span>"
    if packing.is_picked:
        return f"<span class='ct-done'>✓ {escape(_('ready'))}</span>"
    return f"<span class='ct-quiet'>{escape(_('not picked in full'))}</span>"


@acting
def _ship(round_id: str) -> None:
    rounds.ship(shops.current(), round_id, asking.actor(), tell_customer=bool(st.session_state["ship_tell"]))
