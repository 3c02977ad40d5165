"""What customers should have been told and were not, with one click to tell them; and the proof of once."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts.list_table import shown_number
from pages.parts.running import acting, drawing
from services import shop as shops
from services.errors import ShopError
from services.language import _, current, day, n_, number, use
from services.messages import missing
from services.messages import words as mail_words
from services.messages.missing import Missing
from services.shop import Shop

SHOWN = 10


@st.fragment
@drawing
def show() -> None:
    """Draw what is missing, if anything is."""
    lacking = missing.missing(shops.current())
    if not lacking:
        return
    with st.container(key="card_missing"):
        said = n_("{count} message is missing", "{count} messages are missing", len(lacking))
        explained = _(
            "These customers should have heard from the shop in the last {count} days and did not.", count=missing.DAYS
        )
        st.html(f"<h2>{escape(said)}</h2><p class='ct-quiet'>{escape(explained)}</p>")
        for place, one in enumerate(lacking[:SHOWN]):
            with st.container(horizontal=True, vertical_alignment="center", key=f"missing_{place}"):
                st.html(_said(one))
                st.button(_("Send it"), key=f"send_missing_{place}", on_click=_send, args=([one],))
        if len(lacking) > 1:
            all_of_them = n_("Send {count} message", "Send all {count} messages", len(lacking))
            st.button(all_of_them, key="send_all_missing", on_click=_send, args=(lacking,))


def _said(one: Missing) -> str:
    kind, who = mail_words.template(one.template), one.name or one.email
    reason = mail_words.state(one.state) if one.state else _("never written")
    link = f"<a href='/order?id={escape(one.order_id)}' target='_self'>{escape(shown_number(one.number))}</a>"
    when = f"<span class='ct-quiet'>{escape(day(one.due_at.date()))}, {escape(reason)}</span>"
    return f"<div>{link} · {escape(kind)} · {escape(who)} · {when}</div>"


@st.fragment
@drawing
def proof() -> None:
    """Draw the figure of a period, and the way to every mail behind it."""
    with st.container(key="card_proof"):
        days = st.segmented_control(
            _("Proof of once, over the last"),
            missing.PERIODS,
            default=missing.PERIODS[1],
            format_func=lambda count: n_("{count} day", "{count} days", count),
            key="proof_days",
            required=True,
        )
        shop = shops.current()
        found = missing.proof(shop, days)
        said = _(
            "{doubled} doubled, {missing} missing of {sent} mails in {days} days",
            doubled=number(found.doubled),
            missing=number(found.missing),
            sent=number(found.sent),
            days=days,
        )
        is_whole = not found.doubled and not found.missing
        st.html(f"<div class='ct-notice ct-notice-{'good' if is_whole else 'bad'}'>{escape(said)}</div>")
        with st.expander(_("How this is counted")):
            st.write(
                _(
                    "Doubled: a mail that the mail service accepted once more although nobody asked for it. Missing: a "
                    "mail that should have left and did not, or was never written. Counted anew from what is on record."
                )
            )
        st.download_button(
            _("Every mail with the number of the mail service (CSV)"),
            partial(_file, shop, days, current()),
            file_name=f"mails-{days}.csv",
            mime="text/csv",
            key="proof_file",
            on_click="ignore",
        )


def _file(shop: Shop, days: int, speak: str) -> str:
    """The file of a click, in the language of who clicked."""
    with use(speak):
        return "".join(missing.listed(shop, days))


@acting
def _send(lacking: list[Missing]) -> None:
    sent, refused = 0, ""
    for one in lacking:
        try:
            missing.send(shops.current(), one, asking.actor())
            sent += 1
        except ShopError as error:
            refused = error.sentence
    if sent:
        flash.tell(n_("{count} message is on its way.", "{count} messages are on their way.", sent))
    if refused:
        flash.tell(refused, is_bad=True)
