"""The Overview screen."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from services import clock
from services.orders.draft import DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind
from services.query import parse
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import given, screen, shown_html

NOW = datetime(2026, 3, 14, 9, 30)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def on(number: str, placed_at: datetime, **changes: Any) -> Any:
    """An order of 48.90 € placed and paid at a moment."""
    paid = (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), placed_at),)
    return draft(number, **{"placed_at": placed_at, "payments": paid} | changes)


def look(language: str = "en", **params: str) -> AppTest:
    """The screen with these parameters in its address."""
    app = screen(language, **params).switch_page("overview.py").run()
    assert not app.exception
    return app


def heads(app: AppTest) -> dict[str, Any]:
    """What each figure card says of itself, by its title."""
    found: dict[str, Any] = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name == "comptoir_figure":
            data = json.loads(element.proto.mixed.json or element.proto.json)
            found[data["title"]] = data
    return found


def test_five_figures_stand_beside_those_of_last_month(shop: Shop) -> None:
    keep(shop, on("1", NOW), on("2", datetime(2026, 3, 2, 8)), on("3", datetime(2026, 2, 3, 8)))
    shown = heads(look())
    assert list(shown)[:5] == ["Received", "Orders", "Average order", "New customers", "Given back"]
    lead = shown["Received"]["lead"]
    assert lead["figure"] == "€97.80"
    assert lead["changes"][0] == {"text": "+100%", "role": "good", "against": "against last month’s same days"}
    assert {"Received by day", "Best products", "Payment methods", "Countries"} <= set(shown)


def test_each_figure_leads_to_its_orders(shop: Shop) -> None:
    keep(shop, on("1", NOW))
    href = heads(look(period="today"))["Orders"]["orders"]
    assert href.startswith("/?q=placed%3A2026-03-14")


def test_more_refunds_are_no_good_news(shop: Shop) -> None:
    def back(at: datetime) -> tuple[DraftPayment, ...]:
        charge = DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), at)
        return charge, DraftPayment(PaymentKind.REFUND, Decimal("48.90"), at)

    earlier = datetime(2026, 2, 3, 8)
    keep(shop, *(on(str(n), NOW, payments=back(NOW)) for n in range(2)), on("9", earlier, payments=back(earlier)))
    lead = heads(look())["Given back"]["lead"]
    assert (lead["changes"][0]["text"], lead["changes"][0]["role"]) == ("+100%", "bad")


def test_what_waits_is_a_link_to_its_orders(shop: Shop) -> None:
    keep(shop, on("1", datetime(2026, 1, 5, 8)))
    found = given(look(), "attention")
    assert [alarm["text"] for alarm in found["alarms"]] == ["1 paid order has waited longer than the shop promises."]
    late = next(heap for heap in found["heaps"] if heap["name"] == "Late")
    assert (late["count"], late["bad"]) == ("1", True)
    assert find(shop, View(parse(parse_qs(urlsplit(late["href"]).query)["q"][0]))).total == 1


def test_the_period_stands_in_the_address_and_keeps_the_filter(shop: Shop) -> None:
    keep(shop, on("1", NOW, currency="USD"), on("2", NOW))
    picker = given(look(q="payment:paid", period="week", currency="USD"), "period")
    links = {choice["key"]: choice["href"] for choice in picker["choices"]}
    assert links["today"] == "/overview?q=payment%3Apaid&period=today&currency=USD"
    assert [choice["key"] for choice in picker["choices"] if choice["here"]] == ["week"]
    assert [(one["title"], one["here"]) for one in picker["currencies"]] == [("EUR", False), ("USD", True)]


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({}, "There is no order yet."),
        ({"period": "all"}, "There is no order yet."),
        ({"from": "2026-02-09", "to": "2026-02-01"}, "There is no order yet."),
        ({"currency": "XTS"}, "There is no order yet."),
    ],
)
def test_a_shop_without_orders_says_so(shop: Shop, params: dict[str, str], sentence: str) -> None:
    assert sentence in shown_html(look(**params))


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"from": "2027-01-01", "to": "2027-01-31"}, "These days are still to come."),
        ({"q": "payment_method:card"}, "No order of these days matches the filters"),
        ({"currency": "USD"}, "No order in USD was placed in these days."),
    ],
)
def test_days_without_orders_say_what_to_loosen(shop: Shop, params: dict[str, str], sentence: str) -> None:
    keep(shop, on("1", NOW))
    assert sentence in shown_html(look(**params))


def test_what_is_no_currency_is_one_sentence(shop: Shop) -> None:
    keep(shop, on("1", NOW))
    assert "is no currency" in shown_html(look(currency="euros!"))


def test_a_reversed_range_is_turned_round(shop: Shop) -> None:
    keep(shop, on("1", datetime(2026, 2, 3, 8)))
    app = look(**{"from": "2026-02-09", "to": "2026-02-01"})
    assert heads(app)["Orders"]["lead"]["figure"] == "1"
    own = given(app, "period")["own"]
    assert (own["from"], own["to"]) == ("2026-02-01", "2026-02-09")


def test_a_mistake_in_the_query_is_one_sentence(shop: Shop) -> None:
    assert "colour" in given(look(q="colour:blue"), "filters")["mistake"]["sentence"]


def test_french_says_it_as_a_merchant_does(shop: Shop) -> None:
    keep(shop, on("1", NOW), on("2", datetime(2026, 2, 3, 8)))
    shown = heads(look("fr"))
    assert shown["Encaissé"]["lead"]["changes"][0]["against"] == "contre les mêmes jours du mois dernier"
