"""The order list's view in its address: `?q=…&sort=…&page=…&size=…`. A view is a link; one query text is the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from data.filters import Filter, Sort
from pages.parts.places import ORDER, ORDERS, SALES_SCREENS, Place
from services.orders.finding import View
from services.query import Misread, parse, write

SIZES = (25, 50, 100, 200)
DEFAULT_SIZE = 50
LIST_OWN = ("q", "sort", "page", "size")
# What all screens of Sales ask besides the filter, and take along from one to the next. Of its own parameters each
# keeps all when the filter changes.
ASKED_BESIDES = ("period", "from", "to", "currency", "clock")
SHARED = ("q", *ASKED_BESIDES)


@dataclass(frozen=True)
class ListView:
    """What the address asks for. What it says wrongly (a size that is none of ours) counts as not said. `besides` are
    the parameters of a Sales screen that are not the list's."""

    q: str = ""
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = DEFAULT_SIZE
    at: Place = ORDERS
    besides: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        """Its address."""
        return _link(self.at.address, self.params)

    def order_link(self, order_id: str) -> str:
        """The address of an order opened from this list: it carries the list, for *next* and *previous*."""
        return _link(ORDER.address, {"id": order_id, **self.params})

    def searched(self, filter: Filter) -> ListView:
        """The same list with another filter, from its first page."""
        return replace(self, q=write(filter), page=1)

    def view(self, filter: Filter) -> View:
        """As the services take it."""
        return View(filter=filter, sort=self.sort, size=self.size, page=self.page)

    @property
    def params(self) -> dict[str, str]:
        """The parameters of its address."""
        said = {
            "q": self.q,
            "sort": "" if self.sort is Sort.NEWEST else self.sort.value,
            "page": "" if self.page == 1 else str(self.page),
            "size": "" if self.size == DEFAULT_SIZE else str(self.size),
        }
        return {name: value for name, value in said.items() if value} | dict(self.besides)


def read_view(params: Mapping[str, str], at: Place = ORDERS) -> ListView:
    """The view that an address's parameters ask for, on the screen `at`."""
    sort = params.get("sort", "")
    return ListView(
        q=params.get("q", "").strip(),
        sort=Sort(sort) if sort in tuple(Sort) else Sort.NEWEST,
        page=max(1, _number(params.get("page"), 1)),
        size=size if (size := _number(params.get("size"), 0)) in SIZES else DEFAULT_SIZE,
        at=at,
        besides=tuple((name, params[name]) for name in params if name not in LIST_OWN and params[name])
        if at in SALES_SCREENS
        else (),
    )


def understood(view: ListView) -> tuple[Filter | None, Misread | None]:
    """The filter of a view, or what is wrong with its query."""
    try:
        return parse(view.q), None
    except Misread as error:
        return None, error


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _link(path: str, said: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(said)}" if said else path
