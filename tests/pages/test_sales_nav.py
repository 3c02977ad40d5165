"""The way from one screen of Sales to the others."""

from __future__ import annotations

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


def test_another_filter_keeps_the_period_and_the_currency() -> None:
    params = {"q": "payment:paid", "period": "month", "currency": "USD", "foreign": "x"}
    view = read_view(params, SALES)
    assert view.link == "/sales?q=payment%3Apaid&period=month&currency=USD"
    assert read_view(params).link == "/?q=payment%3Apaid"
