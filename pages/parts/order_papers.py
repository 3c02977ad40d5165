"""The papers of an order: to be opened and printed; invoices and credit notes are issued first."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts.escaping import md
from pages.parts.running import acting
from services import shop as shops
from services.language import _
from services.orders import life
from services.orders.order import Order
from services.orders.statuses import PaymentKind
from services.paper import printing
from services.paper.kinds import Paper, name
from services.paper.links import link
from services.shop import Shop


def show(shop: Shop, order: Order) -> None:
    """Draw the card: a link for each paper that can be printed, a button for each that can be issued."""
    issued = printing.numbers(shop, order.id)
    refunds = sum(payment.kind is PaymentKind.REFUND for payment in order.payments)
    with st.container(key="card_papers"):
        st.html(f"<h2>{escape(_('Papers'))}</h2>")
        with st.container(horizontal=True, gap="small"):
            if life.ships(order):
                _labels(order)
                _link(name(Paper.PACKING_SLIP), Paper.PACKING_SLIP, order)
            for paper, wanted in ((Paper.INVOICE, 1), (Paper.CREDIT_NOTE, refunds)):
                if numbers := issued[paper]:
                    _link(f"{name(paper)} {', '.join(numbers)}", paper, order)
                if len(numbers) < wanted:
                    words = _("Issue the invoice") if paper is Paper.INVOICE else _("Issue the credit note")
                    st.button(words, key=f"issue_{paper}", on_click=_issue, args=(paper, order.id))


def _labels(order: Order) -> None:
    """One label, or one for each parcel."""
    if len(order.shipments) < 2:
        return _link(name(Paper.LABEL), Paper.LABEL, order)
    for place, parcel in enumerate(order.shipments, start=1):
        _link(_("Label of parcel {place}", place=place), Paper.LABEL, order, parcel=parcel.id)


def _link(words: str, paper: Paper, order: Order, **more: str) -> None:
    st.link_button(md(words), link(paper, [order.id], **more))


@acting
def _issue(paper: Paper, order_id: str) -> None:
    shop = shops.current()
    printing.issue(shop, paper, [order_id], asking.actor())
    flash.tell(
        _("{paper} {numbers} is issued.", paper=name(paper), numbers=printing.numbers(shop, order_id)[paper][-1])
    )
