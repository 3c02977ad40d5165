"""Muting an order, the tick *tell the customer*, and taking back what was told."""

from __future__ import annotations

import pytest

from data import messages
from services import profile
from services.errors import Conflict
from services.messages.states import MessageState
from services.orders.statuses import ActionName as A
from services.shop import Shop
from tests.orders.moving import do, now, preview, undo
from tests.orders.sample import NOW, draft, keep


@pytest.fixture
def paid(shop: Shop) -> str:
    """An order that is paid and not prepared yet."""
    [order] = keep(shop, draft())
    return order


def send_all(shop: Shop, order_id: str) -> None:
    """Everything of the order has left."""
    with shop.store.write() as write:
        ids = [message.id for message in now(shop, order_id).messages]
        messages.change(write, ids, {"state": MessageState.ACCEPTED.value})


def test_a_muted_order_tells_its_customer_nothing_and_stops_what_waits(shop: Shop, paid: str) -> None:
    do(shop, paid, A.MARK_SHIPPED)
    seen = preview(shop, paid, A.MUTE)
    assert [letter.message.template for letter in seen.messages] == ["order_shipped"]
    answer = do(shop, paid, A.MUTE)
    assert {message.state for message in answer.order.messages if message.template == "order_shipped"} == {"cancelled"}
    assert ("is_muted", False, True) in [(one.field, one.before, one.after) for one in answer.changes]
    assert now(shop, paid).is_muted
    assert do(shop, paid, A.MARK_DELIVERED, tell_customer=True).messages == ()
    with pytest.raises(Conflict, match="muted"):
        do(shop, paid, A.RESEND, template="order_confirmation")


def test_muting_is_undone_and_lifted(shop: Shop, paid: str) -> None:
    undo(shop, paid, do(shop, paid, A.MUTE))
    assert not now(shop, paid).is_muted
    do(shop, paid, A.MUTE)
    with pytest.raises(Conflict, match="already"):
        do(shop, paid, A.MUTE)
    do(shop, paid, A.UNMUTE)
    assert len(do(shop, paid, A.MARK_SHIPPED).messages) == 1


def test_a_kind_that_is_switched_off_leaves_only_when_it_is_ticked(shop: Shop, paid: str) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"sends_order_shipped": False}, "owner", NOW)
    assert preview(shop, paid, A.MARK_SHIPPED).messages == ()
    assert len(preview(shop, paid, A.MARK_SHIPPED, tell_customer=True).messages) == 1
    assert preview(shop, paid, A.MARK_SHIPPED, tell_customer=False).messages == ()


def test_the_undo_of_what_was_told_offers_a_correction_and_sends_it_only_when_ticked(shop: Shop, paid: str) -> None:
    shipped = do(shop, paid, A.MARK_SHIPPED)
    assert preview(shop, paid, A.UNDO, event=shipped.event, tell_customer=True).messages[0].text == ""  # only a stop
    send_all(shop, paid)
    assert preview(shop, paid, A.UNDO, event=shipped.event).messages == ()
    [mail] = preview(shop, paid, A.UNDO, event=shipped.event, tell_customer=True).messages
    assert mail.message.template == "correction"
    assert shipped.messages[0].message.subject in mail.text


def test_an_event_says_when_somebody_chose_to_tell_nobody(shop: Shop, paid: str) -> None:
    told = do(shop, paid, A.MARK_SHIPPED, tell_customer=False)
    assert told.order.events[-1].made["untold"] is True
