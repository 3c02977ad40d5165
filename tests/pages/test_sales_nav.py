"""The way from one screen of Sales to the others."""

from __future__ import annotations

from data.filters import Filter
from pages.parts.list_address import read_view
from pages.parts.places import ORDER, ORDERS, OVERVIEW, SALES, SALES_SCREENS, SETTINGS, entry, exists
from pages.parts.sales_nav import address


def test_every_screen_of_sales_stands_under_one_entry_of_the_menu() -> None:
    assert {entry(place) for place in SALES_SCREENS} == {SALES}
    assert entry(ORDER) is ORDERS
    assert entry(SETTINGS) is SETTINGS
    assert exists(SALES)


def test_what_is_asked_goes_along_to_the_next_screen() -> None:
    assert address(OVERVIEW, {"q": "payment:paid", "period": "month"}) == "/overview?q=payment%3Apaid&period=month"
    assert address(OVERVIEW, {}) == "/overview"


def test_another_filter_keeps_what_the_screen_asks_besides() -> None:
    params = {"q": "payment:paid", "period": "month", "currency": "USD", "kind": "heat"}
    view = read_view(params, SALES)
    assert view.searched(Filter()).link == "/sales?period=month&currency=USD&kind=heat"
    assert read_view(params).link == "/?q=payment%3Apaid"
