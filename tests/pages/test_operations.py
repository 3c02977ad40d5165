"""The Operations screen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import figures, screen, shown_html

HOSTILE = "<img src=x onerror=alert(1)> **bold**"


def refused(number: str, reason: str, method: str = "card") -> object:
    tried = DraftPayment(PaymentKind.FAILURE, Decimal("48.90"), NOW, method, "stripe", failure_reason=reason)
    return draft(number, payment_status=PaymentStatus.AWAITING_PAYMENT, payments=(tried,), payment_method=method)


def test_each_card_stands_there_with_its_tools(shop: Shop) -> None:
    paid = DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), NOW + timedelta(hours=5))
    keep(shop, draft("1", payments=(paid,)))
    app = screen(period="all").switch_page("operations.py").run()
    assert not app.exception
    assert {"Payments that failed, by method", "What became of mails", "Given back, by reason"} <= set(figures(app))


def test_a_reason_is_told_in_plain_words_beside_the_providers(shop: Shop) -> None:
    keep(shop, refused("1", "insufficient_funds"), refused("2", "card_declined: insufficient_funds"))  # type: ignore[arg-type]
    app = screen(period="all").switch_page("operations.py").run()
    html = shown_html(app)
    assert "There is not enough money on the account." in html
    assert "“insufficient_funds”" in html


def test_what_a_provider_says_is_text(shop: Shop) -> None:
    keep(shop, refused("1", HOSTILE))  # type: ignore[arg-type]
    app = screen(period="all").switch_page("operations.py").run()
    assert not app.exception
    assert HOSTILE not in shown_html(app)
    assert "&lt;img src=x" in shown_html(app)


def test_a_shop_without_orders_says_so(shop: Shop) -> None:
    app = screen(period="all").switch_page("operations.py").run()
    assert not app.exception
    assert "ct-figure-empty" in shown_html(app)
