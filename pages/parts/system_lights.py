"""A light for each part of the system: well, wants attention, or does not work; with what to do and where."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.places import MESSAGES, SETTINGS, Place
from pages.parts.running import live
from services import clock, health, system
from services import shop as shops
from services.health import Light, Part, State
from services.language import _
from services.messages.worker import mail_is_set_up
from services.shop import Shop

_SIGNS = {Light.OK: ("■", "good"), Light.ATTENTION: ("◷", "waiting"), Light.FAILED: ("!", "bad")}


def show(_shop: Shop) -> None:
    """Draw them; they follow what happens."""
    _lights()


@live(every=5)
def _lights() -> None:
    shop = shops.current()
    parts = health.parts(shop, system.alive(), clock.now())
    st.html(f"<ul class='ct-lights'>{''.join(_light(shop, part, state) for part, state in parts.items())}</ul>")


def _light(shop: Shop, part: Part, state: State) -> str:
    sign, role = _SIGNS[state.light]
    way = _ways(shop).get(part) if state.sentence else None
    link = f" <a href='{escape(way[1].address)}' target='_self'>{escape(way[0])}</a>" if way else ""
    said = f"<p>{escape(state.sentence)}{link}</p>" if state.sentence else ""
    return (
        f"<li class='ct-light ct-light-{role}'><div><b>{escape(_name(part))}</b>"
        f"<span class='ct-badge ct-role-{role}'><span aria-hidden='true'>{sign}</span>"
        f"{escape(_word(state.light))}</span></div>{said}</li>"
    )


def _name(part: Part) -> str:
    return {
        Part.STORE: _("Order store"),
        Part.WORKER: _("Sending of mails"),
        Part.UPKEEP: _("What the shop does by itself"),
        Part.MAIL: _("Mails"),
        Part.DISK: _("Disk"),
    }[part]


def _word(light: Light) -> str:
    return {Light.OK: _("Well"), Light.ATTENTION: _("Look at this"), Light.FAILED: _("Does not work")}[light]


def _ways(shop: Shop) -> dict[Part, tuple[str, Place]]:
    """Where a part is put right on a screen, and what the link says."""
    at_mail = (
        (_("Open Messages"), MESSAGES)
        if mail_is_set_up(shop.settings, shop.profile())
        else (_("Set up mail"), SETTINGS)
    )
    return {
        Part.MAIL: at_mail,
        Part.WORKER: (_("Open Messages"), MESSAGES),
        Part.DISK: (_("Where things lie"), SETTINGS),
    }
