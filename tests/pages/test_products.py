"""The Products screen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from services import clock, product_costs
from services.people import MERCHANT
from services.product_costs import Cost
from services.shop import Shop
from tests.orders.sample import MUGS, draft, keep
from tests.pages.drawn import figures, given, screen, shown_html

HOSTILE = "<script>alert(1)</script>"


def test_best_products_classes_margins_and_pairs_are_on_one_screen(shop: Shop) -> None:
    now = clock.now()
    days = (
        clock.day(now, shop.settings.time_zone) - clock.day(now - timedelta(days=200), shop.settings.time_zone)
    ).days
    keep(shop, *(draft(f"{n}", placed_at=now) for n in range(2)))
    keep(
        shop, draft("9", placed_at=now - timedelta(days=200), lines=(type(MUGS)("Old lamp", Decimal(1), Decimal(40)),))
    )
    product_costs.keep(shop, [Cost("TASSE-1", "EUR", Decimal(6))], MERCHANT)
    app = screen(period="all").switch_page("products.py").run()
    assert not app.exception
    html = shown_html(app)
    wanted = (
        *("ct-letter-A", "sku%3ATASSE-1", "stand in no margin", "Old lamp", f"{days} days ago", "Nothing came back."),
        "€26.00",  # 4 mugs: 60 − 10 of tax − 24
        "sku%3ACARN-5+sku%3ATASSE-1",
    )
    assert [part for part in wanted if part not in html] == []
    assert {"Best products", "Returns by product", "Margin", "Price paid against list price"} <= set(figures(app))


def test_a_hostile_product_is_shown_as_text(shop: Shop) -> None:
    line = type(MUGS)(HOSTILE, Decimal(1), Decimal(15), sku=HOSTILE)
    other = type(MUGS)("[x](javascript:1)", Decimal(1), Decimal(15))
    days = timedelta(days=200)
    keep(shop, *(draft(f"{n}", lines=(line, other), placed_at=clock.now() - days * n) for n in range(2)))
    app = screen(period="all").switch_page("products.py").run()
    assert not app.exception
    assert "<script" not in shown_html(app) and "&lt;script" in shown_html(app)


def test_a_shop_without_orders_and_a_mistake_in_the_query_are_sentences(shop: Shop) -> None:
    app = screen().switch_page("products.py").run()
    assert not app.exception
    assert "No product was sold here" in shown_html(app)
    app = screen(q="colour:blue").switch_page("products.py").run()
    assert "colour" in given(app, "filters")["mistake"]["sentence"]


def test_a_cost_that_is_typed_is_kept_and_one_is_forgotten(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=clock.now()))
    app = screen(period="all").switch_page("products.py").run()
    app.selectbox(key="products_cost_product").select("TASSE-1")
    app.text_input(key="products_cost_amount").input("6,25")
    app.text_input(key="products_cost_category").input("Mugs")
    next(one for one in app.button if one.label == "Keep the cost").click().run()
    assert not app.exception
    (kept,) = product_costs.every(shop)
    assert kept == Cost("TASSE-1", "EUR", Decimal("6.25"), None, "Mugs")
    assert "The cost is kept." in shown_html(app) and "€12.50" in shown_html(app)  # 30 − 5 of tax − 2 × 6.25
    app.selectbox(key="products_cost_forgotten").select_index(0)
    next(one for one in app.button if one.label == "Forget it").click().run()
    assert product_costs.every(shop) == []


def test_what_is_no_amount_is_said_and_nothing_is_kept(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=clock.now()))
    app = screen(period="all").switch_page("products.py").run()
    app.text_input(key="products_cost_amount").input("cheap")
    next(one for one in app.button if one.label == "Keep the cost").click().run()
    assert not app.exception
    assert "cheap” is no amount" in app.toast[0].value
    assert product_costs.every(shop) == []
