"""A round on the screen: its papers, the one box for scans, and the walk along the shelves."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from pages.parts import flash
from pages.parts.components import component
from pages.parts.escaping import md
from pages.parts.running import acting
from services import shop as shops
from services.fulfilling import rounds, scanning
from services.fulfilling.round import Product, Round
from services.fulfilling.scanning import Meaning
from services.language import _, number
from services.paper.kinds import Paper, name
from services.paper.links import link

_ready = component("ready", "<span></span>", (), ("ready.js",))

BOX = "round_box"  # the order that is being packed
_SAID = "round_said"


def papers(one: Round) -> None:
    """Links to what is printed for the whole round, and the way out of it."""
    ids = [packing.order.id for packing in one.orders]
    with st.container(horizontal=True, gap="small"):
        for paper in (Paper.PICK_LIST, Paper.PACKING_SLIP, Paper.LABEL, Paper.LABELS):
            st.link_button(md(name(paper)), link(paper, ids))
        st.button(_("End without shipping"), key="give_up", type="tertiary", on_click=_give_up, args=(one.id,))


def scanner(one: Round) -> None:
    """The box for scans, and what the last one did."""
    with st.container(key="card_scan"):
        st.text_input(
            _("Scan a product, an order or a parcel"),
            key="scan",
            placeholder=_("SKU, order number or tracking number, then Enter"),
            on_change=_scanned,
            args=(one.id,),
        )
        _ready(key="scan_ready", data={"box": "scan"})
        said = st.session_state.get(_SAID)
        if said:
            tone = "bad" if said.meaning is Meaning.WRONG else "good"
            st.html(f"<div class='ct-notice ct-notice-{tone}' role='status'>{escape(said.sentence)}</div>")


def shelf(one: Round) -> None:
    """What to fetch, by product; a tick says that all of it is there."""
    with st.container(key="card_shelf"):
        for place, product in enumerate(one.products):
            _product(one, product, place)


def _product(one: Round, product: Product, place: int) -> None:
    done = product.picked >= product.wanted
    about = " · ".join(text for text in (product.sku, product.about) if text)
    key = f"shelf_{one.id}_{place}_{product.picked}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{place}"):
        st.checkbox(
            md(product.name),
            done,
            key=key,
            on_change=_fetched,
            args=(one.id, product.key, key),
        )
        st.html(f"<span class='ct-quiet'>{escape(about)}</span>", width="content")
        told = escape(count(product.picked, product.wanted))
        st.html(f"<b class='ct-num {'ct-done' if done else ''}'>{told}</b>", width="content")


def count(picked: Decimal, wanted: Decimal) -> str:
    """How much of something is fetched, in words."""
    return _("{picked} of {wanted}", picked=number(picked.normalize()), wanted=number(wanted.normalize()))


def forget() -> None:
    """What the last scan did is no longer of interest."""
    st.session_state.pop(_SAID, None)


@acting
def _scanned(round_id: str) -> None:
    text = str(st.session_state["scan"])
    st.session_state["scan"] = ""
    done = scanning.scan(shops.current(), round_id, text, st.session_state.get(BOX))
    st.session_state[_SAID] = done
    st.session_state[BOX] = done.order_id
    if done.meaning is Meaning.OPENED:
        st.session_state["round_view"] = "pack"


@acting
def _fetched(round_id: str, key: str, widget: str) -> None:
    rounds.pick_product(shops.current(), round_id, key, is_there=bool(st.session_state[widget]))
    forget()


@acting
def _give_up(round_id: str) -> None:
    rounds.give_up(shops.current(), round_id)
    st.query_params.clear()
    flash.tell(_("The round has ended. Its orders wait again."))
