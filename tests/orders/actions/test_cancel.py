"""The order will not be fulfilled; what came in stays on record until it is refunded."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.errors import Conflict
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentKind, PaymentStatus
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


def test_cancelled_with_the_refund_everything_goes_back_at_once(any_shop: Shop) -> None:
    [order] = keep(any_shop, draft())
    before = now(any_shop, order)
    answer = do(any_shop, order, A.CANCEL, refund=True, restock=True, reason="Sold out", reference="re_1")
    kept = now(any_shop, order)
    assert (kept.payment_status, kept.fulfilment_status) == (P.REFUNDED, F.WILL_NOT_DELIVER)
    assert (kept.refunded, kept.due, kept.payments[-1].reference) == (Decimal("48.90"), 0, "re_1")
    assert [line.refunded for line in kept.lines] == [2, 1]
    assert kept.events[-1].after["restock"] is True
    [mail] = answer.messages
    assert mail.message.template == "cancelled"
    assert "48,90\xa0€" in mail.text
    undo(any_shop, order, answer)
    assert same(now(any_shop, order), before)


def test_a_part_that_was_paid_goes_back_with_the_cancelling(shop: Shop) -> None:
    part = DraftPayment(PaymentKind.CHARGE, Decimal("10.00"))
    [order] = keep(shop, replace(draft(), payment_status=P.PARTIALLY_PAID, payments=(part,)))
    do(shop, order, A.CANCEL, refund=True)
    kept = now(shop, order)
    assert (kept.payment_status, kept.refunded, kept.due) == (P.REFUNDED, Decimal("10.00"), 0)


def test_there_is_nothing_to_refund_on_an_unpaid_order(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, A.CANCEL, refund=True)
    kept = now(shop, order)
    assert (kept.payment_status, kept.payments) == (P.CANCELLED, ())
