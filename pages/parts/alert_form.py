"""The form of an alert: what to be told of, tried before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from data.measures import Measure
from pages.parts import asking, flash
from pages.parts.escaping import md
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.alerts import keeping, words
from services.alerts.alert import BASES, Alert, Comparison, Span, span
from services.alerts.keeping import Standing, Wanted
from services.analytics import Figure, Ratio, figure, saying
from services.analytics.meanings import MEANINGS
from services.analytics.periods import Named
from services.errors import ShopError
from services.language import _, n_
from services.shop import Shop

OPEN, TRIED = "alert_form", "alert_tried"
HOURS = (1, 2, 3, 6, 12, 24, 48, 168)
NEW = "new"


def examples() -> list[tuple[str, Mapping[str, Any]]]:
    """What shops are told of most, with the values of the form."""
    return [
        (
            _("No order for three hours"),
            {"figure": Measure.ORDERS.value, "comparison": Comparison.UNDER.value, "threshold": 1.0, "span": "3h",
             "from_hour": 11, "until_hour": 22},
        ),
        (
            _("Payments fail"),
            {"figure": Ratio.FAILURE_RATE.value, "comparison": Comparison.OVER.value, "threshold": 5.0, "span": "24h",
             "least": 20},
        ),
        (
            _("Too many orders wait"),
            {"figure": Measure.WAITING_ORDERS.value, "comparison": Comparison.OVER.value, "threshold": 50.0,
             "span": Named.ALL.value},
        ),
    ]  # fmt: skip


def is_open() -> bool:
    """Whether the form is shown."""
    return bool(st.session_state.get(OPEN))


@acting
def open_new() -> None:
    """Show it empty."""
    _fill(NEW, {})


@acting
def open_example(place: int) -> None:
    """Show it with one of the examples."""
    title, values = examples()[place]
    _fill(NEW, {"title": title, **values})


@acting
def open_alert(alert: Alert) -> None:
    """Show it with an alert, to change it."""
    own = {name: getattr(alert, name) for name in ("title", "query", "least", "from_hour", "until_hour")}
    own |= {name: getattr(alert, name) for name in ("tells_mail", "tells_push", "tells_end", "currency")}
    own |= {"figure": alert.figure.value, "span": alert.span.text, "comparison": alert.comparison.value}
    _fill(alert.id, own | {"threshold": float(alert.threshold)})


def show(shop: Shop, every: Sequence[Standing]) -> None:
    """Draw it."""
    with st.container(key="card_alert_form"):
        st.subheader(_("New alert") if st.session_state[OPEN] == NEW else _("Change the alert"), anchor=False)
        flash.show()
        st.text_input(_("Title"), key=_key("title"), max_chars=keeping.LONGEST_TITLE, placeholder=_("Payments fail"))
        _condition()
        _orders()
        _telling()
        _tried(shop)
        with st.container(horizontal=True):
            st.button(_("Save the alert"), key="alert_save", type="primary", on_click=_save)
            st.button(_("Try it now"), key="alert_try", on_click=_try)
            st.button(_("Cancel"), key="alert_cancel", on_click=_close)


def _condition() -> None:
    what, how, limit, least = st.columns([3, 1.4, 1.4, 1.6], vertical_alignment="bottom")
    names = {one.value: MEANINGS[one].name() for one in keeping.FIGURES}
    what.selectbox(_("Figure"), sorted(names, key=lambda one: names[one].lower()), key=_key("figure"),
                   format_func=names.__getitem__)  # fmt: skip
    sides = {Comparison.OVER.value: _("is over"), Comparison.UNDER.value: _("is under")}
    how.selectbox(_("Told when it"), list(sides), key=_key("comparison"), format_func=sides.__getitem__)
    chosen = _figure()
    unit = MEANINGS[chosen].unit
    limit.number_input(_("Limit ({unit})", unit=unit) if unit == "%" else _("Limit"), step=1.0, key=_key("threshold"))
    if isinstance(chosen, Ratio):
        base = MEANINGS[BASES[chosen]].name()
        least.number_input(_("{base}, at least", base=base), 0, 1_000_000, step=1, key=_key("least"))
    st.caption(md(MEANINGS[chosen].sentence()))


def _orders() -> None:
    spanned, asked = st.columns([1, 2], vertical_alignment="bottom")
    names = {f"{hours}h": _hours(hours) for hours in HOURS}
    names |= {name.value: title for name, title in saying.period_names().items() if name is not Named.ALL}
    names |= {Named.ALL.value: _("All orders")}
    kept = str(st.session_state[_key("span")])
    names |= {} if kept in names else {kept: _hours(int(kept[:-1]))}
    spanned.selectbox(_("Orders placed in"), list(names), key=_key("span"), format_func=names.__getitem__)
    asked.text_input(
        _("Only these orders (optional)"),
        key=_key("query"),
        placeholder="payment_method:paypal country:FR",
        help=md(_("The words of the search box. Empty means all orders.")),
    )


def _telling() -> None:
    first, last, ways = st.columns([1, 1, 2], vertical_alignment="bottom")
    first.selectbox(_("Watched from"), range(24), key=_key("from_hour"), format_func=lambda hour: f"{hour:02d}:00")
    last.selectbox(_("until"), range(1, 25), key=_key("until_hour"), format_func=lambda hour: f"{hour:02d}:00")
    with ways, st.container(horizontal=True):
        st.checkbox(_("By mail"), key=_key("tells_mail"))
        st.checkbox(_("By notification"), key=_key("tells_push"))
        st.checkbox(_("Also when it is fine again"), key=_key("tells_end"))


def _tried(shop: Shop) -> None:
    """What a trial found, in words."""
    alert: Alert | None = st.session_state.get(TRIED)
    if alert is None:
        return
    rules = shop.profile()
    now = clock.now()
    found = keeping.tried(shop, [alert], now)[alert.id]
    if found.fault:
        said, role = found.fault, "bad"
    else:
        stands = words.standing(alert, found.value, found.base, rules.currency)
        said = _("It would be told now: {figure}.", figure=stands) if found.holds else _(
            "Nothing to tell now: {figure}.", figure=stands
        )  # fmt: skip
        role = "waiting" if found.holds else "good"
    lines = [said, words.condition(alert, rules.currency), words.covers(alert, now, rules.time_zone)]
    spans = "".join(f"<span>{escape(text)}</span>" for text in lines[1:])
    st.html(f"<div class='ct-notice ct-notice-{role}' role='status'><b>{escape(lines[0])}</b>{spans}</div>")


def _hours(hours: int) -> str:
    return n_("the last hour", "the last {count} hours", hours)


def _figure() -> Figure:
    return figure(str(st.session_state[_key("figure")]))


def _key(name: str) -> str:
    return f"alert_{st.session_state[OPEN]}_{name}"


def _fill(which: str, values: Mapping[str, Any]) -> None:
    st.session_state[OPEN] = which
    st.session_state.pop(TRIED, None)
    empty = {
        "title": "", "figure": Measure.ORDERS.value, "comparison": Comparison.UNDER.value, "threshold": 1.0, "least": 0,
        "span": "24h", "query": "", "from_hour": 0, "until_hour": 24, "tells_mail": True, "tells_push": True,
        "tells_end": False, "currency": "",
    }  # fmt: skip
    for name, value in (empty | dict(values)).items():
        st.session_state[_key(name)] = value


def _wanted() -> Wanted:
    kept = {name: st.session_state.get(_key(name)) for name in Wanted.__slots__}
    one = _figure()
    spanned: Span = span(str(kept["span"]))
    return Wanted(
        title=str(kept["title"]),
        figure=one,
        query=str(kept["query"]),
        span=spanned,
        comparison=Comparison(str(kept["comparison"])),
        threshold=Decimal(str(kept["threshold"] or 0)),
        least=int(kept["least"] or 0) if isinstance(one, Ratio) else 0,
        currency=str(kept["currency"] or ""),
        from_hour=int(kept["from_hour"] or 0),
        until_hour=int(kept["until_hour"] or 24),
        tells_mail=bool(kept["tells_mail"]),
        tells_push=bool(kept["tells_push"]),
        tells_end=bool(kept["tells_end"]),
    )


@acting
def _try() -> None:
    try:
        wanted = _wanted()
        st.session_state[TRIED] = keeping.draft(wanted if wanted.title.strip() else replace(wanted, title="-"))
    except ShopError as error:
        st.session_state.pop(TRIED, None)
        flash.tell(error.sentence, is_bad=True)


@acting
def _save() -> None:
    which = str(st.session_state[OPEN])
    try:
        if which == NEW:
            keeping.make(shops.current(), _wanted(), asking.actor())
        else:
            keeping.change(shops.current(), which, _wanted(), asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    st.session_state.pop(OPEN, None)
    st.session_state.pop(TRIED, None)
    flash.tell(_("The alert is watched."))


@acting
def _close() -> None:
    st.session_state.pop(OPEN, None)
    st.session_state.pop(TRIED, None)
