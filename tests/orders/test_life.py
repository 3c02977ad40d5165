"""Which steps are legal from where, and which is the sensible next one."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from services.orders import life, words
from services.orders.statuses import ActionName, FulfilmentStatus, Kind, PaymentStatus

P, F, A = PaymentStatus, FulfilmentStatus, ActionName


@dataclass(frozen=True)
class Standing:
    """An order as the table of steps sees it: paid by PayPal, to prepare."""

    payment_status: PaymentStatus = P.PAID
    fulfilment_status: FulfilmentStatus = F.AWAITING_PROCESSING
    payment_method: str = "paypal"
    payment_message: str = ""
    kinds: tuple[Kind, ...] = (Kind.PHYSICAL,)
    is_pickup: bool = False
    paid: Decimal = Decimal(10)
    refunded: Decimal = Decimal(0)
    promised: Decimal = Decimal(0)


UNPAID = {"payment_status": P.AWAITING_PAYMENT, "paid": Decimal(0)}


@pytest.mark.parametrize(
    ("order", "step"),
    [
        (Standing(**UNPAID, payment_method="bank_transfer"), A.MARK_PAID),
        (Standing(**UNPAID, payment_method="cheque", fulfilment_status=F.SHIPPED), A.MARK_PAID),
        (Standing(**UNPAID, payment_method="cash_on_delivery"), A.MARK_SHIPPED),
        (Standing(**UNPAID, payment_method="cash_on_delivery", fulfilment_status=F.DELIVERED), A.MARK_PAID),
        (Standing(**UNPAID), None),
        (Standing(payment_status=P.AUTHORISED, promised=Decimal(10)), A.CAPTURE),
        (Standing(payment_status=P.AUTHORISED), A.MARK_PAID),
        (Standing(), A.MARK_SHIPPED),
        (Standing(fulfilment_status=F.PROCESSING), A.MARK_SHIPPED),
        (Standing(fulfilment_status=F.PARTIALLY_SHIPPED), A.MARK_SHIPPED),
        (Standing(is_pickup=True), A.MARK_READY_FOR_PICKUP),
        (Standing(is_pickup=True, fulfilment_status=F.READY_FOR_PICKUP), A.MARK_DELIVERED),
        (Standing(kinds=(Kind.DIGITAL,)), A.MARK_DELIVERED),
        (Standing(fulfilment_status=F.SHIPPED), A.MARK_DELIVERED),
        (Standing(fulfilment_status=F.OUT_FOR_DELIVERY), A.MARK_DELIVERED),
        (Standing(fulfilment_status=F.ON_HOLD), A.RELEASE),
        (Standing(fulfilment_status=F.RETURNED), A.REFUND),
        (Standing(fulfilment_status=F.WILL_NOT_DELIVER), A.REFUND),
        (Standing(payment_status=P.CANCELLED, paid=Decimal(0)), A.MARK_WILL_NOT_DELIVER),
        (Standing(fulfilment_status=F.DELIVERED), None),
    ],
)
def test_the_strong_button_is_the_sensible_next_step(order: Standing, step: ActionName | None) -> None:
    assert life.next_step(order) is step


@pytest.mark.parametrize("payment", P)
@pytest.mark.parametrize("fulfilment", F)
def test_every_step_that_is_offered_is_legal_and_every_other_is_refused_with_a_sentence(
    payment: PaymentStatus, fulfilment: FulfilmentStatus
) -> None:
    order = Standing(payment_status=payment, fulfilment_status=fulfilment)
    offered = life.possible(order)
    strong = life.next_step(order)
    assert strong is None or offered[0] is strong
    for action in A:
        refusal = life.refusal(order, action)
        assert (refusal is None) == life.is_legal(order, action)
        if action in offered:
            assert refusal is None
        if refusal:
            assert words.action(action) in refusal


def test_no_status_is_a_dead_end_without_correct() -> None:
    for fulfilment in F:
        assert life.is_legal(Standing(fulfilment_status=fulfilment), A.CORRECT)
        assert life.is_legal(Standing(fulfilment_status=fulfilment), A.ADD_NOTE)


def test_a_held_order_moves_only_after_release() -> None:
    held = Standing(fulfilment_status=F.ON_HOLD)
    assert not life.is_legal(held, A.MARK_SHIPPED)
    assert life.is_legal(held, A.RELEASE)


def test_a_refusal_names_the_statuses_and_what_is_possible() -> None:
    told = life.refusal(Standing(fulfilment_status=F.DELIVERED), A.MARK_SHIPPED)
    assert told == (
        "“Mark as shipped” is not possible: this order is “Paid”, “Delivered”. Possible now: Refund, Mark as returned."
    )


def test_an_offline_order_that_waits_for_money_says_contact_the_customer() -> None:
    assert "Contact the customer" in life.what_to_do(Standing(**UNPAID, payment_method="bank_transfer"))
    assert "online payment was not processed" in life.what_to_do(Standing(**UNPAID))
