"""The outbox: kept once, stopped in time, retried by a person."""

from __future__ import annotations

from datetime import datetime

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


def test_a_message_that_has_left_cannot_be_stopped(shop: Shop):
    row = mail(shop.settings)
    kept(shop, row)
    assert outbox.stop(shop, row["id"], MERCHANT)["state"] == MessageState.CANCELLED
    with pytest.raises(Conflict):
        outbox.stop(shop, row["id"], MERCHANT)
    for unknown in (new_id(), "no id at all"):
        with pytest.raises(NotFound):
            outbox.stop(shop, unknown, MERCHANT)


def test_what_waits_can_be_sent_now_and_what_has_left_cannot(shop: Shop):
    row = mail(shop.settings, send_after=datetime(2099, 1, 1))
    kept(shop, row)
    assert outbox.send_now(shop, row["id"], MERCHANT)["send_after"] < datetime(2099, 1, 1)
    outbox.stop(shop, row["id"], MERCHANT)
    with pytest.raises(Conflict):
        outbox.send_now(shop, row["id"], MERCHANT)


def test_only_what_failed_or_is_unsure_is_for_a_person_to_decide(shop: Shop):
    for state in (MessageState.FAILED, MessageState.UNSURE, MessageState.BOUNCED):
        again, left = (mail(shop.settings, state=state.value, error="no such mailbox") for _ in range(2))
        kept(shop, again, left)
        row = outbox.retry(shop, again["id"], MERCHANT)
        assert (row["state"], row["error"], row["events"][0]["kind"]) == (MessageState.WAITING, "", "retried")
        row = outbox.dismiss(shop, left["id"], MERCHANT)
        assert (row["state"], row["error"]) == (MessageState.CANCELLED, "no such mailbox")
        assert row["events"][0]["detail"] == "merchant"


def test_what_is_under_way_or_done_is_not_sent_again(shop: Shop):
    for state in set(MessageState) - {MessageState.FAILED, MessageState.UNSURE, MessageState.BOUNCED}:
        row = mail(shop.settings, state=state.value)
        kept(shop, row)
        for decide in (outbox.retry, outbox.dismiss):
            with pytest.raises(Conflict):
                decide(shop, row["id"], MERCHANT)


def test_messages_are_listed_newest_first_by_state_and_text_without_bodies(any_shop: Shop):
    rows = [mail(any_shop.settings, recipient=f"p{index}_100%@example.com") for index in range(5)]
    rows[0]["state"] = rows[1]["state"] = MessageState.FAILED.value
    kept(any_shop, *rows)
    page = outbox.page(any_shop, limit=2, offset=1)
    assert [row["id"] for row in page.rows] == [rows[3]["id"], rows[2]["id"]]
    assert page.total == 5 and "body_html" not in page.rows[0]
    failed = outbox.page(any_shop, [MessageState.FAILED], "P1_100%")
    assert [row["id"] for row in failed.rows] == [rows[1]["id"]]
    assert (failed.total, failed.counts[MessageState.WAITING]) == (1, 0)
    assert outbox.page(any_shop, text="p1x100").total == 0
    assert outbox.page(any_shop, text="\\").total == 0


def test_a_change_that_fails_keeps_no_message(shop: Shop):
    with pytest.raises(ZeroDivisionError), shop.store.write() as write:
        outbox.put(write, [mail(shop.settings)])
        raise ZeroDivisionError
    assert outbox.page(shop).total == 0


def test_thousands_of_messages_are_kept_in_one_go(any_shop: Shop):
    rows = [mail(any_shop.settings) for _ in range(3)]
    many = [rows[0] | {"id": new_id(), "order_id": new_id(), "dedupe_key": str(index)} for index in range(5000)]
    assert len(kept(any_shop, *many)) == 5000
    assert kept(any_shop, *many) == []
    assert outbox.page(any_shop).total == 5000


def test_hostile_text_is_kept_as_it_is(shop: Shop):
    row = mail(shop.settings, order(customer_comment="'; drop table messages; -- \x00 🎉 \ud800"))
    kept(shop, row)
    assert "'; drop table messages; --" in outbox.message(shop, row["id"])["body_text"]
