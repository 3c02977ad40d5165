"""What the shop still owes on gift cards, by currency and by how long ago they were made."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from data import liability
from services import clock
from services.analytics.answering import Answer, Asked
from services.analytics.measures import Column, ColumnType
from services.errors import store_errors
from services.goods.plan import EntryKind
from services.language import _
from services.shop import Shop

AGES = (0, 3, 6, 12, 24)
"""Months from which on a card belongs to an age, up to the next."""
SOON = timedelta(days=90)
"""What runs out within it is said apart."""


def owed(shop: Shop, now: datetime | None = None) -> Answer:
    """Rows by currency and age (`months`, the least of it): how many cards, what they were issued for, what is left on
    them, and the part of it that runs out within ninety days. A card that was withdrawn, spent or has run out is not
    owed any more. No filter of orders touches it: a card may have no order."""
    at, profile = now or clock.now(), shop.profile()
    today = clock.day(at, profile.time_zone)
    with store_errors(), shop.store.read() as read:
        rows, sql = liability.owed(read, _words(today))
    return Answer(
        asked=Asked((), name="gift_card_liability"),
        definition=_(
            "balance: what is left on gift cards that were neither withdrawn nor have run out, by the months since "
            "they were made; expiring: the part that runs out within 90 days."
        ),
        time_zone=profile.time_zone,
        currency=profile.currency,
        columns=(
            Column("currency", ColumnType.CURRENCY),
            Column("months", ColumnType.NUMBER),
            Column("cards", ColumnType.COUNT, "cards"),
            Column("issued", ColumnType.MONEY),
            Column("balance", ColumnType.MONEY),
            Column("expiring_cards", ColumnType.COUNT, "cards"),
            Column("expiring_balance", ColumnType.MONEY),
        ),
        rows=tuple(rows),
        sql=sql,
        asked_at=at,
    )


def _words(today: date) -> dict[str, object]:
    return {
        "issue": EntryKind.ISSUE.value,
        "today": today,
        "expires_before": today + SOON,
        "ages": list(AGES),
    }
