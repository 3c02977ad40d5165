"""What a person does on the order list besides following its links. Each is a callback of one of its two pieces."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from data.filters import Condition, Field, Filter, Range, Text
from pages.parts import asking
from pages.parts.list_address import read_view
from pages.parts.list_filters import narrowed
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.errors import Invalid
from services.language import _
from services.orders import views as saved_views
from services.query import parse, write

FILTERS, TABLE = "orders_filters", "orders_table"  # keys of the pieces
LOOKED, MORE, VIEWS = "orders_looked", "orders_more", "orders_views"  # kept in the session
DEMO_ORDERS = 2000
LARGEST_AMOUNT = Decimal(10) ** 14  # what the store can hold


def _sent(piece: str, event: str) -> Any:
    return st.session_state[piece][event]


@acting
def asked_of_filters() -> None:
    """Another view, chosen among the filters."""
    see(str(_sent(FILTERS, "asked")))


@acting
def asked_of_table() -> None:
    """Another view, chosen on the table: a sort, a page."""
    see(str(_sent(TABLE, "asked")))


def see(address: str) -> None:
    """Tell Streamlit the address that the browser shows already."""
    st.query_params.from_dict(dict(parse_qsl(urlsplit(address).query)))


@acting
def look() -> None:
    """Show or leave the quiet look at one order."""
    st.session_state[LOOKED] = str(_sent(TABLE, "look") or "")


@acting
def more() -> None:
    """Count the choices of the further filters from now on."""
    st.session_state[MORE] = True


@acting
def narrow() -> None:
    """Put the ranges and words of the *More* menu into the query."""
    given = {name: str(text).strip() for name, text in dict(_sent(FILTERS, "narrow")).items()}
    view = read_view(st.query_params)
    filter = parse(view.q)
    filter = narrowed(filter, Field.PLACED, _days(given["placed_from"], given["placed_to"]))
    filter = narrowed(filter, Field.TOTAL, _amounts(given["total_from"], given["total_to"]))
    for field in (Field.PRODUCT, Field.SKU):
        filter = narrowed(filter, field, Condition(field, (Text(given[field.value]),)) if given[field.value] else None)
    st.query_params["q"] = write(filter)
    if "page" in st.query_params:
        del st.query_params["page"]


def ranges(filter: Filter) -> dict[str, str]:
    """What the filter asks of the fields of the *More* menu, as their form shows it."""
    shown = dict.fromkeys(("placed_from", "placed_to", "total_from", "total_to", "product", "sku"), "")
    for condition in filter.conditions:
        value = condition.values[0] if len(condition.values) == 1 and not condition.is_negated else None
        name = str(condition.field)
        if isinstance(value, Range) and name in ("placed", "total"):
            shown[f"{name}_from"] = "" if value.low is None else str(value.low)
            shown[f"{name}_to"] = "" if value.high is None else str(value.high)
        elif isinstance(value, Text) and name in shown:
            shown[name] = value.text
    return shown


def _days(first: str, last: str) -> Condition | None:
    bounds = [date.fromisoformat(text) if text else None for text in (first, last)]
    return Condition(Field.PLACED, (Range(*bounds),)) if any(bounds) else None


def _amounts(least: str, most: str) -> Condition | None:
    bounds = [_amount(text) if text else None for text in (least, most)]
    return Condition(Field.TOTAL, (Range(*bounds),)) if any(bound is not None for bound in bounds) else None


def _amount(text: str) -> Decimal:
    """An amount as people type it: "12,50" or "12.50"."""
    try:
        amount = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation as error:
        raise Invalid(_("“{amount}” is not an amount.", amount=text)) from error
    if not amount.is_finite() or abs(amount) > LARGEST_AMOUNT:
        raise Invalid(_("“{amount}” is not an amount.", amount=text))
    return amount


@acting
def fill_demo() -> None:
    """Fill the empty shop with invented orders."""
    from services import demo  # brings numpy along, which a shop of its own never needs

    demo.make(shops.current(), DEMO_ORDERS, demo.SEED, None, clock.now())


@acting
def place() -> None:
    """Place a test order, as a customer would."""
    from services import demo

    demo.place_one(shops.current(), clock.now())


@acting
def views() -> None:
    """Count the saved views from now on."""
    st.session_state[VIEWS] = True


@acting
def keep_view() -> None:
    """Keep the list as it is under a name."""
    view = read_view(st.query_params)
    saved_views.keep(shops.current(), str(_sent(FILTERS, "keep_view")), view.q, asking.actor(), clock.now())


@acting
def drop_view() -> None:
    """Forget a saved view."""
    saved_views.forget(shops.current(), str(_sent(FILTERS, "drop_view")))
