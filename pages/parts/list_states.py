"""The order list without rows: first use, nothing matches, a page past the end, a query that is not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.filters import Filter
from pages.parts.list_address import ListView
from pages.parts.places import IMPORTS, exists
from services.language import _, number
from services.query import in_words


def first_use() -> dict[str, Any]:
    """There is no order at all: the ways to begin."""
    ways: list[dict[str, Any]] = [{"title": _("Fill the demo shop"), "does": "fill_demo"}]
    if exists(IMPORTS):
        ways.append({"title": _("Import your orders"), "href": IMPORTS.address, "isScreen": True})
    ways.append({"title": _("Place a test order"), "does": "place"})
    return {
        "title": _("No orders yet"),
        "sentence": _("New orders appear here as soon as they are placed. To begin, look around in a shop of invented "
                      "orders, or bring your own."),
        "ways": ways,
    }  # fmt: skip


def nothing_matches(view: ListView, filter: Filter) -> dict[str, Any]:
    """The filter finds nothing: what to loosen."""
    parts = in_words(filter)
    ways = [
        {"title": _("Without: {part}", part=part.text), "href": view.searched(part.without).link, "isQuiet": True}
        for part in parts[:4]
        if len(parts) > 1
    ]
    return {
        "title": _("No order matches"),
        "sentence": _(
            "No order is all of this: {parts}. Take something away.", parts=" · ".join(p.text for p in parts)
        ),
        "ways": [*ways, {"title": _("Show every order"), "href": replace(view, q="", page=1).link}],
    }


def past_the_end(view: ListView, last: int) -> dict[str, Any]:
    """The page asked for is not there (any more)."""
    return {
        "title": _("There is no page {page}", page=number(view.page)),
        "sentence": _("The list ends with page {last}.", last=number(last)),
        "ways": [{"title": _("Go to the last page"), "href": replace(view, page=last).link}],
    }


def not_understood(view: ListView) -> dict[str, Any]:
    """The query has a mistake, which stands under the search box."""
    return {
        "title": _("This search was not understood"),
        "sentence": _("The line under the search box says where."),
        "ways": [{"title": _("Show every order"), "href": replace(view, q="", page=1).link}],
    }
