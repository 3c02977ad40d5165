"""What waits, what comes back, and what becomes of mails."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card
from pages.parts.figure_card import Kind, Ways
from pages.parts.places import AGEING, MESSAGES, Place
from services.analytics import Asked, Ratio
from services.language import _
from services.shop import Shop


def show(shop: Shop, filter: Filter, own: Filter, currency: str) -> None:
    """Draw them. What waits does so whenever it was placed: `filter` is without the period, `own` with it."""
    with st.container(key="operations_after"):
        left, right = st.columns(2, gap="small")
        with left:
            figures = (Measure.WAITING_ORDERS, Measure.WAITING_DAYS, Measure.WAITING_DAYS_MAX, Measure.WAITING_TOTAL)
            asked = Asked(figures, (Dimension.PAYMENT, Dimension.FULFILMENT), filter, currency=currency)
            figure_card.show(
                shop,
                _("Orders that are not over, whenever placed"),
                asked,
                Kind.TABLE,
                "waiting",
                Ways(nothing=_("No order is waiting.")),
            )
            _to(AGEING, _("Waiting times against the promise"))
        with right:
            figures = (Measure.MAILS, Measure.MAILS_DELIVERED, Measure.MAILS_FAILED)
            asked = Asked(figures, (Dimension.MAIL,), own, currency=currency)
            figure_card.show(
                shop,
                _("What became of mails"),
                asked,
                Kind.TABLE,
                "mails",
                Ways(nothing=_("No order of these days gave rise to a mail.")),
            )
            _to(MESSAGES, _("Open the messages"))
        left, right = st.columns(2, gap="small")
        with left:
            asked = Asked((Measure.REFUND_AMOUNT, Measure.REFUNDS), (Dimension.REFUND_REASON,), own, currency=currency)
            figure_card.show(
                shop,
                _("Given back, by reason"),
                asked,
                Kind.SIZES,
                "refund_reasons",
                Ways(nothing=_("Nothing was given back.")),
            )
        with right:
            returned = (Measure.RETURNED_ITEMS, Ratio.RETURN_RATE, Measure.ITEMS)
            asked = Asked(returned, (Dimension.PRODUCT,), own, currency=currency, limit=10)
            figure_card.show(shop, _("Items returned, by product"), asked, Kind.TABLE, "returned")


def _to(place: Place, words: str) -> None:
    st.html(f"<a class='ct-onward' href='{escape(place.address)}' target='_self'>{escape(words)}</a>")
