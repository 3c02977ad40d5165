"""The outbox: kept once, stopped in time, retried by a person."""

from __future__ import annotations

import pytest

from data import messages
from data.ids import new_id
from services.errors import Conflict, NotFound
from services.messages import outbox
from services.messages.states import MessageState
from services.people import MERCHANT
from services.shop import Shop
from tests.conftest import NOW
from tests.messages.invented import mail, order


def kept(shop: Shop, *rows) -> list[str]:
    with shop.store.write() as write:
        return outbox.put(write, rows)


def test_a_message_is_kept_once_however_often_it_is_put(any_shop: Shop):
    of = order()
    row, again = mail(any_shop.settings, of), mail(any_shop.settings, of)
    assert kept(any_shop, row, None, again) == [row["id"]]
    assert kept(any_shop, mail(any_shop.settings, of)) == []
    with any_shop.store.read() as read:
        assert read.value("select count(*) from messages") == 1


def test_an_undo_stops_what_waits_and_names_what_has_left(any_shop: Shop):
    event = new_id()
    waiting, gone = mail(any_shop.settings, event_id=event), mail(any_shop.settings, event_id=event)
    other = mail(any_shop.settings, event_id=new_id())
    gone["state"] = MessageState.ACCEPTED.value
    kept(any_shop, waiting, gone, other)
    with any_shop.store.write() as write:
        stopped = outbox.stop_for_event(write, event, NOW)
    assert [row["id"] for row in stopped.stopped] == [waiting["id"]]
    assert [row["id"] for row in stopped.gone] == [gone["id"]]
    with any_shop.store.read() as read:
        assert messages.one(read, waiting["id"])["state"] == MessageState.CANCELLED
        assert messages.one(read, other["id"])["state"] == MessageState.WAITING
        assert [event["kind"] for event in messages.events(read, waiting["id"])] == ["stopped"]


def test_a_message_that_has_left_cannot_be_stopped(any_shop: Shop):
    row = mail(any_shop.settings)
    kept(any_shop, row)
    assert outbox.stop(any_shop, row["id"], MERCHANT)["state"] == MessageState.CANCELLED
    with pytest.raises(Conflict):
        outbox.stop(any_shop, row["id"], MERCHANT)
    for unknown in (new_id(), "no id at all"):
        with pytest.raises(NotFound):
            outbox.stop(any_shop, unknown, MERCHANT)
