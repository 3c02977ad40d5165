"""What can be done with the orders that are ticked in the list: the entries of the bar below it.

A further entry (a paper to print, say) is one line in `FURTHER`: what it is called, and what to do with the orders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import bulk_papers, bulk_sheet, list_events
from pages.parts.list_address import ListView
from pages.parts.list_filters import FILES
from pages.parts.running import acting
from services import bulk, query
from services import shop as shops
from services.bulk import Chosen
from services.errors import Invalid
from services.language import _, n_
from services.orders import words
from services.orders.statuses import ActionName

_A = ActionName
STRONG = (_A.MARK_SHIPPED,)
MARKS = (
    _A.MARK_PROCESSING,
    _A.MARK_READY_FOR_PICKUP,
    _A.MARK_OUT_FOR_DELIVERY,
    _A.MARK_DELIVERED,
    _A.MARK_PAID,
    _A.HOLD,
    _A.RELEASE,
    _A.MARK_WILL_NOT_DELIVER,
    _A.CANCEL,
)
OTHERS = (_A.TAG, _A.UNTAG, _A.ADD_NOTE, _A.RESEND, _A.CONTACT_CUSTOMER)

_FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class Further:
    """An entry that is no action: `act` gets the orders that were chosen, as they are now."""

    title: Callable[[], str]
    act: Callable[[Chosen], None]


FURTHER: dict[str, Further] = {
    "fulfil": Further(lambda: _("Pick and pack"), bulk_papers.fulfil),
    "print": Further(lambda: _("Print"), bulk_papers.ask),
}


def data(view: ListView, total: int) -> dict[str, Any]:
    """The bar for the browser. `total` is how many orders match the list."""
    return {
        "q": view.q,
        "total": total,
        "all": n_("Select the {count} that matches", "Select all {count} that match", total),
        "all_chosen": n_("The {count} that matches is selected", "All {count} that match are selected", total),
        "strong": _entries(STRONG),
        "mark": _("Mark as"),
        "marks": _entries(MARKS),
        "more": _("More"),
        "others": [{"key": key, "title": one.title()} for key, one in FURTHER.items()] + _entries(OTHERS),
        "files": [
            {"title": _("Export as {format}", format=_FORMATS[kind]), "href": f"/export/orders.{kind}"}
            for kind in FILES
        ],
        "cleared": bulk_sheet.cleared(),
    }


def _entries(actions: tuple[ActionName, ...]) -> list[dict[str, str]]:
    return [{"key": action.value, "title": words.action(action)} for action in actions]


@acting
def asked() -> None:
    """Somebody chose an entry: freeze the orders, and open the sheet."""
    told: Mapping[str, Any] = dict(st.session_state[list_events.TABLE]["bulk"])
    shop, key = shops.current(), str(told["key"])
    q = str(told["q"])
    frozen = bulk.chosen(shop, query.parse(q)) if told["all"] else bulk.picked(shop, [str(one) for one in told["ids"]])
    if not frozen.orders:
        raise Invalid(_("No order is selected."))
    if key in FURTHER:
        FURTHER[key].act(frozen)
    else:
        bulk_sheet.ask(ActionName(key), frozen, q if told["all"] else "")
