"""Figures of one's own choice: what goes together, what is refused, and what lines, payments and parcels add."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from data.dimensions import Dimension
from data.measures import Measure
from services import query
from services.analytics import Asked, Clock, answer, ask, dimension, figure
from services.errors import Invalid
from services.orders.draft import Address, DraftLine, DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal


def rows(shop: Shop, measures: str, by: str = "", **more: object) -> list[tuple[object, ...]]:
    asked = Asked(tuple(map(figure, measures.split())), tuple(map(dimension, by.split())), **more)  # type: ignore[arg-type]
    return [tuple(row.values()) for row in ask(shop, asked).rows]


def test_a_ratio_is_made_of_its_parts(any_shop: Shop) -> None:
    keep(any_shop, draft("1", total=D(10)), draft("2", total=D(5)))
    assert rows(any_shop, "average_order", "country") == [("FR", D("7.50"))]
    assert rows(any_shop, "refund_rate failure_rate") == [(D(0), D(0))]


def test_what_products_brought_and_shipping_is_all_that_was_placed(any_shop: Shop) -> None:
    lines = (
        DraftLine("Blue cup", D(2), D("15.00"), sku="CUP-1", total=D("30.00")),
        DraftLine("Notebook", D(1), D("14.00"), sku="BOOK-5", total=D("14.00")),
    )
    keep(any_shop, draft("1", lines=lines, subtotal=D("44.00"), shipping_fee=D("4.90"), total=D("48.90")))
    assert rows(any_shop, "placed paid items orders", "product") == [
        ("CUP-1", "Blue cup", D("30.00"), D("30.00"), D(2), 1),
        ("BOOK-5", "Notebook", D("14.00"), D("14.00"), D(1), 1),
        ("", "", D("4.90"), D("4.90"), D(0), 1),
    ]


def test_several_currencies_stand_side_by_side_and_are_never_summed(any_shop: Shop) -> None:
    keep(any_shop, draft("1", total=D(10)), draft("2", currency="JPY", total=D(500)))
    assert rows(any_shop, "placed", "currency") == [("JPY", D(500)), ("EUR", D(10))]
    assert rows(any_shop, "placed", "currency", currency="JPY") == [("JPY", D(500))]
    assert rows(any_shop, "placed") == [(D(10),)]


def test_a_customer_is_new_until_the_first_order_that_stands(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2026, 1, 5), payment_status=PaymentStatus.CANCELLED),
        draft("2", placed_at=datetime(2026, 1, 6)),
        draft("3", placed_at=datetime(2026, 2, 6)),
        draft("4", placed_at=datetime(2026, 2, 7), email="ada@example.com"),
    )
    assert rows(any_shop, "orders customers", "month customer") == [
        ("2026-01", "new", 1, 1),
        ("2026-02", "new", 1, 1),
        ("2026-02", "returning", 1, 1),
    ]
    assert [row["number"] for row in find(any_shop, View(query.parse("customer:returning"))).rows] == ["3"]
    assert rows(any_shop, "new_customers", "month") == [("2026-01", 1), ("2026-02", 1)]


def test_failed_payments_are_told_apart_by_method_and_reason(any_shop: Shop) -> None:
    failed = DraftPayment(PaymentKind.FAILURE, D("48.90"), datetime(2026, 3, 1), failure_reason="Card declined")
    keep(any_shop, draft("1", payments=(failed,)), draft("2"))
    told = rows(any_shop, "attempts failures failure_rate", "payment_method")
    assert [(row[1], row[2], row[3]) for row in told] == [(2, 1, D(50))]
    assert rows(any_shop, "failures", "failure_reason")[0] == ("Card declined", 1)


@pytest.mark.parametrize(
    ("measures", "by", "sentence"),
    [
        ("shipping", "product", "shipping cannot be told apart by product"),
        ("failures", "product", "cannot be told apart"),
        ("", "month", "cannot be told apart"),
        ("placd", "month", "Did you mean placed"),
        ("placed", "mnth", "Did you mean month"),
    ],
)
def test_what_does_not_go_together_is_said(shop: Shop, measures: str, by: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        rows(shop, measures, by)


def test_products_have_no_day_of_the_money(shop: Shop) -> None:
    keep(shop, draft("1"))
    assert rows(shop, "placed", "product", clock=Clock.EVENT)
    with pytest.raises(Invalid, match="day of the order only"):
        rows(shop, "placed", "month product", clock=Clock.EVENT)


def test_orders_with_two_coupons_have_a_row_of_their_own_with_their_orders(shop: Shop) -> None:
    keep(shop, draft("1", coupons=("SPRING",)), draft("2", coupons=("WELCOME", "SPRING")), draft("3"))
    told = ask(shop, Asked((Measure.PLACED, Measure.ORDERS), (Dimension.COUPON,)))
    for row in told.rows:
        listed = find(shop, View(query.parse(told.behind(row) or "")))
        assert (listed.total, listed.sums["EUR"]) == (row["orders"], row["placed"]), row
    assert len(told.rows) == 3


def test_cohorts_follow_the_customers_of_a_month(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2025, 12, 5), total=D(10)),
        draft("2", placed_at=datetime(2026, 2, 5), total=D(20)),
        draft("3", placed_at=datetime(2026, 2, 7), email="ada@example.com", total=D(5)),
        draft("4", placed_at=datetime(2026, 2, 8), email="", name="", billing_address=Address(), total=D(1)),
    )
    assert rows(any_shop, "placed customers", "cohort months_later") == [
        ("", 0, D(1), 0),
        ("2025-12", 0, D(10), 1),
        ("2025-12", 2, D(20), 1),
        ("2026-02", 0, D(5), 1),
    ]


def test_orders_that_are_not_over_wait_since_their_status_last_changed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(
        shop,
        draft("1", placed_at=datetime(2026, 3, 1), fulfilment_status=FulfilmentStatus.AWAITING_PROCESSING),
        draft("2", placed_at=datetime(2026, 3, 5), fulfilment_status=FulfilmentStatus.AWAITING_PROCESSING),
        draft("3", placed_at=datetime(2026, 1, 1), fulfilment_status=FulfilmentStatus.DELIVERED),
    )
    monkeypatch.setattr("services.clock.now", lambda: datetime(2026, 3, 11))
    told = answer(shop, "ageing")
    assert [tuple(row.values())[1:] for row in told.rows] == [("awaiting_processing", 2, D("97.80"), D(8), 10)]
    listed = find(shop, View(query.parse(told.behind(told.rows[0]) or "")))
    assert (listed.total, listed.sums["EUR"]) == (2, D("97.80"))


def test_money_is_told_by_the_method_and_provider_that_moved_it_on_its_own_day(any_shop: Shop) -> None:
    """Paid by card and gift card in March; half of it given back by transfer in April."""
    payments = (
        DraftPayment(PaymentKind.CHARGE, D("28.90"), datetime(2026, 3, 14, 10), "card", "stripe", reference="ch_1"),
        DraftPayment(PaymentKind.GIFT_CARD, D("20.00"), datetime(2026, 3, 14, 10), "gift_card"),
        DraftPayment(PaymentKind.REFUND, D("24.45"), datetime(2026, 4, 2, 10), "bank_transfer", reference="VIR-9"),
        DraftPayment(PaymentKind.FAILURE, D("48.90"), datetime(2026, 3, 14, 9), "card", "stripe"),
    )
    keep(any_shop, draft("1", payments=payments))
    told = answer(any_shop, "movements", clock=Clock.EVENT).rows
    assert [tuple(row.values())[1:] for row in told] == [
        ("card", "stripe", 1, D("28.90"), D(0), D("28.90")),
        ("gift_card", "", 1, D("20.00"), D(0), D("20.00")),
        ("bank_transfer", "", 1, D(0), D("24.45"), D("-24.45")),
    ]
    april = (date(2026, 4, 1), date(2026, 4, 30))
    assert rows(any_shop, "net", "provider reference", clock=Clock.EVENT, days=april) == [("", "VIR-9", D("-24.45"))]
    assert rows(any_shop, "paid refunded net orders", clock=Clock.EVENT, days=april) == [
        (D(0), D("24.45"), D("-24.45"), 0)
    ]


def test_only_days_that_are_asked_for_count_and_their_orders_are_listed(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=datetime(2026, 3, 1, 9)), draft("2", placed_at=datetime(2026, 4, 1, 9)))
    told = ask(shop, Asked((Measure.PLACED,), days=(date(2026, 3, 1), date(2026, 3, 31))))
    assert told.rows[0]["placed"] == D("48.90")
    assert find(shop, View(query.parse(told.behind({}) or ""))).sums == {"EUR": D("48.90")}
    assert "2026-03-31" in told.definition


def test_a_refund_without_an_event_of_its_own_has_the_reason_of_the_orders_latest(any_shop: Shop) -> None:
    (order_id,) = keep(
        any_shop, draft("1", payments=(DraftPayment(PaymentKind.REFUND, D("8.90"), datetime(2026, 4, 2, 10)),))
    )
    with any_shop.store.write() as write:
        write.execute(
            "update order_events set kind = ?, reason = 'Arrived broken' where order_id = ?::uuid",
            [EventKind.REFUNDED.value, order_id],
        )
    assert rows(any_shop, "refunds refund_amount", "refund_reason") == [("Arrived broken", 1, D("8.90"))]
