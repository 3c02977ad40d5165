"""The shop's settings, by what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from zoneinfo import available_timezones

import streamlit as st
from babel.dates import format_timedelta

from pages.parts import (
    asking,
    flash,
    settings_delivery,
    settings_goods,
    settings_mails,
    settings_papers,
    settings_promise,
    settings_push,
    settings_reports,
    settings_saving,
    settings_unpaid,
    settings_workbench,
)
from pages.parts.components import written
from pages.parts.escaping import md
from pages.parts.places import SYSTEM
from pages.parts.running import acting, drawing
from services import shop as shops
from services import version
from services.language import LANGUAGES, _, conventions, current
from services.messages.trial import test_mail
from services.messages.worker import mail_is_set_up
from services.profile import Profile
from services.shop import Shop

COOLING_OFF = (0, 60, 120, 300, 600, 1800, 3600)


@drawing
def show() -> None:
    shop = shops.current()
    kept = shop.profile()
    st.html(f"<style>{written('order.css')}</style>")
    st.title(_("Settings"))
    with st.empty():  # the place is there without a sentence too: tabs that move begin at the first again
        flash.show()
    shown = {
        _("Shop"): _of_the_shop,
        _("Mail"): _of_mail,
        _("Preparation"): _of_parcels,
        _("Payments"): _of_payments,
        _("Files and gift cards"): _of_goods,
    }
    for tab, draw in zip(st.tabs([md(title) for title in shown]), shown.values(), strict=True):
        with tab:
            draw(shop, kept)


def _of_the_shop(shop: Shop, kept: Profile) -> None:
    left, right = st.columns(2, gap="medium")
    with left, _card("shop", _("Shop")):
        _shop_form(kept)
    with right, _card("about", _("What it runs on")):
        _about(shop)
    with right, _card("workbench", _("SQL workbench")):
        settings_workbench.show(shop, kept)


def _of_mail(shop: Shop, kept: Profile) -> None:
    left, right = st.columns(2, gap="medium")
    with left, _card("mail", _("Mail")):
        _mail_state(shop, kept)
        _mail_form(kept)
        settings_reports.show(shop)
    with right, _card("mails_sent", _("Which mails leave")):
        settings_mails.show(shop, kept)
    with left, _card("push", _("Notifications")):
        settings_push.show(shop, kept)


def _of_parcels(shop: Shop, kept: Profile) -> None:
    left, right = st.columns(2, gap="medium")
    with left, _card("promise", _("Promise")):
        settings_promise.show(shop, kept)
    with left, _card("delivery", _("Pickup at the shop")):
        settings_delivery.show(shop, kept)
    with right, _card("papers", _("Papers")):
        settings_papers.show(shop, kept)


def _of_payments(shop: Shop, kept: Profile) -> None:
    left, _right = st.columns(2, gap="medium")
    with left, _card("unpaid", _("Payments that do not come")):
        settings_unpaid.show(shop, kept)


def _of_goods(shop: Shop, kept: Profile) -> None:
    with _card("goods", _("Files and gift cards")):
        settings_goods.show(shop, kept)


@contextmanager
def _card(key: str, title: str) -> Iterator[None]:
    with st.container(key=f"card_{key}"):
        st.subheader(md(title), anchor=False)
        yield


def _shop_form(kept: Profile) -> None:
    zones, currencies = sorted(available_timezones()), sorted(conventions(current()).currencies)
    with st.form("shop", border=False):
        st.text_input(_("Name of the shop"), kept.shop_name, key="set_shop_name", max_chars=120)
        st.selectbox(
            _("Language of the shop and of its mails"),
            LANGUAGES,
            LANGUAGES.index(kept.language),
            format_func=lambda code: conventions(current()).languages.get(code, code).capitalize(),
            key="set_language",
        )
        st.selectbox(
            _("Currency"), currencies, currencies.index(kept.currency), format_func=_currency, key="set_currency"
        )
        st.selectbox(
            _("Time zone"),
            zones,
            zones.index(kept.time_zone),
            key="set_time_zone",
            help=md(_("It decides on which day and in which month an order falls, also for the orders that are here.")),
        )
        st.form_submit_button(
            _("Save"), on_click=_save, args=(("shop_name", "language", "currency", "time_zone"),), type="primary"
        )


def _currency(code: str) -> str:
    return f"{code} · {conventions(current()).currencies.get(code, code)}"


def _mail_state(shop: Shop, kept: Profile) -> None:
    if mail_is_set_up(shop.settings, kept):
        st.html(f"<div class='ct-notice ct-notice-good'>{escape(_('Mails leave through SendGrid.'))}</div>")
        return
    wants = []
    if not shop.settings.sendgrid_api_key:
        wants.append(_("Put your SendGrid key into the setting SENDGRID_API_KEY and start Comptoir again."))
    if not kept.sender_email:
        wants.append(_("Give the address that the shop's mails come from."))
    st.html(
        f"<div class='ct-notice ct-notice-waiting'><b>{escape(_('Mails are kept here and reach nobody.'))}</b>"
        + "".join(f"<span>{escape(want)}</span>" for want in wants)
        + "</div>"
    )


def _mail_form(kept: Profile) -> None:
    choices = sorted({*COOLING_OFF, kept.cooling_off})
    with st.form("mail", border=False):
        st.text_input(_("Mails come from"), kept.sender_email, key="set_sender_email", placeholder="no-reply@…")
        st.text_input(_("New orders are told to"), kept.merchant_email, key="set_merchant_email")
        st.selectbox(
            _("Shipping mails wait before they leave"),
            choices,
            choices.index(kept.cooling_off),
            format_func=_pause,
            key="set_cooling_off",
            help=md(_("Until then a click stops them: marked as shipped by accident, nobody was told.")),
        )
        st.form_submit_button(
            _("Save"), on_click=_save, args=(("sender_email", "merchant_email", "cooling_off"),), type="primary"
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Send a test mail to"), kept.merchant_email, key="test_recipient")
        st.button(_("Send the test"), on_click=_test, key="test_mail")


def _pause(seconds: int) -> str:
    if not seconds:
        return _("Not at all")
    return format_timedelta(timedelta(seconds=seconds), threshold=1.2, locale=conventions(current()))


def _about(shop: Shop) -> None:
    pairs: list[tuple[str, str]] = [
        (_("Version"), version.VERSION),
        (_("Order store"), shop.store.home.name),
        (_("Public address"), shop.settings.public_url),
        (_("HTTP API"), _("has its key") if shop.settings.api_key else _("closed: set COMPTOIR_API_KEY to open it")),
    ]
    st.html(
        "".join(
            f"<div class='ct-pair'><span class='ct-quiet'>{escape(name)}</span><span>{escape(value)}</span></div>"
            for name, value in pairs
        )
        + f"<p class='ct-flat'><a href='{SYSTEM.address}' target='_self'>{escape(_('How the system fares'))}</a></p>"
    )


@acting
def _save(names: tuple[str, ...]) -> None:
    settings_saving.save({name: st.session_state[f"set_{name}"] for name in names})


@acting
def _test() -> None:
    shop = shops.current()
    recipient = str(st.session_state["test_recipient"]).strip()
    test_mail(shop, recipient, asking.actor())
    flash.tell(_("The test mail to {recipient} is on its way: Messages shows what becomes of it.", recipient=recipient))


show()
