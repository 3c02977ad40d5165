"""Alerts: what is watched, how it stands now, and when it was told last."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from pages.parts import alert_form
from pages.parts.badges import html as badge
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.alerts import keeping, words
from services.alerts.alert import Alert
from services.alerts.keeping import Standing
from services.alerts.watching import Looked
from services.language import _, ago, moment
from services.orders.words import Role
from services.profile import Profile
from services.shop import Shop


def show(shop: Shop) -> None:
    """Draw them, with the form for another one."""
    every = keeping.alerts_of(shop)
    rules = shop.profile()
    if alert_form.is_open():
        alert_form.show(shop, every)
    else:
        _begin(bool(every))
    if not every:
        return
    now = clock.now()
    found = keeping.tried(shop, [one.alert for one in every if one.alert], now)
    with st.container(key="card_alerts"):
        for one in every:
            _row(one, found.get(one.id), rules, now)


def _begin(has_some: bool) -> None:
    """What to be told of: the frequent ones by one click."""
    if not has_some:
        said = _(
            "Be told by mail or notification when a figure crosses a limit: once, then not before it was fine again."
        )
        st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    with st.container(horizontal=True, key="alert_begin"):
        st.button(_("New alert"), key="alert_new", type="primary", on_click=alert_form.open_new)
        if not has_some:
            for place, (title, _values) in enumerate(alert_form.examples()):
                st.button(title, key=f"alert_example_{place}", on_click=alert_form.open_example, args=(place,))


def _row(one: Standing, found: Looked | None, rules: Profile, now: datetime) -> None:
    left, right = st.columns([5, 2], vertical_alignment="center")
    with left:
        st.html(_described(one, found, rules, now))
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if one.alert:
            is_paused = one.alert.is_paused
            st.button(
                _("Resume") if is_paused else _("Pause"),
                key=f"alert_pause_{one.id}",
                on_click=_pause,
                args=(one.id, not is_paused),
            )
            st.button(_("Edit"), key=f"alert_change_{one.id}", on_click=alert_form.open_alert, args=(one.alert,))
        st.button(_("Delete"), key=f"alert_delete_{one.id}", on_click=_delete, args=(one.id,))


def _described(one: Standing, found: Looked | None, rules: Profile, now: datetime) -> str:
    alert = one.alert
    if alert is None or found is None:
        fault = _("It asks for a figure that is known no more. Delete it, and make another one.")
        return f"<div class='ct-alert'><b>{escape(one.title)}</b><span class='ct-under'>{escape(fault)}</span></div>"
    lines = [words.condition(alert, rules.currency)]
    if found.fault:
        lines.append(found.fault)
    else:
        stands = words.standing(alert, found.value, found.base, rules.currency)
        lines.append(_("Now: {figure}. {covers}", figure=stands, covers=words.covers(alert, now, rules.time_zone)))
    if one.state.told_at:
        lines.append(
            _(
                "Last told {moment} ({ago}).",
                moment=moment(one.state.told_at, rules.time_zone),
                ago=ago(one.state.told_at, now),
            )
        )
    under = "".join(f"<span class='ct-under'>{escape(text)}</span>" for text in lines)
    return f"<div class='ct-alert'><b>{escape(one.title)}</b> {badge(_sign(one, alert, found))}{under}</div>"


def _sign(one: Standing, alert: Alert, found: Looked) -> dict[str, str]:
    """How it stands, as a badge."""
    if alert.is_paused:
        return {"sign": "‖", "role": Role.OVER.value, "word": _("Paused")}
    if found.fault:
        return {"sign": "?", "role": Role.BAD.value, "word": _("Cannot be asked")}
    if found.holds or one.state.is_raised:
        return {"sign": "!", "role": Role.BAD.value, "word": _("Raised")}
    return {"sign": "✓", "role": Role.GOOD.value, "word": _("Fine")}


@acting
def _pause(alert_id: str, is_paused: bool) -> None:
    keeping.pause(shops.current(), alert_id, is_paused)


@acting
def _delete(alert_id: str) -> None:
    keeping.remove(shops.current(), alert_id)
