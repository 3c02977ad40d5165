"""Settings of push: enrolling this browser, and the browsers that are told of new orders."""

from __future__ import annotations

import hashlib
from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts.components import component, nothing
from pages.parts.escaping import md
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.language import _, ago, day
from services.messages import push, push_keys
from services.messages.push import Browser
from services.profile import Profile
from services.shop import Shop

_piece = component("push", '<div class="push"></div>', ("base.css", "push.css"), ("base.js", "push.js"))


def show(shop: Shop, kept: Profile) -> None:
    """Draw the section."""
    enrolled = push.browsers(shop)
    said = _("A new order shows on the browsers below, with its number and sum.")
    st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    for browser in enrolled:
        _browser(browser, kept.time_zone)
    asked = _piece(
        key="push",
        data={
            "key": push_keys.keys(shop, clock.now()).public,
            "enrolled": [hashlib.sha256(one.endpoint.encode()).hexdigest() for one in enrolled],
            "words": _words(),
        },
        on_enrolled_change=nothing,
    )
    if asked["enrolled"]:
        _enrol(asked["enrolled"])
        st.rerun()


def _words() -> dict[str, str]:
    return {
        "enrol": _("Notify this browser"),
        "done": _("This browser is notified."),
        "denied": _("This browser does not allow notifications of this site. Allow them in its settings first."),
        "failed": _("The browser’s push service did not answer. Try again later."),
        "unable": _("This browser knows no push notifications."),
        "insecure": _("Notifications need an https address, or localhost."),
    }


def _browser(browser: Browser, zone: str) -> None:
    since = _("since {day}", day=day(clock.day(browser.added_at, zone)))
    last = ago(browser.last_push_at, clock.now()) if browser.last_push_at else ""
    told = _("last notified {when}", when=last) if last else _("not notified yet")
    error = f"<span class='ct-under ct-bad'>{escape(browser.error)}</span>" if browser.error else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"browser_{browser.id}"):
        st.html(
            f"<div><span class='ct-thing'>{escape(browser.name)}</span>"
            f"<span class='ct-under'>{escape(since)} · {escape(told)}</span>{error}</div>"
        )
        st.button(_("Test"), key=f"try_{browser.id}", on_click=_try, args=(browser,))
        remove = md(_("Remove {browser}", browser=browser.name))
        st.button(_("Remove"), key=f"remove_{browser.id}", help=remove, on_click=_remove, args=(browser,))


@acting
def _enrol(given: object) -> None:
    is_whole = isinstance(given, dict)
    name = str(given.get("name") or "") if is_whole else ""  # type: ignore[attr-defined]
    browser = push.enrol(
        shops.current(),
        given.get("subscription") if is_whole else None,  # type: ignore[attr-defined]
        name,
        asking.actor(),
    )
    flash.tell(_("{browser} is notified of new orders from now on.", browser=browser.name))


@acting
def _try(browser: Browser) -> None:
    push.try_out(shops.current(), browser.id, asking.actor())
    flash.tell(_("A notification is on its way to {browser}: Messages shows what becomes of it.", browser=browser.name))


@acting
def _remove(browser: Browser) -> None:
    push.remove(shops.current(), browser.id, asking.actor())
    flash.tell(_("{browser} is no longer notified.", browser=browser.name))
