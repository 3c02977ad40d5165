"""Files and gift cards of an order: what was sent, what was fetched, until when, and what can be done about it."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from pages.parts import action_sheet, asking, gift_card_sheet
from pages.parts.badges import html as badge
from pages.parts.components import written
from pages.parts.places import SETTINGS
from pages.parts.running import acting
from pages.parts.tables import table
from services import clock
from services import shop as shops
from services.goods import secrets_shown
from services.goods.completing import waiting_sentence
from services.goods.plan import GoodsState, Waits
from services.goods.standing import Link, LinkFile, Standing, goods_lines, owed, standing
from services.language import _, current, moment, n_, number
from services.messages.about import shown_size
from services.money import shown
from services.orders import acting as doing
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.statuses import ActionName, Kind
from services.orders.words import Role
from services.shop import Shop

_FRESH = "fresh_link"


def show(shop: Shop, order: Order, zone: str) -> None:
    """Draw the card; nothing for an order that has no such goods."""
    if not goods_lines(order):
        return
    with shop.store.read() as read:
        now = standing(read, order.id)
    st.html(f"<style>{written('goods.css')}</style>")
    with st.container(key="card_goods"):
        st.html(f"<h2>{escape(_('Files and gift cards'))}</h2>")
        _waiting(now)
        if Kind.DIGITAL in order.kinds:
            _links(order, now, zone)
        if now.cards:
            _cards(now, zone)
        elif not now.links and not now.state:
            said = _("They go out by themselves once the order is paid.")
            if any(owed(order, line) > 0 for line in goods_lines(order)):
                said = _("This order was paid before it came here: nothing was sent by Comptoir.")
            st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    gift_card_sheet.show_open()


def _waiting(now: Standing) -> None:
    if now.state != GoodsState.WAITING:
        return
    link = f" <a href='{SETTINGS.address}' target='_self'>{escape(_('Settings'))}</a>"
    said = escape(waiting_sentence(now.reason, now.about))
    more = link if now.reason != Waits.HELD else ""
    st.html(f"<div class='ct-notice ct-notice-waiting' role='note'><span>{said}{more}</span></div>")


def _links(order: Order, now: Standing, zone: str) -> None:
    links = list(reversed(now.links))
    if links:
        st.html(_link(links[0], zone))
    kept = st.session_state.get(_FRESH)
    if kept and kept[0] == order.id:
        st.code(kept[1], language=None, wrap_lines=True)
        st.caption(_("Shown once. Only who has this address can fetch the files."))
    is_owed = any(line.kind is Kind.DIGITAL and owed(order, line) > 0 for line in order.lines)
    is_open = any(not link.is_withdrawn for link in links)
    with st.container(horizontal=True, gap="small"):
        if is_owed and not now.lacks_file:
            st.button(
                _("Send new links"),
                key="goods_reissue",
                on_click=action_sheet.ask,
                args=(ActionName.REISSUE_LINKS, order),
            )
            st.button(
                _("Copy a fresh link"),
                key="goods_fresh",
                on_click=_fresh,
                args=(order,),
                help=_("A new link that you pass on yourself. The one sent before stops working."),
            )
        if is_open:
            st.button(
                _("Withdraw the links"),
                key="goods_withdraw",
                type="tertiary",
                on_click=action_sheet.ask,
                args=(ActionName.WITHDRAW_LINKS, order),
            )
    if links[1:]:
        with st.expander(n_("{count} earlier link", "{count} earlier links", len(links) - 1)):
            st.html("".join(_link(link, zone) for link in links[1:]))


def _link(link: Link, zone: str) -> str:
    heads = (_("File"), _("Downloads"), _("Open until"))
    rows = [_file(file, zone) for file in link.files]
    made = escape(_("Link made {when}", when=moment(link.made_at, zone)))
    listed = table(heads, rows, numbers=(1,), kind="ct-files")
    return f"<span class='ct-under'>{made}</span>{listed}"


def _file(file: LinkFile, zone: str) -> list[str]:
    last = f"<span class='ct-under'>{escape(moment(file.last_at, zone))}</span>" if file.last_at else ""
    size = f"<span class='ct-under'>{escape(shown_size(file.size))}</span>"
    return [
        f"<span class='ct-thing'>{escape(file.name)}</span>{size}",
        f"{escape(_('{done} of {all}', done=number(file.used), all=number(file.allowed)))}{last}",
        f"{_state(file, clock.now())}<span class='ct-under'>{escape(moment(file.expires_at, zone))}</span>",
    ]


def _state(file: LinkFile, now: datetime) -> str:
    if file.withdrawn_at is not None:
        return badge({"sign": "⊘", "role": Role.OVER, "word": _("Withdrawn")})
    if file.expires_at <= now:
        return badge({"sign": "⊘", "role": Role.OVER, "word": _("Expired")})
    if file.used >= file.allowed:
        return badge({"sign": "✓", "role": Role.GOOD, "word": _("Used up")})
    return badge({"sign": "▸", "role": Role.MOVING, "word": _("Valid")})


def _cards(now: Standing, zone: str) -> None:
    for row in now.cards:
        with st.container(horizontal=True, vertical_alignment="center", key=f"gift_row_{row['id']}"):
            worth = shown(row["balance"], row["currency"], current())
            value = shown(row["value"], row["currency"], current())
            to = row["recipient_name"] or row["recipient_email"] or _("nobody")
            st.html(
                f"<div><span class='ct-thing'>{escape(gift_card_sheet.masked(row))}</span> "
                f"{badge(gift_card_sheet.state_badge(row, zone))}"
                f"<span class='ct-under'>{escape(_('{balance} left of {value}', balance=worth, value=value))} · "
                f"{escape(_('to {recipient}', recipient=to))}</span></div>"
            )
            st.button(_("Open"), key=f"open_gift_{row['id']}", on_click=gift_card_sheet.open_card, args=(row["id"],))


@acting
def _fresh(order: Order) -> None:
    """A new link without a mail, shown to who asked."""
    shop = shops.current()
    doing.do(shop, Request(ActionName.REISSUE_LINKS, order.id, tell_customer=False), asking.actor())
    with shop.store.read() as read:
        newest = standing(read, order.id).links[-1]
    st.session_state[_FRESH] = (order.id, secrets_shown.link(shop, newest.id, asking.actor()))
