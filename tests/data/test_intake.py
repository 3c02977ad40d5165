"""Whole orders into the store: what is derived from them, the same for one order and for many."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from data import intake
from data.incoming import tables
from data.store import Row, Store
from services.orders.draft import Address, DraftLine, DraftPayment
from services.orders.statuses import Kind, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.data.orders import ZONE, draft, rows

# Orders that differ in what is derived from them, and in the letters of their words.
VARIED = [
    draft(1),
    draft(2, number="A-77-X", email="", name="Æsa Þórðardóttir", phone="+354 555 1234"),
    draft(3, email="", name="", billing_address=Address(name="Ola Nordmann", country="NO"), shipping_address=Address()),
    draft(4, payment_status=PaymentStatus.REFUNDED,
          payments=(DraftPayment(PaymentKind.CHARGE, Decimal(30)), DraftPayment(PaymentKind.REFUND, Decimal(30)))),
    draft(5, lines=(), payments=(), shipments=(), tags=("gift", "été"), coupons=("SUMMER-10",), number="９９"),
    draft(6, lines=(DraftLine("E-book", Decimal("1.5"), Decimal(20), kind=Kind.DIGITAL, sku="日本-1"),
                    DraftLine("Card", Decimal(1), Decimal(0), kind=Kind.GIFT_CARD)), shipments=(),
          customer_comment="Straße 5, Ünïcode\x00 \u2028naïve ☠"),
    draft(7, placed_at=datetime(2026, 3, 31, 22, 30), payments=(DraftPayment(PaymentKind.CHARGE, Decimal(9)),)),
]  # fmt: skip


def content(store: Store) -> dict[str, list[Row]]:
    names = ("orders", *intake.CHILDREN, "search_terms")
    with store.read() as read:  # a word that two texts of an order share may stand twice
        return {name: read.rows(f"select distinct * from {name} order by all") for name in names}


def test_an_order_alone_comes_out_as_it_would_among_many(any_shop: Shop) -> None:
    batch = rows(*VARIED)
    with any_shop.store.write() as write:
        for order in batch["orders"]:
            own = {
                name: [row for row in found if row.get("order_id", row.get("id")) == order["id"]]
                for name, found in batch.items()
            }
            intake.add(write, own, ZONE)
    alone = content(any_shop.store)
    with any_shop.store.write() as write:
        intake.remove(write, [str(row["id"]) for row in alone["orders"]])
        assert write.value("select count(*) from orders") == 0
        intake.add(write, tables(batch), ZONE)
    together = content(any_shop.store)
    for name in together:
        assert together[name] == alone[name], name
    assert {row["order_id"] for row in together["search_terms"]} == {row["id"] for row in together["orders"]}


def test_what_belongs_to_an_order_lies_side_by_side(shop: Shop) -> None:
    batch = {name: list(reversed(found)) for name, found in rows(*map(draft, range(40))).items()}
    with shop.store.write() as write:
        intake.add(write, tables(batch), ZONE)
    with shop.store.read() as read:
        for name in intake.CHILDREN:
            lie = [row["order_id"] for row in read.rows(f"select order_id from {name} order by rowid")]
            assert lie == sorted(lie), name


def test_the_day_and_month_are_the_shops(any_shop: Shop) -> None:
    with any_shop.store.write() as write:
        intake.add(write, rows(draft(1, placed_at=datetime(2026, 3, 31, 22, 30))), ZONE)
        found = write.one("select placed_on, placed_month from orders")
    assert found == {"placed_on": date(2026, 4, 1), "placed_month": "2026-04"}


def test_a_shop_that_moves_to_another_zone_gets_its_days_anew(any_shop: Shop) -> None:
    at = datetime(2026, 3, 31, 22, 30)
    paid = (DraftPayment(PaymentKind.CHARGE, Decimal(30), at=at),)
    with any_shop.store.write() as write:
        intake.add(write, rows(draft(1, placed_at=at, payments=paid)), ZONE)
        intake.move_to_zone(write, "America/New_York")
        found = write.one("select placed_on, placed_month, on_date from orders, payments")
    assert found == {"placed_on": date(2026, 3, 31), "placed_month": "2026-03", "on_date": date(2026, 3, 31)}


def test_money_sums_leave_failed_attempts_out(any_shop: Shop) -> None:
    paid = (
        DraftPayment(PaymentKind.CHARGE, Decimal(20)),
        DraftPayment(PaymentKind.GIFT_CARD, Decimal(5)),
        DraftPayment(PaymentKind.FAILURE, Decimal(5), failure_reason="declined"),
        DraftPayment(PaymentKind.REFUND, Decimal(3)),
    )
    with any_shop.store.write() as write:
        intake.add(write, rows(draft(1, payments=paid)), ZONE)
        found = write.one("select paid, refunded, due, item_count, line_count, items_summary, kinds from orders")
    assert found == {
        "paid": Decimal(25), "refunded": Decimal(3), "due": Decimal(5), "item_count": Decimal(3), "line_count": 2,
        "items_summary": "Blue mug", "kinds": ["physical"],
    }  # fmt: skip


def test_words_made_a_few_orders_at_a_time_are_all_there(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "WORDED", 5)
    with any_shop.store.write() as write:
        intake.add(write, rows(*(draft(nth) for nth in range(12))), ZONE)
        found = write.value("select count(distinct order_id) from search_terms where field = 'email'")
        twice = write.value(
            "select count(*) from (select 1 from search_terms where field = 'email' "
            "group by term, order_id having count(*) > 1)"
        )
    assert (found, twice) == (12, 0)
