"""The money of an offline payment has come in."""

from decimal import Decimal

import pytest

from services.errors import Conflict, Invalid
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.moving import changed, do, now, preview
from tests.orders.sample import keep, unpaid


def test_marked_paid_makes_a_charge_over_what_is_due(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", payment_method="bank_transfer"))
    answer = do(shop, order, ActionName.MARK_PAID, reference="VIR 77")
    assert changed(answer)["payment_status"] == ("awaiting_payment", "paid")
    kept = now(shop, order)
    assert (kept.paid, kept.due) == (Decimal("48.90"), 0)
    [charge] = kept.payments
    assert (charge.kind, charge.amount, charge.method, charge.reference) == (
        PaymentKind.CHARGE,
        Decimal("48.90"),
        "bank_transfer",
        "VIR 77",
    )


def test_a_part_of_the_money_makes_it_partially_paid_and_the_rest_paid(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, ActionName.MARK_PAID, amount="20.00")
    half = now(shop, order)
    assert (half.payment_status, half.due) == (PaymentStatus.PARTIALLY_PAID, Decimal("28.90"))
    do(shop, order, ActionName.MARK_PAID)
    whole = now(shop, order)
    assert (whole.payment_status, whole.paid, whole.due) == (PaymentStatus.PAID, Decimal("48.90"), 0)


def test_more_than_is_due_is_taken_and_said(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    assert preview(shop, order, ActionName.MARK_PAID, amount="50").warnings == (
        "This is €1.10 more than the order asks for.",
    )


def test_the_reason_of_an_earlier_failure_leaves_the_order_and_stays_in_its_history(shop: Shop) -> None:
    failure = DraftPayment(PaymentKind.FAILURE, Decimal("48.90"), failure_reason="Card declined")
    [order] = keep(shop, unpaid("1", payment_message="Card declined", payments=(failure,)))
    answer = do(shop, order, ActionName.MARK_PAID)
    assert changed(answer)["payment_message"] == ("Card declined", "")
    assert now(shop, order).payments[0].failure_reason == "Card declined"


def test_an_order_that_costs_nothing_is_simply_paid(shop: Shop) -> None:
    free = {"subtotal": Decimal(0), "shipping_fee": Decimal(0), "total": Decimal(0)}
    [order] = keep(shop, unpaid("1", **free))
    do(shop, order, ActionName.MARK_PAID)
    assert now(shop, order).payment_status is PaymentStatus.PAID
    assert now(shop, order).payments == ()


@pytest.mark.parametrize("amount", ["0", "-5", "1.005", "a lot", True])
def test_an_amount_that_is_no_money_is_refused(shop: Shop, amount: object) -> None:
    [order] = keep(shop, unpaid("1"))
    with pytest.raises(Invalid) as raised:
        do(shop, order, ActionName.MARK_PAID, amount=amount)
    assert set(raised.value.fields) == {"amount"}


def test_a_paid_order_is_not_paid_twice(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    do(shop, order, ActionName.MARK_PAID)
    with pytest.raises(Conflict, match="“Mark as paid” is not possible: this order is “Paid”"):
        do(shop, order, ActionName.MARK_PAID)
