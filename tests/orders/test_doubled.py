"""Orders that look doubled wait for a person: the same customer with the same goods a moment ago, or paid twice."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services import profile
from services.orders import doubled, reading, taking
from services.orders.doubled import Likeness
from services.orders.draft import DraftPayment
from services.orders.order import Order
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentKind
from services.people import API, MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now
from tests.orders.sample import NOW, draft, keep
from tests.orders.test_taking import body

A, F = ActionName, FulfilmentStatus
LATER = NOW + timedelta(minutes=4)


def take(shop: Shop, at: Any = NOW, **changes: Any) -> Order:
    return taking.take(shop, body(**changes), API, None, at).order


def test_the_same_order_of_the_same_customer_minutes_later_waits_and_says_why(any_shop: Shop) -> None:
    first, second = take(any_shop), take(any_shop, LATER)
    assert first.fulfilment_status is F.AWAITING_PROCESSING
    assert (second.fulfilment_status, second.version) == (F.ON_HOLD, 2)
    held = second.events[-1]
    assert (held.kind, held.actor, held.cause) == (EventKind.HELD, "comptoir", f"doubled:{first.id}")
    assert held.reason == "Looks like order #1: same customer, same goods, less than 5 minutes apart."
    assert second == reading.order(any_shop, second.id)
    assert [message.template for message in second.messages] == ["order_confirmation", "new_order"]


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "marc@example.com"},
        {"lines": [{"name": "Tasse bleue", "sku": "TASSE-1", "quantity": 3, "unit_price": "15.00"}]},
        {"lines": [{"name": "Tasse", "sku": "X", "quantity": 2, "unit_price": "22.00"}]},  # the same worth
        {"shipping_fee": "5.90"},
        {"currency": "CHF"},
        {"silent": True},
        {"source_id": "77"},
    ],
)
def test_another_customer_other_goods_another_worth_or_another_source_is_another_order(
    shop: Shop, changes: dict[str, Any]
) -> None:
    take(shop)
    assert take(shop, LATER, **changes).fulfilment_status is F.AWAITING_PROCESSING


def test_half_an_hour_later_it_is_another_order(shop: Shop) -> None:
    take(shop)
    assert take(shop, NOW + timedelta(minutes=31)).fulfilment_status is F.AWAITING_PROCESSING


def test_the_phone_tells_the_customer_who_changed_the_address_of_their_mail(shop: Shop) -> None:
    take(shop, email="ines@example.com", phone="+33 6 12 34 56 78")
    assert take(shop, LATER, email="i.kaba@example.com", phone="06 12 34 56 78").fulfilment_status is F.ON_HOLD
    assert take(shop, LATER, email="other@example.com", phone="78").fulfilment_status is F.AWAITING_PROCESSING


def test_orders_that_a_shop_tells_apart_by_ids_wait_once_both_are_paid(shop: Shop) -> None:
    first = take(shop, source_id="a", payment_status="paid")
    second = take(shop, LATER, source_id="b")
    assert second.fulfilment_status is F.AWAITING_PROCESSING
    answer = do(shop, second.id, A.MARK_PAID, LATER)
    assert answer.order.fulfilment_status is F.ON_HOLD
    assert answer.order.events[-1].cause == f"doubled:{first.id}"
    assert answer.order == now(shop, second.id)
    fields = {change.field: change.after for change in answer.changes}
    assert (fields["payment_status"], fields["fulfilment_status"]) == ("paid", "on_hold")


def test_only_the_later_of_the_two_waits(shop: Shop) -> None:
    first = take(shop)
    take(shop, LATER)
    do(shop, first.id, A.MARK_PAID, LATER)
    assert now(shop, first.id).fulfilment_status is F.AWAITING_PROCESSING


def test_who_releases_the_hold_has_said_that_they_are_two_orders(shop: Shop) -> None:
    first, second = take(shop), take(shop, LATER)
    with shop.store.read() as read:
        told = doubled.suspicion(read, second)
    assert told is not None
    assert (told.likeness, told.other_id, told.other_number) == (Likeness.SAME_ORDER, first.id, "1")
    assert do(shop, second.id, A.RELEASE).order.fulfilment_status is F.AWAITING_PROCESSING
    for order in (second, first):
        do(shop, order.id, A.MARK_PAID, LATER)
        kept = now(shop, order.id)
        assert kept.fulfilment_status is F.AWAITING_PROCESSING
        with shop.store.read() as read:
            assert doubled.suspicion(read, kept) is None


def test_a_cancelled_order_raises_no_doubt_about_the_next_one(shop: Shop) -> None:
    do(shop, take(shop).id, A.CANCEL)
    assert take(shop, LATER).fulfilment_status is F.AWAITING_PROCESSING


def test_the_shop_may_switch_it_off(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"hold_doubled": False}, MERCHANT.name, NOW)
    take(shop)
    assert take(shop, LATER).fulfilment_status is F.AWAITING_PROCESSING


def test_a_hold_for_another_reason_is_no_doubt(shop: Shop) -> None:
    order = take(shop)
    do(shop, order.id, A.HOLD, reason="Address")
    with shop.store.read() as read:
        assert doubled.suspicion(read, now(shop, order.id)) is None


def test_the_reason_is_said_in_the_language_of_the_shop(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"language": "fr"}, MERCHANT.name, NOW)
    take(shop)
    assert take(shop, LATER).events[-1].reason.startswith("Ressemble à la commande #1\xa0: même client")


@pytest.mark.parametrize(
    ("charges", "is_doubled"),
    [
        (["48.90", "48.90"], True),
        (["10.00", "48.90"], True),  # the gift card was not needed
        (["30.00", "30.00"], True),
        (["50.00"], False),  # a tip
        (["28.90", "20.00"], False),
        (["28.90", "25.00"], False),
    ],
)
def test_an_order_paid_twice_is_told_from_one_paid_in_parts_or_with_a_tip(
    shop: Shop, charges: list[str], is_doubled: bool
) -> None:
    [order] = keep(shop, draft(payments=tuple(DraftPayment(PaymentKind.CHARGE, Decimal(one)) for one in charges)))
    assert doubled.paid_twice(now(shop, order)) is is_doubled
