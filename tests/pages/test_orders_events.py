"""What a person does on the order list besides following its links."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from pages.parts import filter_piece, list_events, order_list
from services.orders import views as saved_views
from services.people import MERCHANT
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import given, screen


class Address(dict[str, str]):
    """Stands for the browser's address."""

    def from_dict(self, given: dict[str, str]) -> None:
        self.clear()
        self.update(given)


@pytest.fixture
def browser(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A session with an address; `sent` is what a piece of screen reports."""
    sent: dict[str, Any] = {}
    session: dict[str, Any] = {list_events.FILTERS: sent, list_events.TABLE: sent}
    address = Address()
    monkeypatch.setattr(st, "session_state", session)
    monkeypatch.setattr(st, "query_params", address)
    return SimpleNamespace(sent=sent, session=session, address=address)


def form(**given: str) -> dict[str, str]:
    return dict.fromkeys(("placed_from", "placed_to", "total_from", "total_to", "product", "sku"), "") | given


def test_a_view_that_was_chosen_becomes_the_address(browser: SimpleNamespace) -> None:
    browser.address["page"] = "3"
    browser.sent["asked"] = "/?q=payment%3Apaid+caf%C3%A9&sort=total"
    list_events.asked_of_filters()
    assert browser.address == {"q": "payment:paid café", "sort": "total"}


def test_ranges_become_part_of_the_query_and_the_list_starts_at_its_first_page(browser: SimpleNamespace) -> None:
    browser.address.update({"q": "payment:paid total:>1000", "page": "4"})
    browser.sent["narrow"] = form(placed_from="2026-03-01", placed_to="2026-03-15", total_from="12,50", sku="TASSE-1")
    list_events.narrow()
    assert browser.address == {"q": "payment:paid placed:2026-03-01..2026-03-15 total:>=12.50 sku:TASSE-1"}


def test_an_empty_form_takes_its_parts_out_of_the_query(browser: SimpleNamespace) -> None:
    browser.address["q"] = "payment:paid placed:2026-03-01..2026-03-15 product:mug"
    browser.sent["narrow"] = form()
    list_events.narrow()
    assert browser.address == {"q": "payment:paid"}


def test_an_amount_that_is_none_is_answered_with_a_sentence(browser: SimpleNamespace) -> None:
    for text in ("a lot", "NaN", "1e99999"):
        browser.sent["narrow"] = form(total_from=text)
        list_events.narrow()
        assert browser.session.pop("told") == [f"“{text}” is not an amount."]
    assert browser.address == {}


def test_the_form_shows_what_the_query_asks() -> None:
    shown = list_events.ranges(parse("placed:2026-03-01..2026-03-15 total:>=12.50 product:mug -sku:X"))
    assert shown == form(placed_from="2026-03-01", placed_to="2026-03-15", total_from="12.50", product="mug")


def test_a_quiet_look_shows_the_order_beside_the_list(shop: Shop) -> None:
    [order_id] = keep(shop, draft("1", customer_comment="Leave it with <b>the</b> neighbour"))
    app = screen()
    assert given(app, "orders")["preview"] is None
    app.session_state[list_events.LOOKED] = order_id
    looked = given(app.run(), "orders")["preview"]
    assert looked["number"] == "#1"
    assert [line["name"] for line in looked["lines"]] == ["Tasse bleue", "Carnet A5"]
    assert looked["comment"] == "Leave it with <b>the</b> neighbour"
    assert looked["sums"][-1] == {"title": "Total", "amount": "€48.90", "strong": True}


def test_a_look_at_an_order_that_is_gone_shows_the_list_alone(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = screen()
    app.session_state[list_events.LOOKED] = "01900000-0000-7000-8000-000000000000"
    assert given(app.run(), "orders")["preview"] is None
    assert not app.exception


def test_further_filters_are_counted_once_somebody_opens_them(shop: Shop) -> None:
    keep(shop, draft("1", tags=("gift",)))
    app = screen()
    assert given(app, "filters")["further"] is None
    app.session_state[list_events.MORE] = True
    further = {group["field"]: group for group in given(app.run(), "filters")["further"]}
    assert [choice["title"] for choice in further["tag"]["choices"]] == ["gift"]
    assert set(further) == {
        "shipping_method", "country", "kind", "tag", "coupon", "language", "currency", "source",
    }  # fmt: skip


def test_an_order_placed_meanwhile_is_there_at_the_next_drawing(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = screen()
    keep(shop, draft("2"))
    assert {row["number"] for row in given(app.run(), "orders")["rows"]} == {"#1", "#2"}


def test_nothing_is_asked_of_the_store_again_while_nothing_changed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, draft("1"))
    app = screen()
    calls: list[str] = []
    monkeypatch.setattr(order_list, "find", lambda *_: calls.append("find"))
    monkeypatch.setattr(filter_piece, "facets", lambda *_: calls.append("facets"))
    app.run()
    assert calls == []


def test_a_view_is_kept_under_a_name_and_counted_in_its_menu(shop: Shop, browser: SimpleNamespace) -> None:
    keep(shop, draft("1"))
    browser.address["q"] = "payment:paid"
    browser.sent["keep_view"] = "Paid"
    list_events.keep_view()
    [kept] = saved_views.counted(shop)
    assert (kept.view.name, kept.view.query, kept.count) == ("Paid", "payment:paid", 1)
    browser.sent["drop_view"] = kept.view.id
    list_events.drop_view()
    assert saved_views.every(shop) == []


def test_saved_views_are_links_with_their_counts(shop: Shop) -> None:
    keep(shop, draft("1"))
    saved_views.keep(shop, "Paid <b>", "payment:paid", MERCHANT, NOW)
    app = screen()
    assert given(app, "filters")["views"] == []
    app.session_state[list_events.VIEWS] = True
    [view] = given(app.run(), "filters")["views"]
    assert (view["name"], view["count"], view["href"]) == ("Paid <b>", "1", "/?q=payment%3Apaid")


def test_a_test_order_is_placed_as_a_customer_would(shop: Shop, browser: SimpleNamespace) -> None:
    list_events.place()
    assert "told" not in browser.session
    assert len(given(screen(), "orders")["rows"]) == 1


def test_the_demo_fills_an_empty_shop_only(shop: Shop, browser: SimpleNamespace) -> None:
    keep(shop, draft("1"))
    list_events.fill_demo()
    assert "real shop" in browser.session["told"][0]
