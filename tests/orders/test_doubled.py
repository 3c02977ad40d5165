"""Orders that look doubled wait for a person: the same customer with the same goods a moment ago, or paid twice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services import profile
from services.language import use
from services.orders import doubled, reading, taking
from services.orders.doubled import Likeness
from services.orders.draft import DraftPayment
from services.orders.order import Order
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentKind
from services.people import API, MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now, preview
from tests.orders.sample import NOW, draft, keep
from tests.orders.test_taking import body

A, F = ActionName, FulfilmentStatus
LATER = NOW + timedelta(minutes=4)
EBOOK = {"name": "Recettes", "sku": "PDF-1", "quantity": 1, "unit_price": "9.00", "kind": "digital"}


def take(shop: Shop, at: Any = NOW, **changes: Any) -> Order:
    return taking.take(shop, body(**{"payment_status": "paid"} | changes), API, None, at).order


def test_an_alike_order_bears_a_tag_and_says_why_and_its_steps_warn(any_shop: Shop) -> None:
    first, second = take(any_shop), take(any_shop, LATER)
    assert not doubled.is_doubted(first)
    assert (second.tags, second.version) == (("looks doubled",), 2)
    assert second.fulfilment_status is F.AWAITING_PROCESSING
    told = second.events[-1]
    assert (told.kind, told.actor, told.cause) == (EventKind.TAGGED, "comptoir", f"doubled:{first.id}")
    assert told.reason == "Looks like order #1: same customer, same goods, less than 5 minutes apart."
    assert second == reading.order(any_shop, second.id)
    assert [message.template for message in second.messages] == ["order_confirmation", "new_order"]
    warned = "This order looks doubled, and nobody has decided yet."
    assert warned in preview(any_shop, second.id, A.MARK_SHIPPED).warnings
    assert warned not in preview(any_shop, first.id, A.MARK_SHIPPED).warnings


def test_an_alike_order_whose_goods_go_out_by_themselves_is_held(any_shop: Shop) -> None:
    first, second = take(any_shop, lines=[EBOOK]), take(any_shop, LATER, lines=[EBOOK])
    assert second.fulfilment_status is F.ON_HOLD
    assert (second.events[-1].kind, second.events[-1].cause) == (EventKind.HELD, f"doubled:{first.id}")


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "marc@example.com"},
        {"lines": [{"name": "Tasse bleue", "sku": "TASSE-1", "quantity": 3, "unit_price": "15.00"}]},
        {"lines": [{"name": "Tasse", "sku": "X", "quantity": 2, "unit_price": "22.00"}]},  # the same worth
        {"shipping_fee": "5.90"},
        {"currency": "CHF"},
        {"silent": True},
        {"payment_status": "awaiting_payment"},
    ],
)
def test_another_customer_other_goods_another_worth_or_another_source_is_another_order(
    shop: Shop, changes: dict[str, Any]
) -> None:
    take(shop)
    assert not doubled.is_doubted(take(shop, LATER, **changes))


def test_half_an_hour_later_it_is_another_order(shop: Shop) -> None:
    take(shop)
    assert not doubled.is_doubted(take(shop, NOW + timedelta(minutes=31)))


def test_the_phone_tells_the_customer_who_changed_the_address_of_their_mail(shop: Shop) -> None:
    take(shop, email="ines@example.com", phone="+33 6 12 34 56 78")
    assert take(shop, LATER, email="i.kaba@example.com", phone="06 12 34 56 78").tags
    assert not take(shop, LATER, email="other@example.com", phone="78").tags


def test_the_doubt_comes_once_both_are_paid(shop: Shop) -> None:
    first = take(shop, source_id="a")
    second = take(shop, LATER, source_id="b", payment_status="awaiting_payment")
    assert not doubled.is_doubted(second)
    answer = do(shop, second.id, A.MARK_PAID, LATER)
    assert answer.order.events[-1].cause == f"doubled:{first.id}"
    assert answer.order == now(shop, second.id)
    fields = {change.field: change.after for change in answer.changes}
    assert (fields["payment_status"], fields["tags"]) == ("paid", ["looks doubled"])


def test_only_the_later_of_the_two_is_doubted(shop: Shop) -> None:
    first = take(shop, payment_status="awaiting_payment")
    take(shop, LATER)
    do(shop, first.id, A.MARK_PAID, LATER)
    assert doubled.is_doubted(now(shop, first.id))
    third = take(shop, LATER + timedelta(minutes=1))
    assert doubled.is_doubted(third)


@pytest.mark.parametrize("digital", [True, False])
def test_who_answers_has_said_that_they_are_two_orders(shop: Shop, digital: bool) -> None:
    lines = {"lines": [EBOOK]} if digital else {}
    first, second = take(shop, **lines), take(shop, LATER, **lines)
    with shop.store.read() as read:
        told = doubled.suspicion(read, second)
    assert told is not None
    assert (told.likeness, told.other_id, told.other_number) == (Likeness.SAME_ORDER, first.id, "1")
    if digital:
        do(shop, second.id, A.RELEASE)
    else:
        do(shop, second.id, A.UNTAG, tags=[doubled.tag_of(second)])
    for order in (second, first):
        kept = now(shop, order.id)
        assert not doubled.is_doubted(kept)
        with shop.store.read() as read:
            assert doubled.suspicion(read, kept) is None


def test_a_cancelled_order_raises_no_doubt_about_the_next_one(shop: Shop) -> None:
    do(shop, take(shop).id, A.CANCEL)
    assert not take(shop, LATER).tags


def test_the_shop_may_switch_it_off(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"hold_doubled": False}, MERCHANT.name, NOW)
    take(shop)
    assert not take(shop, LATER).tags


def test_a_hold_for_another_reason_is_no_doubt(shop: Shop) -> None:
    order = take(shop)
    do(shop, order.id, A.HOLD, reason="Address")
    with shop.store.read() as read:
        assert doubled.suspicion(read, now(shop, order.id)) is None


def test_the_reason_is_said_in_the_language_of_the_shop(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"language": "fr"}, MERCHANT.name, NOW)
    take(shop)
    event = take(shop, LATER).events[-1]
    assert event.reason.startswith("Ressemble à la commande #1\xa0: même client")
    with use("fr"):
        assert doubled.reason(event) == event.reason
    assert doubled.reason(event).startswith("Looks like order #1: same customer")
    assert doubled.reason(replace(event, after={})) == event.reason  # kept before it was told apart
    assert doubled.reason(replace(event, cause="paid_twice")) == "This order looks paid twice."
    assert doubled.reason(replace(event, cause="")) == event.reason  # a person's own words


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
