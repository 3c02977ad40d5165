"""What is owed on gift cards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from services.analytics import liability
from services.goods import cards
from services.goods.cards import NewCard
from services.people import SYSTEM
from services.shop import Shop

TODAY = datetime(2026, 3, 14, 12)


def issue(shop: Shop, value: str, made: datetime, currency: str = "EUR", until: date | None = None) -> str:
    return cards.issue(shop, NewCard(Decimal(value), currency, expires_on=until), SYSTEM, made)


def test_open_cards_count_by_currency_and_age_and_no_others(any_shop: Shop) -> None:
    issue(any_shop, "25", TODAY - timedelta(days=2), until=date(2026, 4, 30))
    spent = issue(any_shop, "40", TODAY - timedelta(days=100))
    cards.adjust(any_shop, spent, Decimal(-15), "Paid at the counter", SYSTEM, TODAY)
    issue(any_shop, "1000", TODAY - timedelta(days=800), "JPY")
    gone = issue(any_shop, "99", TODAY - timedelta(days=3))
    cards.void(any_shop, gone, "Lost", SYSTEM, TODAY)
    issue(any_shop, "77", TODAY - timedelta(days=60), until=(TODAY - timedelta(days=1)).date())
    told = liability.owed(any_shop, TODAY).rows
    assert [tuple(row.values()) for row in told] == [
        ("EUR", 0, 1, Decimal(25), Decimal(25), 1, Decimal(25)),
        ("EUR", 3, 1, Decimal(40), Decimal(25), 0, Decimal(0)),
        ("JPY", 24, 1, Decimal(1000), Decimal(1000), 0, Decimal(0)),
    ]
