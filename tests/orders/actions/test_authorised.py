"""Money that a provider holds is taken, whole or in parts, or let go; never more than it holds."""

from decimal import Decimal

import pytest

from services.errors import Conflict
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import NOW, draft, keep, unpaid

A, P = ActionName, PaymentStatus


def authorised(shop: Shop, amount: str = "48.90") -> str:
    held = DraftPayment(PaymentKind.AUTHORISATION, Decimal(amount), NOW, reference="auth-1")
    [order] = keep(shop, unpaid("1", payment_status=P.AUTHORISED, payments=(held,)))
    return order


@pytest.mark.parametrize("action", [A.CAPTURE, A.VOID_AUTHORISATION])
def test_what_the_preview_says_is_done_and_undo_takes_it_back(shop: Shop, action: ActionName) -> None:
    order = authorised(shop)
    before = now(shop, order)
    seen, answer = preview(shop, order, action), do(shop, order, action, reference="r-1")
    assert now(shop, order) == answer.order
    assert [change.field for change in seen.changes] == [change.field for change in answer.changes]
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_capturing_takes_what_is_due_and_the_order_is_paid(shop: Shop) -> None:
    order = authorised(shop)
    do(shop, order, A.CAPTURE, reference="cap-1")
    kept = now(shop, order)
    assert (kept.payment_status, kept.paid, kept.due, kept.promised) == (P.PAID, Decimal("48.90"), 0, 0)
    assert (kept.payments[-1].kind, kept.payments[-1].reference) == (PaymentKind.CAPTURE, "cap-1")
    assert kept.messages == ()  # the customer gave the money long ago


def test_captured_in_parts_never_more_than_is_held(shop: Shop) -> None:
    order = authorised(shop)
    do(shop, order, A.CAPTURE, amount="20.00")
    assert now(shop, order).payment_status is P.PARTIALLY_PAID
    with pytest.raises(Conflict, match=r"At most €28\.90 can be captured"):
        do(shop, order, A.CAPTURE, amount="28.91")
    do(shop, order, A.CAPTURE)
    assert now(shop, order).payment_status is P.PAID
    assert preview(shop, order, A.CAPTURE).refused is not None


def test_what_is_let_go_is_awaited_again(shop: Shop) -> None:
    order = authorised(shop)
    do(shop, order, A.VOID_AUTHORISATION, reason="Runs out tomorrow")
    kept = now(shop, order)
    assert (kept.payment_status, kept.promised, kept.due) == (P.AWAITING_PAYMENT, 0, Decimal("48.90"))
    assert preview(shop, order, A.CAPTURE).refused is not None


def test_after_a_part_was_taken_the_rest_is_let_go(shop: Shop) -> None:
    order = authorised(shop)
    do(shop, order, A.CAPTURE, amount="20.00")
    do(shop, order, A.VOID_AUTHORISATION)
    kept = now(shop, order)
    assert (kept.payment_status, kept.payments[-1].amount) == (P.PARTIALLY_PAID, Decimal("28.90"))


def test_cancelling_lets_go_what_the_provider_holds(shop: Shop) -> None:
    order = authorised(shop)
    answer = do(shop, order, A.CANCEL)
    kept = now(shop, order)
    assert (kept.payment_status, kept.promised) == (P.CANCELLED, 0)
    assert kept.payments[-1].kind is PaymentKind.VOID
    undo(shop, order, answer)
    assert (now(shop, order).payment_status, now(shop, order).promised) == (P.AUTHORISED, Decimal("48.90"))


def test_an_order_that_a_source_only_calls_authorised_can_be_captured(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", payment_status=P.AUTHORISED))
    do(shop, order, A.CAPTURE)
    assert now(shop, order).payment_status is P.PAID


def test_what_a_source_calls_a_charge_has_used_the_authorisation(shop: Shop) -> None:
    held = DraftPayment(PaymentKind.AUTHORISATION, Decimal("48.90"), NOW)
    [order] = keep(shop, draft(payments=(held, *draft().payments)))
    assert now(shop, order).promised == 0
    assert preview(shop, order, A.VOID_AUTHORISATION).refused is not None
