"""The Buyers screen, and segments in the list of customers."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from services import clock
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import given, screen, shown_html

HOSTILE = "<script>alert(1)</script>"


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def test_new_and_returning_cohorts_segments_and_who_is_away_are_on_one_screen(shop: Shop) -> None:
    keep(
        shop,
        draft("1", placed_at=ago(300), total=Decimal(60)),
        draft("2", placed_at=ago(250), total=Decimal(40)),
        draft("3", placed_at=ago(3), email="ada@example.com", name="Ada"),
    )
    app = screen().switch_page("buyers.py").run()
    assert not app.exception
    html = shown_html(app)
    assert all(
        part in html
        for part in (
            "At risk",
            "2 orders or more, the latest 6 to 12 months ago",
            "Newcomers",
            "/customers?segment=at_risk&amp;q=currency%3AEUR",
            "All 1 customer, €100.00",
            "Tasse bleue",
            "ct-open",
            "first_order%3A",
        )
    )


def test_a_hostile_name_or_product_is_shown_as_text(shop: Shop) -> None:
    line = draft().lines[0]
    cup = type(line)(HOSTILE, Decimal(1), Decimal(15), sku=HOSTILE)
    keep(shop, *(draft(f"{n}", name=HOSTILE, lines=(cup,), placed_at=ago(400 + n)) for n in range(2)))
    app = screen().switch_page("buyers.py").run()
    assert not app.exception
    assert "<script" not in shown_html(app) and "&lt;script" in shown_html(app)


def test_a_shop_without_orders_and_a_mistake_in_the_query_are_sentences(shop: Shop) -> None:
    app = screen().switch_page("buyers.py").run()
    assert not app.exception
    assert "Nobody ordered here" in shown_html(app)
    app = screen(q="colour:blue").switch_page("buyers.py").run()
    assert not app.exception
    assert "colour" in given(app, "filters")["mistake"]["sentence"]


def test_orders_of_nobody_known_have_a_row_of_their_own(shop: Shop) -> None:
    address = type(draft().billing_address)()
    keep(shop, draft("1", email="", name="", billing_address=address, placed_at=ago(2)), draft("2", placed_at=ago(1)))
    html = shown_html(screen().switch_page("buyers.py").run())
    assert "Unknown" in html and "Orders without an e-mail address or a name" in html


def test_the_customers_of_a_segment_are_listed_with_the_rule_in_words(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=ago(3), email="ada@example.com", name="Ada"), draft("2", placed_at=ago(500)))
    app = screen(segment="lost", q="currency:EUR").switch_page("customers.py").run()
    assert not app.exception
    html = shown_html(app)
    assert "the latest more than 12 months ago" in html and "Inès Kaba" in html and "Ada" not in html
    assert screen(segment="nonsense").switch_page("customers.py").run().exception == []
