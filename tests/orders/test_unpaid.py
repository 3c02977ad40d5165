"""Orders that nobody has paid are reminded of once and cancelled later, when the shop wants that; an old past never."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data import intake
from services import profile
from services.language import use
from services.orders import unpaid as rules
from services.orders.rows import OrderRows
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now
from tests.orders.sample import NOW, draft, keep, unpaid

SET = NOW - timedelta(days=100)
RUN = "0190a000-0000-7000-8000-000000000001"


def set_rules(shop: Shop, reminder: int, cancel: int, at: Any = SET) -> None:
    with shop.store.write() as write:
        changes = {rules.REMINDER: reminder, rules.CANCEL: cancel}
        profile.change(write, shop.settings, changes, MERCHANT.name, at)


def aged(number: str, days: float, **changes: Any) -> Any:
    return unpaid(number, **{"placed_at": NOW - timedelta(days=days), "payment_method": "bank_transfer"} | changes)


def reminded(shop: Shop, orders: Sequence[str]) -> list[bool]:
    return [any(e.kind is EventKind.UNPAID_REMINDED for e in now(shop, order).events) for order in orders]


def test_at_first_nothing_happens(shop: Shop) -> None:
    [order] = keep(shop, aged("1", 40))
    assert rules.turn(shop, NOW) == ()
    assert len(now(shop, order).events) == 1


def test_an_order_is_reminded_of_once_in_the_name_of_comptoir(shop: Shop) -> None:
    set_rules(shop, 3, 0)
    orders = keep(shop, aged("1", 3.1), aged("2", 2.9))
    assert rules.turn(shop, NOW) == ["1 orders reminded of"]
    assert rules.turn(shop, NOW + timedelta(hours=1)) == []
    assert reminded(shop, orders) == [True, False]
    order = now(shop, orders[0])
    assert order.events[-1].actor == "comptoir"
    [mail] = order.messages
    assert (mail.template, mail.to) == ("unpaid_reminder", "ines@example.com")


@pytest.mark.parametrize(
    "changes",
    [
        {"payment_method": "cash_on_delivery"},
        {"email": ""},
        {"is_muted": True},
        {"payment_status": PaymentStatus.CANCELLED},
        {"fulfilment_status": FulfilmentStatus.ON_HOLD},
        {"fulfilment_status": FulfilmentStatus.SHIPPED},
        {"source": "demo"},
        {"placed_at": NOW - timedelta(days=40)},  # more than a month late: nobody expects it
    ],
)
def test_who_owes_nothing_now_or_cannot_be_told_is_not_reminded(shop: Shop, changes: dict[str, Any]) -> None:
    set_rules(shop, 3, 0, at=NOW)
    orders = keep(shop, aged("1", 5, **changes), draft("2", placed_at=NOW - timedelta(days=5)))
    assert rules.turn(shop, NOW) == []
    assert reminded(shop, orders) == [False, False]


def test_after_more_days_the_order_is_cancelled_with_the_reason(any_shop: Shop) -> None:
    set_rules(any_shop, 0, 14)
    old, young, begun = keep(
        any_shop, aged("1", 15), aged("2", 13), aged("3", 15, fulfilment_status=FulfilmentStatus.PROCESSING)
    )
    assert rules.turn(any_shop, NOW) == ["1 orders cancelled as unpaid"]
    order = now(any_shop, old)
    assert (order.payment_status, order.events[-1].reason) == (PaymentStatus.CANCELLED, "Not paid within 14 days.")
    assert order.events[-1].actor == "comptoir"
    with use("fr"):  # the shop speaks English
        assert rules.reason(order.events[-1]) == "Non payée en 14 jours."
        assert rules.reason(replace(order.events[-1], cause="")) == ""  # from before the days were kept
    assert [mail.template for mail in order.messages] == ["cancelled"]
    for other in (young, begun):
        assert now(any_shop, other).payment_status is PaymentStatus.AWAITING_PAYMENT


def test_nobody_is_cancelled_without_a_reminder_and_the_days_after_it(shop: Shop) -> None:
    set_rules(shop, 3, 10)
    [order] = keep(shop, aged("1", 20))
    rules.turn(shop, NOW)
    told = now(shop, order)
    assert told.payment_status is PaymentStatus.AWAITING_PAYMENT
    assert told.events[-1].after == {"until": "2026-03-21"}
    rules.turn(shop, NOW + timedelta(days=6.9))
    assert now(shop, order).payment_status is PaymentStatus.AWAITING_PAYMENT
    rules.turn(shop, NOW + timedelta(days=7))
    assert now(shop, order).payment_status is PaymentStatus.CANCELLED


def test_whom_nobody_can_remind_is_cancelled_all_the_same(shop: Shop) -> None:
    set_rules(shop, 3, 10)
    [order] = keep(shop, aged("1", 11, email=""))
    rules.turn(shop, NOW)
    assert now(shop, order).payment_status is PaymentStatus.CANCELLED


def test_what_was_imported_before_the_rule_was_set_is_left_alone(shop: Shop) -> None:
    batch = OrderRows()
    ids = [
        batch.add(one, now=NOW, actor="import", event=EventKind.IMPORTED, import_run_id=RUN)
        for one in (aged("1", 20), aged("2", 5))
    ]
    with shop.store.write() as write:
        intake.add(write, batch.rows, shop.settings.time_zone)
    set_rules(shop, 3, 4, at=NOW - timedelta(days=10))
    rules.turn(shop, NOW)
    assert reminded(shop, ids) == [False, True]
    assert now(shop, ids[0]).payment_status is PaymentStatus.AWAITING_PAYMENT


def test_a_frozen_shop_reminds_nobody(shop: Shop) -> None:
    set_rules(shop, 3, 10)
    keep(shop, aged("1", 5))
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"is_frozen": True}, MERCHANT.name, NOW)
    assert rules.turn(shop, NOW) == ()


def test_the_settings_say_beforehand_how_many_and_which(shop: Shop) -> None:
    orders = keep(shop, aged("1", 5), aged("2", 20), aged("3", 20, email=""))
    seen = rules.foreseen(shop, NOW, 3, 10)
    assert [row["number"] for row in seen.reminded] == ["2", "1"]
    assert [row["number"] for row in seen.cancelled] == ["3"]
    assert {row["number"] for row in rules.foreseen(shop, NOW, 0, 10).cancelled} == {"2", "3"}
    assert reminded(shop, orders) == [False] * 3


def test_who_pays_in_the_same_moment_is_not_cancelled(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    set_rules(shop, 0, 10)
    [order] = keep(shop, aged("1", 11))
    found = rules.foreseen(shop, NOW, 0, 10)
    do(shop, order, ActionName.MARK_PAID)
    monkeypatch.setattr(rules, "_found", lambda *_: replace(found))
    assert rules.turn(shop, NOW) == []
    assert now(shop, order).payment_status is PaymentStatus.PAID
