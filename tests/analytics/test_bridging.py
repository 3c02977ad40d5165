"""The two clocks of money, and the bridge from one to the other, to the cent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from data import intake
from services import query
from services.analytics import Clock, answer, as_json
from services.analytics.bridging import Step, bridge
from services.errors import Invalid
from services.orders.draft import Draft, DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind
from services.shop import Shop
from tests.analytics.generated import drafts
from tests.orders.sample import draft, keep

D = Decimal
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def money(kind: PaymentKind, amount: str, at: datetime | None) -> DraftPayment:
    return DraftPayment(kind, D(amount), at)


def test_the_bridge_leads_from_the_day_of_the_order_to_the_day_of_the_money(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2026, 2, 27), payments=(money(PaymentKind.CHARGE, "10", datetime(2026, 3, 2)),)),
        draft("2", placed_at=datetime(2026, 3, 5), payments=(money(PaymentKind.CHARGE, "20", datetime(2026, 3, 5)),)),
        draft("3", placed_at=datetime(2026, 3, 30), payments=(
            money(PaymentKind.CHARGE, "40", datetime(2026, 4, 2)), money(PaymentKind.REFUND, "5", datetime(2026, 4, 9)),
        )),
        draft("4", placed_at=datetime(2026, 3, 9), payments=(money(PaymentKind.CHARGE, "1", None),)),
    )  # fmt: skip
    built = bridge(any_shop, query.parse("month:2026-03"))
    assert (built.first, built.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert {span.step: (span.paid, span.refunded) for span in built.spans} == {
        Step.BY_ORDER: (D(61), D(5)),
        Step.MOVED_BEFORE: (0, 0),
        Step.MOVED_AFTER: (D(-40), D(-5)),
        Step.OF_EARLIER_ORDERS: (D(10), 0),
        Step.OF_LATER_ORDERS: (0, 0),
        Step.BY_EVENT: (D(31), 0),
    }
    numbers = {
        span.step: {row["number"] for row in find(any_shop, View(query.parse(span.query))).rows} for span in built.spans
    }
    assert numbers[Step.MOVED_AFTER] == {"3"}
    assert numbers[Step.OF_EARLIER_ORDERS] == {"1"}
    assert numbers[Step.BY_EVENT] == {"1", "2", "4"}
    assert as_json(answer(any_shop, "bridge", query.parse("month:2026-03")))["rows"][2] == {
        "step": "moved_after", "orders": 1, "paid": "-40.00", "refunded": "-5.00", "net": "-35.00",
    }  # fmt: skip


@few
@given(orders=drafts())
def test_the_steps_add_up_to_the_cent_and_both_ends_are_the_reports(shop: Shop, orders: tuple[Draft, ...]) -> None:
    there = [row["id"] for row in find(shop, View(size=200)).rows]
    with shop.store.write() as write:
        intake.remove(write, there)
    keep(shop, *orders)
    for currency in ("EUR", "USD", "JPY"):
        for month in ("2025-12", "2026-03"):
            spans = {span.step: span for span in bridge(shop, query.parse(f"month:{month}"), currency).spans}
            between = [spans[step] for step in Step if step not in (Step.BY_ORDER, Step.BY_EVENT)]
            for end, clock in ((Step.BY_ORDER, Clock.ORDER), (Step.BY_EVENT, Clock.EVENT)):
                rows = answer(shop, "revenue_by_month", clock=clock, currency=currency).rows
                told = next((row for row in rows if row["month"] == month), {"paid": D(0), "refunded": D(0)})
                assert (spans[end].paid, spans[end].refunded) == (told["paid"], told["refunded"])
            assert spans[Step.BY_ORDER].net + sum(span.net for span in between) == spans[Step.BY_EVENT].net


def test_a_bridge_without_a_period_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid, match="needs a period"):
        bridge(shop, query.parse("payment_method:paypal"))
