"""The Sales screen."""

from __future__ import annotations

from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import charts, figures, given, screen, shown_html


def test_the_figures_are_those_of_the_order_list(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), draft("3", payment_status=PaymentStatus.CANCELLED, payments=()))
    app = screen().switch_page("sales.py").run()
    assert not app.exception
    assert charts(app)[0]["data"][0]["customdata"] == [["0", "March 2026", "€97.80"]]
    assert "Ordered by month" in figures(app)


def test_the_same_query_language_narrows_the_figures(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    app = screen(q="payment_method:card").switch_page("sales.py").run()
    assert charts(app)[0]["data"][0]["customdata"] == [["0", "March 2026", "€48.90"]]


def test_a_mistake_in_the_query_is_one_sentence(shop: Shop) -> None:
    app = screen(q="colour:blue").switch_page("sales.py").run()
    assert not app.exception
    assert "colour" in given(app, "filters")["mistake"]["sentence"]


def test_a_shop_without_orders_says_so(shop: Shop) -> None:
    app = screen().switch_page("sales.py").run()
    assert "There is no order yet" in shown_html(app)
