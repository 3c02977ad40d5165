"""The exception with a reason, and a message once more."""

import pytest

from services.errors import Conflict, Invalid
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentStatus
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import draft, keep

A = ActionName


def test_a_correction_goes_where_no_step_leads_and_keeps_its_reason(shop: Shop) -> None:
    [order] = keep(shop, draft())
    before = now(shop, order)
    answer = do(shop, order, A.CORRECT, reason="Sold at the fair", fulfilment_status="delivered")
    kept = now(shop, order)
    assert kept.fulfilment_status is FulfilmentStatus.DELIVERED
    assert (kept.payment_status, kept.events[-1].reason) == (PaymentStatus.PAID, "Sold at the fair")
    assert kept.messages == ()
    undo(shop, order, answer)
    assert same(now(shop, order), before)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"fulfilment_status": "delivered"}, "reason"),
        ({"reason": "x"}, "fulfilment_status"),
        ({"reason": "x", "payment_status": "settled"}, "payment_status"),
    ],
)
def test_a_correction_needs_a_reason_and_a_status(shop: Shop, given: dict[str, str], path: str) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.CORRECT, **given)
    assert set(raised.value.fields) == {path}


def test_a_message_goes_out_again_as_a_message_of_its_own(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED, tracking_number="6A123")
    do(shop, order, A.RESEND, template="order_shipped")
    [again] = do(shop, order, A.RESEND, template="order_shipped").messages
    assert "6A123" in again.text
    assert len(now(shop, order).messages) == 3


def test_a_resend_stops_with_undo(shop: Shop) -> None:
    [order] = keep(shop, draft())
    answer = do(shop, order, A.RESEND, template="order_confirmation")
    undo(shop, order, answer)
    assert [message.state for message in now(shop, order).messages] == ["cancelled"]


def test_what_cannot_go_out_again_is_refused(shop: Shop) -> None:
    with_mail, without, muted = keep(shop, draft("1"), draft("2", email=""), draft("3", is_muted=True))
    with pytest.raises(Invalid):
        do(shop, with_mail, A.RESEND, template="love_letter")
    with pytest.raises(Invalid):
        do(shop, with_mail, A.RESEND)
    with pytest.raises(Conflict, match="shipped yet"):
        do(shop, with_mail, A.RESEND, template="order_shipped")
    assert "nobody to go to" in (preview(shop, without, A.RESEND, template="order_confirmation").refused or "")
    with pytest.raises(Conflict, match="nobody to go to"):
        do(shop, muted, A.RESEND, template="order_confirmation")
    assert now(shop, muted).version == 1
