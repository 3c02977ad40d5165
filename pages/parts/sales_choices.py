"""What is shown of the sales, and how: menus whose entries are links to the screen as it would be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from data.dimensions import Dimension
from data.measures import Measure
from pages.parts import list_events, period_picker, period_words
from pages.parts.components import component
from pages.parts.list_address import ListView
from pages.parts.running import acting
from pages.parts.sales_asked import TOPS, SalesAsked, View, said
from services.analytics import Clock, Figure, Ratio
from services.analytics.comparing import GRAINS
from services.analytics.dimensions import ABOUT
from services.analytics.meanings import MEANINGS
from services.analytics.wishes import MOVED, Compare, together
from services.language import _, n_

KEY = "sales_choices"
_row = component("choices", "<div class='choices'></div>", ("base.css", "choices.css"), ("base.js", "choices.js"))
_M, _R, _D = Measure, Ratio, Dimension
BYS = (
    _D.PAYMENT_METHOD, _D.COUNTRY, _D.REGION, _D.PRODUCT, _D.CATEGORY, _D.KIND, _D.SOURCE, _D.CUSTOMER, _D.EMAIL,
    _D.SHIPPING_METHOD, _D.COUPON, _D.TAG, _D.LANGUAGE, _D.PAYMENT, _D.FULFILMENT, _D.TAX_RATE, _D.FAILURE_REASON,
    _D.REFUND_REASON, _D.WEEKDAY, _D.HOUR, _D.MAIL, _D.MAIL_STATE,
)  # fmt: skip


def draw(view: ListView, asked: SalesAsked, grain: Dimension | None) -> None:
    """Draw them; `grain` is the step of time in force."""
    _row(key=KEY, data=_data(view, asked, grain), on_asked_change=_asked)


@acting
def _asked() -> None:
    list_events.see(str(st.session_state[KEY]["asked"]))


def figures() -> dict[str, tuple[Figure, ...]]:
    """The figures on offer, in groups."""
    return {
        _("Sales"): (_M.PLACED, _M.PAID, _M.REFUNDED, _M.NET, _M.DUE, _M.ORDERS, _M.CANCELLED_ORDERS, _R.AVERAGE_ORDER),
        _("Goods"): (_M.ITEMS, _R.AVERAGE_ITEMS, _M.RETURNED_ITEMS, _R.RETURN_RATE),
        _("Customers"): (_M.CUSTOMERS, _M.NEW_CUSTOMERS),
        _("In the totals"): (
            *(_M.SUBTOTAL, _M.DISCOUNT, _R.DISCOUNT_RATE, _M.DISCOUNTED_ORDERS),
            *(_M.SHIPPING, _M.HANDLING, _M.TAX, _M.TAXABLE),
        ),
        _("Payments and refunds"): (
            *(_M.ATTEMPTS, _M.FAILURES, _R.FAILURE_RATE, _M.FAILED_AMOUNT),
            *(_M.REFUNDS, _M.REFUND_AMOUNT, _R.REFUND_RATE),
        ),
        _("Times"): (_M.PAY_HOURS, _M.SHIP_HOURS, _M.DELIVER_HOURS, _M.WHOLE_HOURS),
        _("Mails"): (_M.MAILS, _M.MAILS_DELIVERED, _M.MAILS_FAILED),
    }


def view_name(view: View) -> str:
    """What people call a way of showing it."""
    return {
        View.BARS: _("Bars"),
        View.LINES: _("Lines"),
        View.TABLE: _("Table"),
        View.PIVOT: _("Pivot"),
        View.HEAT: _("Heat map"),
    }[view]


def compare_name(one: Compare) -> str:
    """What people call what a figure is measured against."""
    return {
        Compare.NONE: _("nothing"),
        Compare.BEFORE: _("the period before"),
        Compare.YEAR: _("the year before"),
        Compare.BOTH: _("both"),
    }[one]


def _data(view: ListView, asked: SalesAsked, grain: Dimension | None) -> dict[str, Any]:
    wish = asked.wish
    menus = [_figures(view, asked), _by(view, asked)]
    if asked.view is not View.HEAT:
        menus.append(_grain(view, asked, grain))
        menus.append(
            _menu(
                view,
                _("against"),
                "compare",
                compare_name(wish.compare),
                _each(Compare, compare_name),
                wish.compare,
                Compare.BEFORE,
            )
        )
    if wish.figure in MOVED:
        menus.append(
            _menu(
                view,
                _("on the day of"),
                "clock",
                period_words.clock_name(wish.clock),
                _each(Clock, period_words.clock_name),
                wish.clock,
                Clock.ORDER,
            )
        )
    if wish.by and asked.view is not View.HEAT:
        tops = [(str(count), n_("the largest", "the {count} largest", count)) for count in TOPS]
        menus.append(
            _menu(view, _("told"), "top", dict(tops).get(str(wish.top), str(wish.top)), tops, str(wish.top), "5")
        )
    averages = asked.view in (View.BARS, View.LINES) and not wish.by
    return {
        "menus": menus,
        "views": [
            {
                "title": view_name(one),
                "href": period_picker.address(view, kind="" if one is View.BARS else one.value).link,
                "here": one is asked.view,
            }
            for one in View
        ],
        "average": {
            "title": _("Moving average"),
            "href": period_picker.address(view, average="" if asked.is_averaged else "1").link,
            "here": asked.is_averaged,
        }
        if averages
        else None,
        "words": {"views": _("Shown as"), "all": _("What is shown")},
    }


def _figures(view: ListView, asked: SalesAsked) -> dict[str, Any]:
    by = (asked.wish.by,) if asked.wish.by else ()
    choices: list[dict[str, Any]] = []
    for group, some in figures().items():
        choices.append({"heading": group})
        for one in some:
            own = {"by": ""} if not together(one, by) else {}
            link = period_picker.address(view, measure="" if one is Measure.PLACED else one.value, **own).link
            choices.append({"title": MEANINGS[one].name(), "href": link, "here": one is asked.wish.figure})
    return {"lead": _("Figure"), "key": "measure", "title": MEANINGS[asked.wish.figure].name(), "choices": choices}


def _by(view: ListView, asked: SalesAsked) -> dict[str, Any]:
    fitting = [one for one in BYS if together(asked.wish.figure, (one,))]
    choices = [("", _("nothing")), *((one.value, ABOUT[one].name()) for one in fitting)]
    title = ABOUT[asked.wish.by].name() if asked.wish.by else _("nothing")
    return _menu(view, _("told apart by"), "by", title, choices, said(asked.wish, "by"), "")


def _grain(view: ListView, asked: SalesAsked, grain: Dimension | None) -> dict[str, Any]:
    offered = [one for one in GRAINS if one is not Dimension.HOUR]
    choices = [("", _("as it suits")), *((one.value, ABOUT[one].name()) for one in offered)]
    shown = asked.wish.grain or grain
    title = ABOUT[shown].name() if shown else _("as it suits")
    return _menu(view, _("step by"), "grain", title, choices, said(asked.wish, "grain"), "")


def _each(kind: Any, name: Any) -> list[tuple[str, str]]:
    return [(one.value, name(one)) for one in kind]


def _menu(
    view: ListView, lead: str, key: str, title: str, choices: Iterable[tuple[str, str]], here: str, usual: str
) -> dict[str, Any]:
    return {
        "lead": lead,
        "key": key,
        "title": title,
        "choices": [
            {
                "title": name,
                "href": period_picker.address(view, **{key: "" if code == usual else code}).link,
                "here": code == here,
            }
            for code, name in choices
        ],
    }
