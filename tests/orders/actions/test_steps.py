"""Processing, ready for pickup, out for delivery, delivered, will not deliver."""

from dataclasses import replace

import pytest

from services.orders.statuses import ActionName, FulfilmentStatus, Kind
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import NOTEBOOK, NOW, draft, keep

A, F = ActionName, FulfilmentStatus


@pytest.mark.parametrize(
    ("action", "status"),
    [
        (A.MARK_PROCESSING, F.PROCESSING),
        (A.MARK_READY_FOR_PICKUP, F.READY_FOR_PICKUP),
        (A.MARK_OUT_FOR_DELIVERY, F.OUT_FOR_DELIVERY),
        (A.MARK_WILL_NOT_DELIVER, F.WILL_NOT_DELIVER),
    ],
)
def test_a_step_sets_the_status_and_undo_takes_it_back(shop: Shop, action: ActionName, status: str) -> None:
    [order] = keep(shop, draft())
    before = now(shop, order)
    answer = do(shop, order, action)
    assert now(shop, order).fulfilment_status is status
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_delivered_says_when_the_parcels_arrived(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    answer = do(shop, order, A.MARK_DELIVERED)
    assert now(shop, order).shipments[0].delivered_at == NOW
    undo(shop, order, answer)
    assert now(shop, order).shipments[0].delivered_at is None
    assert now(shop, order).fulfilment_status is F.SHIPPED


def test_goods_fetched_at_the_shop_have_left_it_and_can_come_back(shop: Shop) -> None:
    [order] = keep(shop, draft(is_pickup=True))
    do(shop, order, A.MARK_READY_FOR_PICKUP)
    do(shop, order, A.MARK_DELIVERED)
    fetched = now(shop, order)
    assert [line.shipped for line in fetched.lines] == [2, 1]
    assert fetched.shipments[0].delivered_at == NOW
    do(shop, order, A.MARK_RETURNED)
    assert now(shop, order).fulfilment_status is F.RETURNED


def test_a_delivery_of_our_own_takes_what_is_in_the_shop_once(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_OUT_FOR_DELIVERY)
    assert [line.shipped for line in now(shop, order).lines] == [2, 1]
    do(shop, order, A.MARK_DELIVERED)
    assert len(now(shop, order).shipments) == 1


def test_digital_goods_are_delivered_without_a_parcel(shop: Shop) -> None:
    [order] = keep(shop, draft(lines=(replace(NOTEBOOK, kind=Kind.DIGITAL),)))
    do(shop, order, A.MARK_DELIVERED)
    assert now(shop, order).fulfilment_status is F.DELIVERED
    assert now(shop, order).shipments == ()


def test_goods_that_need_a_parcel_are_not_delivered_before_they_are_shipped(shop: Shop) -> None:
    [order] = keep(shop, draft())
    assert preview(shop, order, A.MARK_DELIVERED).refused is not None
