"""Of which days the figures of a screen are, and in which currency: chosen here, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from data.filters import Field, Filter
from pages.parts import list_events, period_words
from pages.parts.components import component, written
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from pages.parts.running import acting
from services import clock
from services.analytics import Clock, periods
from services.analytics.periods import Named, Period
from services.language import _
from services.orders.finding import coverage, facets
from services.shop import Shop

KEY = "period"
_picker = component("period", written("period.html"), ("base.css", "period.css"), ("base.js", "period.js"))


def chosen(shop: Shop, otherwise: Named = Named.MONTH) -> Period:
    """The period that the address asks for, on the shop's clock."""
    params = st.query_params
    zone = shop.profile().time_zone
    return periods.asked(
        params.get("period", ""),
        params.get("from", ""),
        params.get("to", ""),
        periods.shop_clock(clock.now(), zone),
        _since(shop, zone),
        otherwise,
    )


def currency(shop: Shop) -> str:
    """The currency that the address asks for, else the shop's own."""
    return st.query_params.get("currency", "").strip().upper() or shop.profile().currency


def draw(shop: Shop, view: ListView, period: Period, counted: Clock | None = None) -> None:
    """Draw it; what is chosen changes the address. With `counted`, on which day money counts can be chosen too."""
    _picker(key=KEY, data=_data(shop, view, period) | {"clock": _clock(view, counted)}, on_asked_change=_asked)


def counted() -> Clock:
    """On which day money counts, as the address asks for: that of the order unless it says so."""
    asked = st.query_params.get("clock", "")
    return Clock(asked) if asked in tuple(Clock) else Clock.ORDER


def address(view: ListView, **besides: str) -> ListView:
    """The same screen, asked otherwise besides its filter."""
    kept = {name: text for name, text in (dict(view.besides) | besides).items() if text}
    return replace(view, besides=tuple(kept.items()))


def own_range(view: ListView, first: date, last: date) -> ListView:
    """The same screen for a range of days."""
    return address(view, **{"period": Named.OWN.value, "from": first.isoformat(), "to": last.isoformat()})


def currencies(shop: Shop) -> list[str]:
    """The currencies that orders have, the shop's own first."""
    own = shop.profile().currency
    found = remembered(shop, "currencies", lambda: facets(shop, Filter(), [Field.CURRENCY])[Field.CURRENCY])
    return [own, *(choice.value for choice in found if choice.value != own)]


def _clock(view: ListView, counted: Clock | None) -> dict[str, Any] | None:
    if counted is None:
        return None
    return {
        "lead": _("Money counts on the day of"),
        "title": period_words.clock_name(counted),
        "choices": [
            {
                "title": period_words.clock_name(one),
                "href": address(view, clock="" if one is Clock.ORDER else one.value).link,
                "here": one is counted,
            }
            for one in Clock
        ],
    }


@acting
def _asked() -> None:
    list_events.see(str(st.session_state[KEY]["asked"]))


def _since(shop: Shop, zone: str) -> date | None:
    found = remembered(shop, "coverage", lambda: coverage(shop))
    return clock.day(found.first, zone) if found.first else None


def _data(shop: Shop, view: ListView, period: Period) -> dict[str, Any]:
    known, here = currencies(shop), currency(shop)
    own: Mapping[str, str] = {"from": "", "to": ""}
    return {
        "name": period_words.name(period),
        "days": period_words.days(period) if period.name is not Named.OWN else "",
        "choices": [
            {
                "key": name.value,
                "title": title,
                "href": address(view, **own, period=name.value).link,
                "here": name is period.name,
            }
            for name, title in period_words.names().items()
        ],
        "own": {
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "href": address(view, **own, period=Named.OWN.value).link,
            "here": period.name is Named.OWN,
        },
        "currencies": [
            {"title": code, "href": address(view, currency="" if code == known[0] else code).link, "here": code == here}
            for code in dict.fromkeys([*known, here])
        ]
        if len(known) > 1 or here not in known
        else [],
        "currency": here,
        "words": {
            "period": _("Period"),
            "currency": _("Currency"),
            "own": _("Own range"),
            "others": _("Other days"),
            "from": _("From"),
            "to": _("To"),
            "apply": _("Apply"),
        },
    }
