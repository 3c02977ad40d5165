"""The shell around every screen."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy

from data.errors import StoreUnreachable
from data.store import Store
from pages.parts import asking, header, problems, running
from pages.parts.places import FOLDER, places
from services import clock, demo
from services.errors import Conflict
from services.orders import taking
from services.people import MERCHANT
from services.profile import change
from services.shop import Shop
from tests.orders.sample import draft
from tests.pages.drawn import given, screen, shown_html


def test_the_bar_names_the_shop_and_every_screen_that_exists(shop: Shop) -> None:
    bar = given(screen(), "header")
    assert bar["shop"] == "Chez Élise"
    assert bar["places"][0]["title"] == "Orders"
    assert {entry["href"] for entry in bar["places"]} <= {place.address for place in places()}
    assert [entry["href"] for entry in bar["places"] if entry["here"]] == ["/"]


def test_a_screen_without_a_file_is_in_no_menu() -> None:
    assert all((FOLDER / place.file).exists() for place in places())


def test_the_shop_speaks_its_own_language_until_somebody_chooses(shop: Shop) -> None:
    with shop.store.write() as write:
        change(write, shop.settings, {"language": "fr"}, "test", clock.now())
    assert given(screen(), "header")["places"][0]["title"] == "Commandes"
    assert given(screen(language="en"), "header")["places"][0]["title"] == "Orders"


def test_the_language_chosen_in_this_browser_survives_a_reload(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "cookies", {asking.LANGUAGE_COOKIE: "fr"})
    assert given(screen(), "header")["language"] == "fr"


def test_a_language_nobody_speaks_is_not_chosen(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "cookies", {asking.LANGUAGE_COOKIE: "xx"})
    assert given(screen(), "header")["language"] == "en"


def test_a_shop_without_mail_says_so_and_a_demo_offers_the_own_shop(shop: Shop) -> None:
    bar = given(screen(), "header")
    assert "reach nobody" in bar["mail"]["sentence"]
    assert bar["demo"] is None
    with shop.store.write() as write:
        change(write, shop.settings, {"is_demo": True}, "test", clock.now())
    assert given(screen(), "header")["demo"]["button"] == "Start my own shop"


def test_a_store_that_is_gone_becomes_a_sentence_not_a_traceback(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: Store) -> None:
        raise StoreUnreachable("The store's PostgreSQL does not answer. Nothing was changed; try again.")

    monkeypatch.setattr(Store, "read", gone)
    app = screen()
    assert not app.exception
    assert "does not answer" in shown_html(app)


def test_a_sentence_of_an_error_is_shown_as_text(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "html", shown.append)
    problems.show("<img src=x onerror=alert(1)>")
    assert "<img" not in shown[0]
    assert "&lt;img" in shown[0]


def test_a_fault_of_ours_in_a_screen_is_told_without_its_inside(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(problems, "show", shown.append)

    @running.drawing
    def broken() -> None:
        raise ZeroDivisionError("secret inside")

    broken()
    assert len(shown) == 1
    assert "secret" not in shown[0]


def test_an_error_in_a_callback_is_told_by_the_next_drawing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", session)

    @running.acting
    def refused() -> None:
        raise Conflict("Alice was faster.")

    refused()
    said: list[str] = []
    monkeypatch.setattr(st, "toast", lambda text, **_: said.append(text))
    problems.say_told()
    problems.say_told()
    assert said == ["Alice was faster\\."]


def test_a_callback_speaks_the_language_of_its_session(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.language import _

    monkeypatch.setattr(st, "session_state", {"language": "fr"})
    said: list[str] = []
    running.acting(lambda: said.append(_("Orders")))()
    assert said == ["Commandes"]


def test_starting_the_own_shop_takes_the_invented_orders_away(shop: Shop) -> None:
    demo.make(shop, 20, demo.SEED, None, clock.now())
    assert len(given(screen(), "orders")["rows"]) == 20
    header.start_own_shop(shop)
    app = screen()
    assert given(app, "orders")["state"]["title"] == "No orders yet"
    assert given(app, "header")["demo"] is None


def test_messages_that_wait_or_failed_are_counted_beside_messages(shop: Shop) -> None:
    taking.place(shop, draft("1"), MERCHANT, silent=False)
    entry = next(one for one in given(screen(), "header")["places"] if one["href"] == "/messages")
    assert entry["count"] > 0
    assert entry["failed"] is False
