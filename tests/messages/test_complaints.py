"""What users of other systems complain of about mails: by accident, twice, never. Ours does not have it."""

from __future__ import annotations

from datetime import timedelta

from services.messages import missing, outbox
from services.messages.states import MessageState
from services.messages.worker import turn
from services.orders import taking
from services.orders.acting import Request
from services.orders.acting import do as act
from services.orders.statuses import ActionName as A
from services.people import MERCHANT
from services.shop import Shop
from tests.messages.provider import Step
from tests.orders.moving import do, now
from tests.orders.sample import NOW, draft, keep

BODY = {
    "currency": "EUR",
    "email": "ines@example.com",
    "payment_status": "paid",
    "lines": [{"name": "Tasse", "quantity": 1, "unit_price": "15.00"}],
}
HOUR = timedelta(hours=1)


def kinds(shop: Shop, order: str) -> list[str]:
    return [message.template for message in now(shop, order).messages]


def test_a_status_changes_without_the_mail(shop: Shop):
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED, tell_customer=False)
    assert kinds(shop, order) == []


def test_a_step_that_is_done_twice_mails_once(shop: Shop, mailing: Shop, sendgrid):
    [order] = keep(shop, draft())
    request = Request(A.MARK_SHIPPED, order, key="one click")
    act(shop, request, MERCHANT, NOW)
    act(shop, request, MERCHANT, NOW)
    while turn(mailing, NOW + HOUR):
        pass
    assert len(sendgrid.taken) == 1


def test_one_mail_that_fails_sends_no_other_again(mailing: Shop, sendgrid):
    taking.take(mailing, BODY, MERCHANT, now=NOW)
    sendgrid.steps = [Step(500)]
    for hours in range(3):
        turn(mailing, NOW + hours * HOUR)
    sent = sendgrid.accepted_ids
    assert len(sent) == len(set(sent)) == outbox.page(mailing).counts[MessageState.ACCEPTED]


def test_a_shipping_mail_is_sent_again_on_request(shop: Shop):
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    do(shop, order, A.RESEND, template="order_shipped")
    assert kinds(shop, order) == ["order_shipped", "order_shipped"]


def test_an_order_is_confirmed_once_however_often_its_payment_comes(shop: Shop):
    order = taking.take(shop, {**BODY, "payment_status": "authorised"}, MERCHANT, now=NOW).order.id
    do(shop, order, A.MARK_PAID)
    assert kinds(shop, order).count("order_confirmation") == 1
    assert kinds(shop, order).count("payment_received") == 1


def test_an_order_taken_as_paid_is_not_told_twice_that_it_is(shop: Shop):
    order = taking.take(shop, BODY, MERCHANT, now=NOW).order.id
    assert "payment_received" not in kinds(shop, order)


def test_what_was_randomly_missed_elsewhere_is_shown_here(shop: Shop):
    order = taking.take(shop, BODY, MERCHANT, now=NOW).order.id
    assert missing.missing(shop, NOW + timedelta(minutes=30)) == []
    [lost] = missing.missing(shop, NOW + 5 * HOUR)  # it waits for hours: nobody has set up mail
    assert (lost.order_id, lost.state) == (order, MessageState.WAITING)
    missing.send(shop, lost, MERCHANT, NOW + 5 * HOUR)
    assert kinds(shop, order).count("order_confirmation") == 1
