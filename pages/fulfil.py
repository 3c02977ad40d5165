"""Fulfil: pick, pack, label and ship many orders in one round."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, flash, fulfil_box, fulfil_round, fulfil_shipping
from pages.parts.components import written
from pages.parts.escaping import md
from pages.parts.running import acting, drawing
from services import clock, people
from services import shop as shops
from services.fulfilling import rounds
from services.fulfilling.round import Round
from services.language import _, ago, n_, number
from services.orders.finding import View, find
from services.shop import Shop

SIZES = (5, 10, 20, 50)


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}{written('fulfil.css')}</style>")
    st.title(_("Fulfil"))
    flash.show()
    asked = st.query_params.get("round", "")
    if asked:
        _round(rounds.get(shop, asked))
    else:
        _begin(shop)


def _begin(shop: Shop) -> None:
    """Where a round begins, and those that are under way."""
    waiting = find(shop, View(rounds.waiting(shop), size=1)).total
    under_way = rounds.open_rounds(shop)
    with st.container(key="card_begin"):
        told = n_("{count} order waits to be packed.", "{count} orders wait to be packed.", waiting)
        st.html(f"<h2>{escape(_('A new round'))}</h2><p class='ct-quiet ct-flat'>{escape(told)}</p>")
        if waiting:
            st.segmented_control(
                _("How many orders to take, the oldest first"),
                SIZES,
                default=10,
                format_func=number,
                key="round_size",
                required=True,
            )
            st.button(_("Begin"), key="begin_round", type="primary", on_click=_start)
    for one in under_way:
        with st.container(key=f"card_{one.id}"):
            title = n_("Round of {count} order", "Round of {count} orders", one.count)
            when = _("begun {ago} by {who}", ago=ago(one.started_at, clock.now()), who=people.shown(one.actor))
            st.html(f"<h2>{escape(title)}</h2><p class='ct-quiet ct-flat'>{escape(when)}</p>")
            st.button(_("Go on"), key=f"go_on_{one.id}", on_click=_go_on, args=(one.id,))


def _round(one: Round) -> None:
    if one.is_closed:
        fulfil_shipping.over(one)
        st.button(_("Back to the rounds"), key="to_rounds", on_click=_leave)
        return
    st.caption(md(rounds.progress(one)))
    fulfil_round.papers(one)
    fulfil_round.scanner(one)
    views = {"pick": _("Pick"), "pack": _("Pack and label"), "ship": _("Ship")}
    view = st.segmented_control(
        _("Step"), list(views), default="pick", format_func=views.__getitem__, key="round_view", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if view == "pick":
        fulfil_round.shelf(one)
    elif view == "pack":
        fulfil_box.show(one)
    else:
        fulfil_shipping.show(one)


@acting
def _start() -> None:
    made = rounds.start(shops.current(), int(st.session_state["round_size"]), asking.actor())
    st.query_params["round"] = made.id


@acting
def _go_on(round_id: str) -> None:
    st.query_params["round"] = round_id


@acting
def _leave() -> None:
    st.query_params.clear()


show()
