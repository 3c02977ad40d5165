"""What can be made of ticked orders beside an action: their papers, and a round of fulfilment."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, going
from pages.parts.escaping import md
from pages.parts.places import FULFIL
from pages.parts.running import acting, drawing
from services import shop as shops
from services.bulk import Chosen
from services.errors import Invalid
from services.fulfilling import rounds
from services.language import _, n_, number
from services.paper.kinds import Paper, name
from services.paper.links import link
from services.paper.printing import MOST, issue

_OPEN, _NEW, _GO, _ISSUED = "papers_open", "papers_new", "papers_go", "papers_issued"


def ask(chosen: Chosen) -> None:
    """Open the choice of papers for these orders. Raises `Invalid` for more than one file holds."""
    if len(chosen.orders) > MOST:
        raise Invalid(_("At most {count} orders fit into one file.", count=number(MOST)))
    st.session_state[_OPEN] = tuple(order_id for order_id, _version in chosen.orders)
    st.session_state[_ISSUED] = None
    st.session_state[_NEW] = True


def fulfil(chosen: Chosen) -> None:
    """Begin a round with these orders, and go there."""
    made = rounds.start(shops.current(), 0, asking.actor(), [order_id for order_id, _version in chosen.orders])
    st.session_state[_GO] = f"{FULFIL.address}?round={made.id}"


def open_if_asked() -> None:
    """For the piece of screen in which the question was asked: the choice belongs to the whole screen."""
    if st.session_state.pop(_NEW, False):
        st.rerun()
    if address := st.session_state.pop(_GO, ""):
        going.to(address, f"go_{address}")


def show() -> None:
    """Draw the choice that is open, if any."""
    ids = st.session_state.get(_OPEN)
    if not ids:
        return
    title = f"{_('Print')} · {n_('{count} order', '{count} orders', len(ids))}"

    @st.dialog(md(title), on_dismiss=close)
    @drawing
    def choice() -> None:
        told = _("One file for all of them. Invoices and credit notes get their numbers first.")
        st.html(f"<p class='ct-quiet'>{escape(told)}</p>")
        for paper in Paper:
            if paper.is_issued and st.session_state.get(_ISSUED) is not paper:
                words = _("Issue: {paper}", paper=name(paper))
                st.button(words, key=f"issue_{paper}", width="stretch", on_click=_issue, args=(paper, ids))
            else:
                st.link_button(md(name(paper)), link(paper, ids), width="stretch")

    choice()


@acting
def close() -> None:
    """Put the choice away."""
    st.session_state.pop(_OPEN, None)


@acting
def _issue(paper: Paper, ids: tuple[str, ...]) -> None:
    issue(shops.current(), paper, ids, asking.actor())
    st.session_state[_ISSUED] = paper
