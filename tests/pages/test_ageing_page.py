"""The board of waiting times."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from services import clock
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import given, screen, shown_html
from tests.pages.test_order import opened


def old(number: str, days: int):  # type: ignore[no-untyped-def]
    at = clock.now() - timedelta(days=days)
    return draft(number, placed_at=at, payments=(DraftPayment(PaymentKind.CHARGE, draft().total, at),))


def test_the_board_counts_and_a_count_is_a_link_to_its_orders(shop: Shop) -> None:
    keep(shop, old("1", 0), old("2", 40), old("3", 41))
    app = screen().switch_page("ageing.py").run()
    assert not app.exception
    html = shown_html(app)
    assert "To prepare" in html
    assert quote("since:", safe="") in html
    assert "Late" in html
    assert html.index("#3") < html.index("#2")
    assert "#1<" not in html


def test_a_shop_without_work_says_so(shop: Shop) -> None:
    assert "No order is waiting." in shown_html(screen().switch_page("ageing.py").run())


def test_the_order_says_how_long_it_has_waited_and_that_it_is_late(shop: Shop) -> None:
    [order_id] = keep(shop, old("1", 40))
    text = shown_html(opened(order_id))
    assert "Like this since" in text
    assert "Late by" in text


def test_the_list_leads_to_the_board(shop: Shop) -> None:
    keep(shop, old("1", 1))
    assert "/waiting" in [board["href"] for board in given(screen(), "filters")["boards"]]
