"""The standing checks: what they said the last time, and a button that runs them beside everything else."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.escaping import md
from pages.parts.moments import short
from pages.parts.running import acting, live
from pages.parts.tables import table
from services import checking, clock
from services import shop as shops
from services.checking import CHECKING, Said
from services.language import _, n_, number
from services.shop import Shop
from services.soundness_words import mending, wrong


def show(_shop: Shop) -> None:
    """Draw the card; it follows a run that is under way."""
    with st.container(key="card_check"):
        st.subheader(md(_("Last check")), anchor=False)
        _said()


@live(every=3)
def _said() -> None:
    shop = shops.current()
    said = checking.last(shop)
    if CHECKING.is_running:
        st.html(f"<p class='ct-quiet'>{escape(_('The checks are running. Go on working meanwhile.'))}</p>")
    elif CHECKING.fault:
        st.html(f"<div class='ct-notice ct-notice-bad'>{escape(CHECKING.fault)}</div>")
    if said is None:
        words = _("Not checked yet. It compares sums, counts, days and words of every order, and changes nothing.")
        st.html(f"<p class='ct-quiet'>{escape(words)}</p>")
    else:
        st.html(_result(shop, said))
    st.button(_("Check now"), on_click=_start, disabled=CHECKING.is_running, key="check_now")


def _result(shop: Shop, said: Said) -> str:
    when = escape(short(said.at, clock.now(), shop.profile().time_zone))
    took = _("{count} checks in {seconds} s", count=number(said.count), seconds=number(round(said.seconds)))
    line = f"<p class='ct-quiet'>{when} · {escape(took)}</p>"
    if not said.wrong:
        return f"<div class='ct-notice ct-notice-good'>{escape(_('The store is sound.'))}</div>{line}"
    rows = [
        [
            f"{escape(wrong(one.name))}<span class='ct-under'>{_code(mending(one.name))}</span>",
            escape(number(one.rows)),
            escape(", ".join(one.examples)),
        ]
        for one in said.wrong
    ]
    count = n_("{count} check found something.", "{count} checks found something.", len(said.wrong))
    return f"<div class='ct-notice ct-notice-bad'><b>{escape(count)}</b></div>{line}" + table(
        [_("What is wrong"), _("Rows"), _("For example")], rows, numbers=(1,)
    )


def _code(text: str) -> str:
    """Escaped, with what stands between backticks as a command."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))


@acting
def _start() -> None:
    CHECKING.start(shops.current())
