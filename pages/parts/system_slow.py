"""Questions to the store that took long, by their shape; what was asked for is not among it."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from data.pace import SLOW
from pages.parts.escaping import md
from pages.parts.moments import short
from pages.parts.tables import table
from services import clock, system
from services.language import _, number
from services.shop import Shop


def show(shop: Shop) -> None:
    """Draw the card."""
    kinds = system.slow()
    with st.container(key="card_slow"):
        st.subheader(md(_("Slow questions")), anchor=False)
        if not kinds:
            said = _("No question took longer than {seconds} s since the start.", seconds=number_of(SLOW))
            st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
            return
        zone, now = shop.profile().time_zone, clock.now()
        rows = [
            [
                f"<code class='ct-statement'>{escape(kind.statement)}</code>",
                escape(number(kind.count)),
                escape(number_of(kind.longest)),
                escape(short(kind.last, now, zone)),
            ]
            for kind in kinds
        ]
        st.html(table([_("Question"), _("How often"), _("Longest, s"), _("Last")], rows, numbers=(1, 2)))
        way = _("Where a list or a report is slow: give the engine more memory by COMPTOIR_MEMORY, then start again.")
        st.html(f"<p class='ct-quiet ct-flat'>{escape(way)}</p>")


def number_of(seconds: float) -> str:
    """Seconds with one decimal, as the language writes them."""
    return number(Decimal(f"{seconds:.1f}"))
