"""The Money screen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from services.goods import cards
from services.goods.cards import NewCard
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind
from services.people import SYSTEM
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import charts, figures, screen, shown_html

HOSTILE = "<script>alert(1)</script>"


def test_money_counts_on_the_day_on_which_it_moved(shop: Shop) -> None:
    """Placed in March and paid then; 8.90 given back in April: April shows what was given back."""
    moved = (
        DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), NOW, "paypal", "paypal", reference="8XK-77"),
        DraftPayment(
            PaymentKind.REFUND, Decimal("8.90"), NOW + timedelta(days=30), "paypal", "paypal", reference="R-1"
        ),
    )
    keep(shop, draft("2041", payments=moved))
    april = {"period": "own", "from": "2026-04-01", "to": "2026-04-30"}
    app = screen(**april).switch_page("money.py").run()
    assert not app.exception
    html = shown_html(app)
    assert "R-1" in html
    assert "8XK-77" not in html
    assert figures(app)["Money by payment method"]["lead"]["figure"] == "-€8.90"


def test_a_coupon_is_text(shop: Shop) -> None:
    keep(shop, draft("1", coupons=(HOSTILE,), discount=Decimal("4.90"), total=Decimal("44.00"), payments=()))
    app = screen(period="all").switch_page("money.py").run()
    assert not app.exception
    assert HOSTILE not in shown_html(app)
    assert not any(HOSTILE in str(chart) for chart in charts(app))


def test_what_is_owed_on_gift_cards_is_said_by_currency(shop: Shop) -> None:
    cards.issue(shop, NewCard(Decimal("25.00"), "EUR"), SYSTEM)
    cards.issue(shop, NewCard(Decimal("1000"), "JPY"), SYSTEM)
    app = screen(period="all").switch_page("money.py").run()
    html = shown_html(app)
    assert "€25.00" in html
    assert "¥1,000" in html
