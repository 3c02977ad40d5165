"""A mail that did not arrive: corrected and sent anew, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import messages
from services.errors import Conflict, Invalid, NotFound
from services.messages import outbox
from services.messages.states import MessageState
from services.orders import bounces, reading
from services.orders.finding import View, find, todo_counts
from services.orders.statuses import ActionName, EventKind
from services.orders.todo import Todo
from services.people import MERCHANT
from services.shop import Shop
from tests.conftest import NOW
from tests.orders.moving import do
from tests.orders.sample import draft, keep

LATER = NOW + timedelta(hours=1)


def bounced(shop: Shop) -> tuple[str, str]:
    """An order whose shipping mail came back: ids of both."""
    order_id = keep(shop, draft())[0]
    message_id = do(shop, order_id, ActionName.MARK_SHIPPED).messages[0].message.id
    with shop.store.write() as write:
        messages.change(write, [message_id], {"state": MessageState.BOUNCED.value, "error": "550 no such user"})
    return order_id, message_id


def test_it_goes_out_anew_word_for_word_to_the_right_address(any_shop: Shop) -> None:
    order_id, message_id = bounced(any_shop)
    lost = outbox.message(any_shop, message_id)
    done = bounces.correct(any_shop, message_id, " ines.kaba@example.com ", MERCHANT, LATER)
    assert done.is_order_changed
    fresh = done.message
    assert (fresh["recipient"], fresh["state"], fresh["send_after"]) == (
        "ines.kaba@example.com",
        MessageState.WAITING,
        LATER,
    )
    assert (fresh["subject"], fresh["body_html"]) == (lost["subject"], lost["body_html"])
    order = reading.order(any_shop, order_id)
    assert order.email == "ines.kaba@example.com"
    assert [event.kind for event in order.events][-2:] == [EventKind.CONTACT_EDITED, EventKind.MESSAGE_RESENT]
    assert fresh["event_id"] == order.events[-1].id
    settled = outbox.message(any_shop, message_id)
    assert (settled["state"], settled["error"]) == (MessageState.CANCELLED, "550 no such user")
    assert [(one["kind"], one["detail"]) for one in settled["events"]] == [("replaced", "ines.kaba@example.com")]


def test_a_second_click_sends_nothing_more(shop: Shop) -> None:
    order_id, message_id = bounced(shop)
    bounces.correct(shop, message_id, "a@example.com", MERCHANT, LATER)
    with pytest.raises(Conflict):
        bounces.correct(shop, message_id, "b@example.com", MERCHANT, LATER)
    order = reading.order(shop, order_id)
    assert order.email == "a@example.com"
    assert len(order.messages) == 2


def test_the_same_address_may_be_tried_again_without_touching_the_order(shop: Shop) -> None:
    order_id, message_id = bounced(shop)
    email = reading.order(shop, order_id).email
    done = bounces.correct(shop, message_id, email, MERCHANT, LATER)
    assert not done.is_order_changed
    assert EventKind.CONTACT_EDITED not in [event.kind for event in reading.order(shop, order_id).events]


def test_what_went_to_somebody_else_does_not_change_the_orders_address(shop: Shop) -> None:
    order_id, message_id = bounced(shop)
    with shop.store.write() as write:
        messages.change(write, [message_id], {"recipient": "friend@exmaple.com"})
    email = reading.order(shop, order_id).email
    assert not bounces.correct(shop, message_id, "friend@example.com", MERCHANT, LATER).is_order_changed
    assert reading.order(shop, order_id).email == email


def test_what_still_waits_goes_to_the_right_address_too(shop: Shop) -> None:
    order_id, message_id = bounced(shop)
    waiting = do(shop, order_id, ActionName.RESEND, template="order_confirmation").messages[0].message.id
    bounces.correct(shop, message_id, "right@example.com", MERCHANT, LATER)
    assert outbox.message(shop, waiting)["recipient"] == "right@example.com"


@pytest.mark.parametrize("address", ["", "ines", "a@b@example.com", "a@example.com,b@example.com"])
def test_an_address_that_is_none_changes_nothing(shop: Shop, address: str) -> None:
    order_id, message_id = bounced(shop)
    with pytest.raises(Invalid):
        bounces.correct(shop, message_id, address, MERCHANT, LATER)
    assert outbox.message(shop, message_id)["state"] == MessageState.BOUNCED
    assert len(reading.order(shop, order_id).messages) == 1


def test_a_mail_that_waits_or_is_unknown_cannot_be_corrected(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    waiting = do(shop, order_id, ActionName.MARK_SHIPPED).messages[0].message.id
    with pytest.raises(Conflict):
        bounces.correct(shop, waiting, "a@example.com", MERCHANT)
    with pytest.raises(NotFound):
        bounces.correct(shop, "nothing", "a@example.com", MERCHANT)


def test_a_lost_mail_is_a_to_do_until_it_is_settled(any_shop: Shop) -> None:
    order_id, message_id = bounced(any_shop)
    keep(any_shop, draft("2"))
    heap = next(one for one in todo_counts(any_shop, NOW) if one.todo is Todo.LOST_MAIL)
    assert heap.count == 1
    assert [row["id"] for row in find(any_shop, View(heap.filter)).rows] == [order_id]
    bounces.correct(any_shop, message_id, "a@example.com", MERCHANT, LATER)
    assert next(one for one in todo_counts(any_shop, NOW) if one.todo is Todo.LOST_MAIL).count == 0
