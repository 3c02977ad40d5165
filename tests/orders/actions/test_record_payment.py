"""Money is put on record as it comes: in parts, late, too much, after cancelling; and so is what failed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from data.checks import check
from services.errors import Conflict, Invalid
from services.orders import acting
from services.orders.acting import Request
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentKind, PaymentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now, preview, undo
from tests.orders.sample import NOW, draft, keep, unpaid

A, P, F = ActionName, PaymentStatus, FulfilmentStatus


def test_a_part_by_another_method_on_an_earlier_day(any_shop: Shop) -> None:
    [order] = keep(any_shop, unpaid("1"))
    earlier = NOW - timedelta(days=2)
    told = {"amount": "20.00", "method": "Virement", "reference": "VIR 7", "at": "2026-03-12T09:26:53Z"}
    answer = acting.do(any_shop, Request(A.RECORD_PAYMENT, order, 1, told), MERCHANT, NOW)
    kept = now(any_shop, order)
    assert (kept.payment_status, kept.paid, kept.due) == (P.PARTIALLY_PAID, Decimal("20.00"), Decimal("28.90"))
    [row] = kept.payments
    assert (row.kind, row.method, row.reference, row.at) == (PaymentKind.CHARGE, "bank_transfer", "VIR 7", earlier)
    assert [mail.message.template for mail in answer.messages] == ["payment_received"]
    assert "20,00\xa0€" in answer.messages[0].text


def test_without_an_amount_all_that_is_due_came(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", payment_message="card_declined"))
    do(shop, order, A.RECORD_PAYMENT)
    kept = now(shop, order)
    assert (kept.payment_status, kept.paid, kept.payment_message) == (P.PAID, Decimal("48.90"), "")


def test_a_gift_card_is_a_gift_card(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, A.RECORD_PAYMENT, amount="10", method="gift_card")
    assert now(shop, order).payments[0].kind is PaymentKind.GIFT_CARD


def test_money_that_comes_after_cancelling_is_taken_and_said_and_can_be_given_back(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", payment_method="bank_transfer"))
    do(shop, order, A.CANCEL)
    seen = preview(shop, order, A.RECORD_PAYMENT, amount="48.90")
    assert seen.warnings == ("This order was cancelled: €48.90 is to be given back.",)
    answer = do(shop, order, A.RECORD_PAYMENT, amount="48.90")
    assert answer.messages == ()  # no thanks for money that goes back
    kept = now(shop, order)
    assert (kept.payment_status, kept.fulfilment_status, kept.kept) == (P.PAID, F.WILL_NOT_DELIVER, Decimal("48.90"))
    do(shop, order, A.REFUND)
    assert now(shop, order).payment_status is P.REFUNDED


def test_nothing_is_due_of_a_cancelled_order_of_which_a_part_came(any_shop: Shop) -> None:
    before, after, whole = keep(any_shop, unpaid("1"), unpaid("2"), unpaid("3"))
    do(any_shop, before, A.RECORD_PAYMENT, amount="20.00")
    for order in (before, after, whole):
        do(any_shop, order, A.CANCEL)
        if order != before:
            do(any_shop, order, A.RECORD_PAYMENT, amount="20.00")
        assert (now(any_shop, order).payment_status, now(any_shop, order).due) == (P.PARTIALLY_PAID, 0)
    with pytest.raises(Invalid):
        do(any_shop, after, A.RECORD_PAYMENT)
    paid = do(any_shop, whole, A.MARK_PAID).order
    assert (paid.payment_status, paid.paid, paid.due) == (P.PAID, Decimal("48.90"), 0)
    with any_shop.store.read() as read:
        assert not [found for found in check(read, "Europe/Paris") if found.rows]


def test_a_part_that_comes_after_cancelling_goes_back_as_well(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, A.CANCEL)
    do(shop, order, A.RECORD_PAYMENT, amount="5.00")
    do(shop, order, A.REFUND)
    assert (now(shop, order).payment_status, now(shop, order).due) == (P.REFUNDED, 0)


def test_too_much_is_taken_and_said_and_given_back_without_touching_the_total(shop: Shop) -> None:
    [order] = keep(shop, draft())
    seen = preview(shop, order, A.RECORD_PAYMENT, amount="48.90")
    assert seen.warnings == ("This is €48.90 more than the order asks for.",)
    do(shop, order, A.RECORD_PAYMENT, amount="48.90")
    kept = now(shop, order)
    assert (kept.payment_status, kept.kept, kept.total) == (P.PAID, Decimal("97.80"), Decimal("48.90"))
    assert kept.fulfilment_status is F.ON_HOLD  # paid twice
    do(shop, order, A.REFUND, amount="48.90")
    assert now(shop, order).payment_status is P.PARTIALLY_REFUNDED


def test_where_nothing_is_due_the_amount_is_asked_for(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.RECORD_PAYMENT)
    assert raised.value.fields == {"amount": "Say how much came in."}


def test_money_of_tomorrow_is_refused(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    with pytest.raises(Invalid) as raised:
        acting.do(shop, Request(A.RECORD_PAYMENT, order, 1, {"at": "2026-03-15T00:00:00Z"}), MERCHANT, NOW)
    assert raised.value.fields == {"at": "This is in the future."}


def test_a_failed_attempt_says_why_on_the_order_and_to_the_customer_in_words_fit_for_them(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", language="en"))
    answer = do(shop, order, A.RECORD_FAILURE, failure_reason="card_declined (stolen_card)", reference="pi_3")
    kept = now(shop, order)
    [row] = kept.payments
    assert (row.kind, row.amount, row.reference) == (PaymentKind.FAILURE, Decimal("48.90"), "pi_3")
    assert kept.payment_message == row.failure_reason == "card_declined (stolen_card)"
    assert (kept.payment_status, kept.paid, kept.events[-1].kind) == (P.AWAITING_PAYMENT, 0, EventKind.FAILURE_RECORDED)
    [mail] = answer.messages
    assert mail.message.template == "payment_failed"
    assert "stolen" not in mail.text
    undo(shop, order, answer)
    assert now(shop, order).payment_message == ""


def test_a_paid_order_has_no_failed_payment_any_more(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Conflict):
        do(shop, order, A.RECORD_FAILURE, failure_reason="declined")
