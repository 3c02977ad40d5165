"""The order list as data for the browser: rows, foot, pages. All text is ready to read, in the shop's zone and the
reader's language; the browser sets it as text only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from data.filters import Sort
from data.store import Row
from pages.parts import moments
from pages.parts.badges import fulfilment_badge, payment_badge
from pages.parts.list_address import SIZES, ListView
from pages.parts.order_people import country_name
from services import money
from services.analytics.of_which import Which
from services.language import _, ago, current, moment, n_, number
from services.orders import words
from services.orders.finding import Found

_SORTS = {
    "number": (Sort.LAST_NUMBER, Sort.FIRST_NUMBER),
    "placed": (Sort.NEWEST, Sort.OLDEST),
    "total": (Sort.LARGEST, Sort.SMALLEST),
}
NUMERIC = ("total", "due")
HIDDEN_AT_FIRST = ("email", "method", "shipping", "city", "due", "source")


def columns(view: ListView) -> list[dict[str, Any]]:
    """The columns in their order; one that sorts carries the address of the list sorted by it."""
    titles = {
        "number": _("Number"),
        "placed": _("Placed"),
        "customer": _("Customer"),
        "email": _("E-mail"),
        "items": _("Items"),
        "city": _("City"),
        "country": _("Country"),
        "shipping": _("Shipping method"),
        "total": _("Total"),
        "due": _("Due"),
        "method": _("Payment method"),
        "payment": _("Payment"),
        "fulfilment": _("Fulfilment"),
        "tags": _("Tags"),
        "source": _("Source"),
    }
    return [
        {"key": key, "title": title, "numeric": key in NUMERIC, "hidden": key in HIDDEN_AT_FIRST, **_sort(view, key)}
        for key, title in titles.items()
    ]


def _sort(view: ListView, key: str) -> dict[str, str]:
    if key not in _SORTS:
        return {}
    down, up = _SORTS[key]
    then = up if view.sort is down else down
    way = {down: "descending", up: "ascending"}.get(view.sort, "none")
    return {"href": replace(view, sort=then, page=1).link, "way": way}


def sorts(view: ListView) -> list[dict[str, Any]]:
    """The sorts as choices, for screens too narrow for a header."""
    titles = {
        Sort.NEWEST: _("Newest first"),
        Sort.OLDEST: _("Oldest first"),
        Sort.LARGEST: _("Largest total first"),
        Sort.SMALLEST: _("Smallest total first"),
    }
    return [
        {"title": title, "href": replace(view, sort=sort, page=1).link, "on": view.sort is sort}
        for sort, title in titles.items()
    ]


def rows(view: ListView, found: Found, why: dict[str, list[str]], now: datetime, zone: str) -> list[dict[str, Any]]:
    """The orders of the page."""
    return [_row(view, row, why.get(row["id"], []), now, zone) for row in found.rows]


def _row(view: ListView, row: Row, why: list[str], now: datetime, zone: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "href": view.order_link(row["id"]),
        "number": shown_number(row["number"]),
        "at": int(row["placed_at"].replace(tzinfo=UTC).timestamp()),
        "placed": moments.short(row["placed_at"], now, zone),
        "placed_whole": f"{moment(row['placed_at'], zone)} ({ago(row['placed_at'], now)})",
        "customer": customer(row),
        "email": row["email"],
        "items": _items(row),
        "city": row["shipping_city"] or row["billing_city"],
        "country": country_name(row["country"]),
        "shipping": row["shipping_method"],
        "total": shown_money(row["total"], row["currency"]),
        "amount": str(row["total"]),
        "currency": row["currency"],
        "due": shown_money(row["due"], row["currency"]) if row["due"] else "",
        "method": words.payment_method(row["payment_method"], row["payment_method_label"]),
        "payment": payment_badge(row["payment_status"]),
        "fulfilment": fulfilment_badge(row["fulfilment_status"]),
        "tags": list(row["tags"]),
        "source": row["source"],
        "why": _("found in: {places}", places=", ".join(why)) if why else "",
    }


def shown_number(text: str) -> str:
    """An order's number as people write it: #2041; what already bears a sign keeps it."""
    return f"#{text}" if text[:1].isdigit() else text


def customer(row: Row) -> str:
    """Who bought."""
    return row["name"] or row["shipping_name"] or row["billing_name"] or row["email"]


def _items(row: Row) -> str:
    return f"{number(row['item_count'].normalize() + 0)} · {row['items_summary']}" if row["line_count"] else ""


def shown_money(amount: Decimal, currency: str) -> str:
    """An amount as the reader's language writes it."""
    return money.shown(amount, currency, current())


def foot(view: ListView, found: Found, which: Sequence[Which] = ()) -> dict[str, Any]:
    """How many match and their sum by currency, what of it is in question, pages, sizes."""
    return {
        "found": n_("{count} order", "{count} orders", found.total),
        "sums": [shown_money(total, currency) for currency, total in found.sums.items()],
        "which": [text for one in which for text in _of_which(one)],
        "sizes": [
            {"title": number(size), "href": replace(view, size=size, page=1).link, "on": size == view.size}
            for size in SIZES
        ],
        "pages": _pages(view, found.pages),
        "previous": replace(view, page=view.page - 1).link if view.page > 1 else "",
        "next": replace(view, page=view.page + 1).link if view.page < found.pages else "",
    }


def _of_which(one: Which) -> list[str]:
    """What of the orders a bar stood for, so that its figure is found again."""
    made = []
    if one.ordered is not None:
        made.append(_("of which the goods in question: {amount}", amount=shown_money(one.ordered, one.currency)))
    if one.received is not None and one.given_back is not None:
        received, given_back, net = (
            shown_money(amount, one.currency)
            for amount in (one.received, one.given_back, one.received - one.given_back)
        )
        moved = _("moved as asked: {received} received", received=received)
        if one.given_back:
            moved = _("moved as asked: {received} received, {given_back} given back, net {net}", received=received,
                      given_back=given_back, net=net)  # fmt: skip
        made.append(moved)
    return made


def _pages(view: ListView, last: int) -> list[dict[str, Any]]:
    """First, last and those around; a gap has no address."""
    near = sorted({1, last, *range(max(1, view.page - 1), min(last, view.page + 1) + 1)})
    pages: list[dict[str, Any]] = []
    for before, page in zip([0, *near], near, strict=False):
        if page - before == 2:
            pages.append(_page(view, page - 1))
        elif page - before > 2:
            pages.append({"title": "…", "href": ""})
        pages.append(_page(view, page))
    return pages if last > 1 else []


def _page(view: ListView, page: int) -> dict[str, Any]:
    return {"title": number(page), "href": replace(view, page=page).link, "on": page == view.page}
