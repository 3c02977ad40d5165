"""The bar at the top of every screen."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import asking
from pages.parts.components import component, nothing
from pages.parts.places import GIFT_CARDS, MESSAGES, SETTINGS, Place, entry, exists, opened, places
from pages.parts.remembered import remembered
from pages.parts.running import acting, live
from services import clock, counting
from services import shop as shops
from services.errors import ShopError, store_errors
from services.goods import cards
from services.language import LANGUAGES, _, current, n_
from services.messages import missing
from services.messages.states import MessageState
from services.profile import Profile
from services.shop import Shop

_bar = component("header", '<header class="bar"></header>', ("base.css", "header.css"), ("base.js", "header.js"))

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
KEY = "header"


def show(here: Place) -> None:
    """Draw it; `here` is the screen in which it stands."""
    _show(here)


@live(every=5)
def _show(here: Place) -> None:
    try:
        with store_errors():
            _draw(here, shops.current())
    except ShopError:
        return  # the screen below says it


def _draw(here: Place, shop: Shop) -> None:
    asked = _bar(key=KEY, data=_data(shop, here), on_language_change=nothing, on_own_shop_change=nothing)
    if asked["language"]:
        asking.speak(asked["language"])
        st.rerun()
    if asked["own_shop"]:
        start_own_shop(shop)
        st.rerun()


def _data(shop: Shop, here: Place) -> dict[str, Any]:
    profile = shop.profile()
    at = entry(here)
    return {
        "shop": profile.shop_name,
        "language": current(),
        "languages": [{"code": code, "name": LANGUAGE_NAMES[code]} for code in LANGUAGES],
        "cookie": asking.LANGUAGE_COOKIE,
        "paths": [place.address for place in places()],
        "places": [_entry(shop, place, at) for place in places() if _is_in_menu(shop, place)],
        "settings": _entry(shop, SETTINGS, at) if exists(SETTINGS) else None,
        "demo": _demo() if profile.is_demo else None,
        "mail": _mail(shop, profile),
        "words": {
            "places": _("Screens"),
            "menu": _("Menu"),
            "System": _("Light or dark: as the device"),
            "Light": _("Light"),
            "Dark": _("Dark"),
            "offline": _("Reconnecting. What you typed is kept."),
        },
    }


def _is_in_menu(shop: Shop, place: Place) -> bool:
    """Settings has a sign of its own; gift cards are there once the shop has one."""
    if place is GIFT_CARDS:
        return remembered(shop, "gift cards", lambda: cards.any_card(shop))
    return place.is_in_menu and place is not SETTINGS


def _entry(shop: Shop, place: Place, at: Place) -> dict[str, Any]:
    shown: dict[str, Any] = {"title": place.title(), "href": opened(place).address, "here": place is at}
    if place is MESSAGES:
        waiting, failed = _messages(shop)
        failed += missing.count(shop)
        shown |= {
            "count": waiting + failed,
            "failed": failed > 0,
            "said": n_(
                "{count} message waiting, failed or missing",
                "{count} messages waiting, failed or missing",
                waiting + failed,
            ),
        }
    return shown


def _messages(shop: Shop) -> tuple[int, int]:
    """How many messages wait, and how many failed."""
    by_state = remembered(shop, "messages", lambda: counting.messages(shop))
    failed = sum(by_state.get(state.value, 0) for state in MessageState if state.can_be_retried)
    return by_state.get(MessageState.WAITING.value, 0), failed


def _demo() -> dict[str, str]:
    return {
        "sentence": _("This is a demo shop: its customers and orders are invented."),
        "button": _("Start my own shop"),
        "title": _("Start your own shop?"),
        "explained": _("The invented orders, customers and messages are removed for good. Your settings stay."),
        "keep": _("Keep the demo"),
        "confirm": _("Remove the demo"),
    }


def _mail(shop: Shop, profile: Profile) -> dict[str, str] | None:
    if shop.settings.sendgrid_api_key and profile.sender_email:
        return None
    return {
        "sentence": _("Mail is not set up: messages are kept here and reach nobody."),
        "link": _("Set up mail"),
        "href": SETTINGS.address if exists(SETTINGS) else "",
    }


@acting
def start_own_shop(shop: Shop) -> None:
    """Remove the invented orders; the merchant was asked."""
    from services import demo  # brings numpy along, which a shop of its own never needs

    demo.clear(shop, clock.now())
