"""Gift cards: what they are still worth, who has them, their ledger; and one issued by hand."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from html import escape

import streamlit as st

from data.store import Row
from pages.parts import asking, flash, gift_card_sheet
from pages.parts.badges import html as badge
from pages.parts.components import written
from pages.parts.places import ORDER
from pages.parts.running import acting, drawing
from services import shop as shops
from services.errors import Invalid, ShopError
from services.goods import cards
from services.goods.cards import NewCard
from services.language import _, current, day, n_
from services.money import shown

SIZE = 30


@drawing
def show() -> None:
    shop = shops.current()
    kept = shop.profile()
    st.html(f"<style>{written('order.css')}{written('goods.css')}</style>")
    st.title(_("Gift cards"))
    if not st.session_state.get("gift_card_open"):
        flash.show()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Find by the end of the code, recipient or order"),
            key="card",
            bind="query-params",
            placeholder=_("Find by the end of the code, recipient or order"),
            label_visibility="collapsed",
            on_change=_first_page,
        )
        with st.popover(_("Issue a card")):
            _form(kept.currency)
    at = max(1, int(st.session_state.get("cards_page", 1)))
    found = cards.page(shop, st.session_state.get("card", ""), SIZE, (at - 1) * SIZE)
    if not found.cards:
        st.html(f"<div class='ct-card-empty'>{escape(_('No gift card here.'))}</div>")
        return
    with st.container(key="card_gifts"):
        for row in found.cards:
            _row(row, kept.time_zone)
    with st.container(horizontal=True, vertical_alignment="center"):
        worth = ", ".join(shown(amount, currency, current()) for currency, amount in found.worth.items())
        st.caption(
            n_("{count} card, still worth {worth}", "{count} cards, still worth {worth}", found.total, worth=worth)
        )
        if found.total > SIZE:
            st.pagination(-(-found.total // SIZE), key="cards_page")
    gift_card_sheet.show_open()


def _row(row: Row, zone: str) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    worth = shown(row["balance"], row["currency"], current())
    value = shown(row["value"], row["currency"], current())
    order = (
        f"<a href='{ORDER.address}?id={row['order_id']}' target='_self'>#{escape(row['order_number'].lstrip('#'))}</a>"
        if row["order_number"]
        else escape(_("issued by hand"))
    )
    until = f" · {escape(_('until {moment}', moment=day(row['expires_on'])))}" if row["expires_on"] else ""
    to = escape(" · ".join(t for t in (row["recipient_name"], row["recipient_email"]) if t)) or "—"
    with left:
        st.html(
            f"<div class='ct-gift'><span class='ct-gift-code'>{escape(gift_card_sheet.masked(row))}"
            f"<span class='ct-under'>{order}{until}</span></span><span class='ct-gift-to'>{to}</span>"
            f"<span class='ct-gift-state'>{badge(gift_card_sheet.state_badge(row, zone))}</span>"
            f"<span class='ct-num'><b>{escape(worth)}</b><span class='ct-under'>"
            f"{escape(_('of {value}', value=value))}</span></span></div>"
        )
    with right:
        st.button(_("Open"), key=f"open_{row['id']}", on_click=gift_card_sheet.open_card, args=(row["id"],))


def _form(currency: str) -> None:
    with st.form("issue_card", border=False, clear_on_submit=True):
        st.text_input(_("Amount ({currency})", currency=currency), key="new_card_value", placeholder="50")
        st.text_input(_("Recipient (optional)"), key="new_card_name")
        st.text_input(
            _("E-mail (optional)"),
            key="new_card_email",
            help=_("Without one nobody is told: the code is shown to you."),
        )
        st.text_area(_("Message (optional)"), key="new_card_message", height=68)
        st.date_input(_("Valid until (optional)"), None, key="new_card_until")
        st.form_submit_button(_("Issue the card"), type="primary", on_click=_issue, args=(currency,))


@acting
def _issue(currency: str) -> None:
    typed = str(st.session_state["new_card_value"])
    try:
        try:
            value = Decimal("".join(typed.split()).replace(",", "."))
        except InvalidOperation as error:
            raise Invalid(_("“{amount}” is not an amount.", amount=typed)) from error
        given = NewCard(
            value,
            currency,
            str(st.session_state["new_card_email"]).strip(),
            str(st.session_state["new_card_name"]),
            str(st.session_state["new_card_message"]),
            st.session_state["new_card_until"],
        )
        card_id = cards.issue(shops.current(), given, asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    gift_card_sheet.open_card(card_id)


@acting
def _first_page() -> None:
    st.session_state["cards_page"] = 1


show()
