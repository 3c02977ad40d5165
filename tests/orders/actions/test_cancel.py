"""The order will not be fulfilled; what came in stays on record until it is refunded."""

import pytest

from services.errors import Conflict
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentStatus
from services.shop import Shop
from tests.orders.moving import do, now, same, undo
from tests.orders.sample import draft, keep, unpaid

A, F, P = ActionName, FulfilmentStatus, PaymentStatus


def test_an_unpaid_order_is_cancelled_and_nothing_is_due(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    before = now(shop, order)
    answer = do(shop, order, A.CANCEL, reason="Never paid")
    kept = now(shop, order)
    assert (kept.payment_status, kept.fulfilment_status, kept.due) == (P.CANCELLED, F.WILL_NOT_DELIVER, 0)
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_a_paid_order_keeps_its_payment_status_and_asks_for_the_refund(shop: Shop) -> None:
    [order] = keep(shop, draft())
    answer = do(shop, order, A.CANCEL)
    kept = now(shop, order)
    assert (kept.payment_status, kept.fulfilment_status) == (P.PAID, F.WILL_NOT_DELIVER)
    assert answer.warnings == ("The shop still has €48.90 of this order: refund it.",)


def test_goods_that_left_the_shop_are_returned_first(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.HOLD, reason="lost parcel")
    with pytest.raises(Conflict, match="have left the shop"):
        do(shop, order, A.CANCEL)


def test_a_cancelled_order_is_not_cancelled_again(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, A.CANCEL)
    with pytest.raises(Conflict):
        do(shop, order, A.CANCEL)
