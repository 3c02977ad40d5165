"""The Sales screen: all that its address may ask for, rightly and wrongly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from services import query
from services.orders.finding import View, find
from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import charts, figures, given, screen, shown_html

MARCH = {"period": "own", "from": "2026-03-01", "to": "2026-03-31"}
HOSTILE = "<img src=x onerror=alert(1)>=cmd|' /C calc'!A0"


def sales(**asked: str) -> AppTest:
    app = screen(**(MARCH | asked)).switch_page("sales.py").run()
    assert not app.exception
    return app


def marks(chart: dict[str, Any]) -> list[tuple[str, str]]:
    """What is read at the marks of a chart that have an amount."""
    told = [mark for trace in chart["data"] for mark in trace.get("customdata", [])]
    return [(name, said) for _key, name, said in told if not said.startswith(("€0.00", "—"))]


def test_the_figure_is_that_of_the_order_list_and_says_so(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), draft("3", payment_status=PaymentStatus.CANCELLED, payments=()))
    card = figures(sales())["Ordered by day"]
    assert card["lead"]["figure"] == "€97.80"
    assert card["lead"]["proven"]
    assert card["lead"]["proof"] == "2 orders in the list, the same sum"
    listed = find(shop, View(query.parse(query_of(card["orders"]))))
    assert (listed.total, listed.sums) == (2, {"EUR": Decimal("97.80")})


def query_of(link: str) -> str:
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(link).query)["q"][0]


def test_each_day_is_a_bar_and_a_bar_names_its_day(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert marks(charts(sales())[0]) == [("Mar 14, 2026", "€48.90")]


def test_the_query_of_the_order_list_narrows_the_figures(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    assert figures(sales(q="payment_method:card"))["Ordered by day"]["lead"]["figure"] == "€48.90"


def test_bars_that_are_not_chosen_stay_to_be_chosen(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    methods = charts(sales(q="payment_method:card"))[1]["data"][0]
    faint = dict(zip((mark[1] for mark in methods["customdata"]), methods["marker"]["opacity"], strict=True))
    assert faint["Card"] == 1
    assert faint["PayPal"] < 1


@pytest.mark.parametrize(
    ("kind", "by"),
    [("lines", "country"), ("bars", "product"), ("table", ""), ("pivot", ""), ("pivot", "weekday"), ("heat", "")],
)
def test_every_view_of_every_sort_of_dimension_draws(shop: Shop, kind: str, by: str) -> None:
    keep(shop, draft("1"), draft("2"))
    app = sales(kind=kind, by=by)
    assert figures(app)
    assert not app.error


def test_parts_have_their_share_and_the_others_are_told_together(shop: Shop) -> None:
    keep(shop, *(draft(code, payment_method=code, payment_method_label=code, total=Decimal(10)) for code in "abcdef"))
    html = shown_html(sales(by="payment_method", kind="table", top="3"))
    assert "3 others" in html
    assert "€30.00" in html
    assert "50%" in html


def test_figures_that_overlap_say_that_they_do(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert "do not add up" in shown_html(sales(measure="orders", by="product"))


def test_a_measure_that_nobody_knows_is_one_sentence_and_the_usual_one_is_shown(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = sales(measure="revenew", by="colour", grain="fortnight", top="many", kind="pie", compare="x", clock="y")
    assert "There is no figure “revenew”" in shown_html(app)
    assert figures(app)["Ordered by day"]["lead"]["figure"] == "€48.90"


def test_what_cannot_be_told_apart_so_is_shown_without(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert "Time to ship by day" in figures(sales(measure="ship_hours", by="product"))


def test_a_range_in_reverse_is_turned_round(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = sales(**{"from": "2026-03-31", "to": "2026-03-01"})
    assert figures(app)["Ordered by day"]["lead"]["figure"] == "€48.90"


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "country:ES"},
        {"currency": "JPY"},
        {"from": "2199-01-01", "to": "2199-01-31"},
        {"q": "month:2199-01"},
    ],
)
def test_where_nothing_is_the_screen_says_what_to_loosen(shop: Shop, asked: dict[str, str]) -> None:
    keep(shop, draft("1"))
    assert "loosen the filters" in shown_html(sales(**asked))


def test_what_is_no_currency_is_one_sentence(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert "takes an ISO 4217 code" in shown_html(sales(currency="EURO"))


def test_a_mistake_in_the_query_is_one_sentence(shop: Shop) -> None:
    assert "colour" in given(sales(q="colour:blue"), "filters")["mistake"]["sentence"]


def test_a_shop_without_orders_says_so(shop: Shop) -> None:
    assert "There is no order" in shown_html(sales(period="all"))


def test_hostile_names_reach_neither_the_chart_nor_the_page_as_markup(shop: Shop) -> None:
    keep(shop, draft("1", payment_method="odd", payment_method_label=HOSTILE, name=HOSTILE, shipping_method=HOSTILE))
    app = sales(by="shipping_method")
    drawn = str([chart["data"] for chart in charts(app)] + [chart["layout"] for chart in charts(app)])
    assert "<img" not in drawn
    assert "&lt;img" in drawn
    assert "<img" not in shown_html(sales(by="shipping_method", kind="pivot"))


def test_money_on_its_own_day_stands_on_that_day(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = sales(measure="paid", clock="event")
    assert figures(app)["Received by day"]["lead"]["figure"] == "€48.90"
    assert "on which it moved" in shown_html(app)


def test_all_choices_are_links_with_codes(shop: Shop) -> None:
    keep(shop, draft("1"))
    menus = given(screen("fr", **MARCH, by="country").switch_page("sales.py").run(), "choices")["menus"]
    by = next(menu for menu in menus if menu["key"] == "by")
    assert by["title"] == "Pays"
    assert any(
        "by=payment_method" in choice["href"] and "from=2026-03-01" in choice["href"] for choice in by["choices"]
    )
