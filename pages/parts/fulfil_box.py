"""Packing: the orders of a round, and the one whose box is open."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import fulfil_round
from pages.parts.escaping import md
from pages.parts.fulfil_round import BOX
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER
from pages.parts.running import acting
from services import shop as shops
from services.fulfilling import rounds
from services.fulfilling.round import Packing, Pick, Round
from services.language import _, number
from services.orders import words
from services.paper.kinds import Paper, name
from services.paper.links import link as paper_link


def show(one: Round) -> None:
    """Draw them: all orders to choose from, then the open one."""
    ids = [packing.order.id for packing in one.orders]
    packings = dict(zip(ids, one.orders, strict=True))
    if st.session_state.get(BOX) not in packings:
        st.session_state[BOX] = next((p.order.id for p in one.orders if not p.is_ready and not p.refusal), ids[0])
    st.pills(
        _("Orders of the round"),
        ids,
        key=BOX,
        required=True,
        format_func=lambda order_id: md(f"{_sign(packings[order_id])} {shown_number(packings[order_id].order.number)}"),
        label_visibility="collapsed",
    )
    _box(one, packings[st.session_state[BOX]])


def _sign(packing: Packing) -> str:
    if packing.refusal:
        return "✕"
    return "✓" if packing.is_picked and packing.tracking_number else "◐" if packing.is_picked else "□"


def _box(one: Round, packing: Packing) -> None:
    order = packing.order
    with st.container(key="card_box"):
        link = f"<a href='{ORDER.address}?id={order.id}' target='_self'>{escape(shown_number(order.number))}</a>"
        to = ", ".join(t for t in (order.customer, order.shipping_address.city, order.shipping_address.country) if t)
        st.html(f"<h2>{link} <span class='ct-quiet'>{escape(to)}</span></h2>")
        if packing.refusal:
            st.html(f"<div class='ct-notice ct-notice-bad'>{escape(packing.refusal)}</div>")
        if order.customer_comment:
            st.html(f"<p class='ct-comment'>{escape(order.customer_comment)}</p>")
        for part in packing.picks:
            _line(one, packing, part)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                _("Tracking number"),
                packing.tracking_number,
                key=f"label_{one.id}_{order.id}_{packing.tracking_number}",
                on_change=_labelled,
                args=(one.id, order.id, packing.tracking_number),
            )
            st.link_button(md(name(Paper.LABEL)), paper_link(Paper.LABEL, [order.id]))
            st.link_button(md(name(Paper.PACKING_SLIP)), paper_link(Paper.PACKING_SLIP, [order.id]))
        with st.container(horizontal=True, gap="small"):
            if not packing.is_picked:
                st.button(_("All of it is in the box"), key="pick_order", on_click=_all, args=(one.id, order.id))
            st.button(
                _("Put this order back"), key="put_back", type="tertiary", on_click=_put_back, args=(one.id, order.id)
            )


def _line(one: Round, packing: Packing, part: Pick) -> None:
    key = f"pick_{part.line.id}_{part.picked}"
    wanted = number(part.wanted.normalize())
    with st.container(horizontal=True, vertical_alignment="center", key=f"line_{part.line.id}"):
        st.checkbox(
            md(f"{wanted} × {part.line.name}"),
            not part.left,
            key=key,
            on_change=_ticked,
            args=(one.id, packing.order.id, part, key),
        )
        about = " · ".join(text for text in (part.line.sku, words.options(part.line)) if text)
        st.html(f"<span class='ct-quiet'>{escape(about)}</span>", width="content")
        if part.picked and part.left:
            st.html(f"<b>{escape(fulfil_round.count(part.picked, part.wanted))}</b>", width="content")


@acting
def _ticked(round_id: str, order_id: str, part: Pick, widget: str) -> None:
    picked = part.wanted if st.session_state[widget] else part.wanted * 0
    rounds.pick(shops.current(), round_id, order_id, part.line.id, picked)
    fulfil_round.forget()


@acting
def _all(round_id: str, order_id: str) -> None:
    rounds.pick_order(shops.current(), round_id, order_id)
    fulfil_round.forget()


@acting
def _labelled(round_id: str, order_id: str, before: str) -> None:
    given = str(st.session_state[f"label_{round_id}_{order_id}_{before}"])
    rounds.label(shops.current(), round_id, order_id, given)


@acting
def _put_back(round_id: str, order_id: str) -> None:
    rounds.put_back(shops.current(), round_id, order_id)
    st.session_state.pop(fulfil_round.BOX, None)
