"""Failures grouped by what they mean."""

from __future__ import annotations

from decimal import Decimal

from services.analytics import answer
from services.analytics.refusals import refusals
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep


def test_many_wordings_of_one_reason_are_one_and_nobodys_words_stay_their_own(any_shop: Shop) -> None:
    said = ("insufficient_funds", "insufficient_funds", "Insufficient funds", "Computer says no", "")
    keep(
        any_shop,
        *(
            draft(
                str(at),
                payment_status=PaymentStatus.AWAITING_PAYMENT,
                payments=(DraftPayment(PaymentKind.FAILURE, Decimal("10"), NOW, "card", "stripe", failure_reason=one),),
            )
            for at, one in enumerate(said)
        ),
    )
    found = refusals(answer(any_shop, "failure_reasons"))
    assert [(one.failures, one.amount, one.told) for one in found] == [
        (3, Decimal(30), ("insufficient_funds", "Insufficient funds")),
        (1, Decimal(10), ()),
        (1, Decimal(10), ("Computer says no",)),
    ]
    assert found[0].plain
    assert not found[2].plain
