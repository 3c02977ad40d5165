"""The worker's turn against a stand-in provider: once, put off, given up, unsure."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from services.messages import outbox
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.messages.worker import turn
from services.people import MERCHANT
from services.shop import Shop
from tests.conftest import NOW
from tests.messages.invented import mail, order
from tests.messages.provider import Provider, Step, errors

DAY = timedelta(days=1)


def put(shop: Shop, *rows):
    with shop.store.write() as write:
        outbox.put(write, rows)
    return [row["id"] for row in rows]


def state(shop: Shop, message_id: str) -> str:
    return outbox.message(shop, message_id)["state"]


def test_a_mail_leaves_once_and_bears_the_providers_id(any_mailing: Shop, sendgrid: Provider):
    [sent] = put(any_mailing, mail(any_mailing.settings))
    assert turn(any_mailing, NOW) == 1
    assert turn(any_mailing, NOW) == 0
    row = outbox.message(any_mailing, sent)
    assert (row["state"], row["attempts"], row["provider_id"]) == (MessageState.ACCEPTED, 1, f"sg-{sent}")
    assert sendgrid.accepted_ids == [sent]
    [request] = sendgrid.taken
    assert request.body["from"] == {"email": "no-reply@example.com", "name": "Chez Élise"}
    assert request.body["personalizations"] == [{"to": [{"email": "ines@example.com"}]}]
    assert request.headers["Authorization"] == "Bearer SG.test"
    assert [event["kind"] for event in row["events"]] == ["accepted"]


def test_what_is_not_due_waits(mailing: Shop, sendgrid: Provider):
    of = order()
    put(mailing, mail(mailing.settings, of, Template.ORDER_SHIPPED, send_after=NOW + timedelta(seconds=300)))
    assert turn(mailing, NOW + timedelta(seconds=299)) == 0
    assert turn(mailing, NOW + timedelta(seconds=300)) == 1


@pytest.mark.parametrize("missing", ["sendgrid_api_key", "sender_email"])
def test_without_a_key_or_a_sender_mails_wait_and_can_be_read(mailing: Shop, sendgrid: Provider, missing):
    mailing.settings = replace(mailing.settings, **{missing: ""})
    [kept] = put(mailing, mail(mailing.settings))
    assert turn(mailing, NOW) == 0
    row = outbox.message(mailing, kept)
    assert (row["state"], row["attempts"], sendgrid.taken) == (MessageState.WAITING, 0, [])
    assert "Tasse bleue" in row["body_html"]


def test_too_many_requests_is_tried_again_when_the_provider_says(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(429, {"Retry-After": "7"}, errors("too many requests"))]
    [sent] = put(mailing, mail(mailing.settings))
    turn(mailing, NOW)
    row = outbox.message(mailing, sent)
    assert row["state"] == MessageState.WAITING
    assert NOW + timedelta(seconds=7) <= row["send_after"] < NOW + timedelta(seconds=9)
    assert turn(mailing, NOW + timedelta(seconds=6)) == 0
    assert turn(mailing, NOW + timedelta(seconds=9)) == 1
    assert sendgrid.accepted_ids == [sent]


def test_a_fault_of_the_provider_is_tried_again(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(500, body=errors("internal server error")), Step(503)]
    [sent] = put(mailing, mail(mailing.settings))
    for later in (0, 60, 600):
        assert turn(mailing, NOW + timedelta(seconds=later)) == 1
    assert state(mailing, sent) == MessageState.ACCEPTED
    assert sendgrid.accepted_ids == [sent]


def test_pauses_grow_and_in_the_end_it_is_given_up_with_the_reason(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(500, body=errors("no mailbox today"))] * 12
    [sent] = put(mailing, mail(mailing.settings))
    now, pauses = NOW, []
    for _ in range(12):
        assert turn(mailing, now) == 1
        row = outbox.message(mailing, sent)
        pauses.append(int((row["send_after"] - now).total_seconds()))
        now = max(now, row["send_after"])
    assert row["state"] == MessageState.FAILED
    assert "no mailbox today" in row["error"]
    assert pauses[:-2] == sorted(pauses[:-2])
    assert turn(mailing, now + timedelta(days=9)) == 0
    outbox.retry(mailing, sent, MERCHANT)
    assert turn(mailing, outbox.message(mailing, sent)["send_after"]) == 1
    assert state(mailing, sent) == MessageState.ACCEPTED


def test_a_refusal_is_given_up_with_the_providers_reason(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(400, body=errors("The from address does not match a verified Sender Identity."))]
    [sent] = put(mailing, mail(mailing.settings))
    turn(mailing, NOW)
    row = outbox.message(mailing, sent)
    assert row["state"] == MessageState.FAILED
    assert "verified Sender Identity" in row["error"]
    assert turn(mailing, NOW + timedelta(days=2)) == 0


def test_a_connection_broken_before_the_mail_was_taken_is_tried_again(any_mailing: Shop, sendgrid, monkeypatch):
    sendgrid.steps = [Step(breaks="before")]
    [sent] = put(any_mailing, mail(any_mailing.settings))
    with monkeypatch.context() as patience:
        patience.setattr("services.messages.wire.HOLD_BACK_NEW", 5.0)  # however slow this machine is just now
        turn(any_mailing, NOW)
    assert state(any_mailing, sent) == MessageState.WAITING
    turn(any_mailing, NOW + timedelta(seconds=60))
    assert state(any_mailing, sent) == MessageState.ACCEPTED
    assert sendgrid.accepted_ids == [sent]


def test_a_provider_that_is_not_there_is_tried_again(mailing: Shop, sendgrid: Provider):
    there = mailing.settings
    [sent] = put(mailing, mail(mailing.settings))
    mailing.settings = replace(there, sendgrid_url="http://127.0.0.1:9")
    turn(mailing, NOW)
    assert state(mailing, sent) == MessageState.WAITING
    mailing.settings = there
    turn(mailing, NOW + timedelta(seconds=60))
    assert sendgrid.accepted_ids == [sent]


def test_a_name_that_no_name_server_knows_is_tried_again(mailing: Shop, sendgrid: Provider, monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    [sent] = put(mailing, mail(mailing.settings))
    with monkeypatch.context() as offline:
        offline.setattr(socket, "getaddrinfo", unknown)
        turn(mailing, NOW)
    row = outbox.message(mailing, sent)
    assert (row["state"], "out of reach" in row["error"]) == (MessageState.WAITING, True)
    turn(mailing, NOW + timedelta(seconds=60))
    assert sendgrid.accepted_ids == [sent]


@pytest.mark.parametrize("how", ["after", "reset"])
def test_a_connection_broken_after_the_mail_had_left_is_for_a_person_to_judge(mailing: Shop, sendgrid, how):
    sendgrid.steps = [Step(breaks=how)]
    [sent] = put(mailing, mail(mailing.settings))
    turn(mailing, NOW)
    assert state(mailing, sent) == MessageState.UNSURE
    assert turn(mailing, NOW + timedelta(days=2)) == 0
    assert sendgrid.accepted_ids == [sent]


def test_an_address_that_is_none_is_refused_for_good_and_stops_no_other(mailing: Shop, sendgrid: Provider):
    odd = ["no at sign", "a@x.example,b@x.example", "a@b@c.example", "@example.com", "ines@", "a b@example.com"]
    refused = put(mailing, *(mail(mailing.settings, recipient=address) for address in odd))
    [sent] = put(mailing, mail(mailing.settings))
    turn(mailing, NOW)
    assert {state(mailing, message_id) for message_id in refused} == {MessageState.FAILED}
    assert sendgrid.accepted_ids == [sent]


def test_a_stopped_mail_never_leaves(mailing: Shop, sendgrid: Provider):
    of = order()
    row = mail(mailing.settings, of, Template.ORDER_SHIPPED)
    put(mailing, row)
    outbox.stop(mailing, row["id"], MERCHANT)
    assert turn(mailing, NOW + timedelta(days=1)) == 0
    assert sendgrid.taken == []


def test_what_should_have_left_days_ago_waits_for_a_person(mailing: Shop, sendgrid: Provider):
    old, fresh = put(mailing, mail(mailing.settings), mail(mailing.settings, send_after=NOW + DAY * 3))
    assert turn(mailing, NOW + DAY * 4) == 1
    assert sendgrid.accepted_ids == [fresh]
    row = outbox.message(mailing, old)
    assert row["state"] == MessageState.FAILED and "waited for days" in row["error"]
    outbox.retry(mailing, old, MERCHANT)
    assert turn(mailing, outbox.message(mailing, old)["send_after"]) == 1


def test_a_mail_goes_from_the_sender_that_the_shop_has_now(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(403, body=errors("The from address does not match a verified Sender Identity."))]
    [sent] = put(mailing, mail(mailing.settings))
    turn(mailing, NOW)
    mailing.settings = replace(mailing.settings, sender_email="hello@example.com")
    outbox.retry(mailing, sent, MERCHANT)
    turn(mailing, outbox.message(mailing, sent)["send_after"])
    assert sendgrid.taken[0].body["from"]["email"] == "hello@example.com"
    assert outbox.message(mailing, sent)["sender"] == "hello@example.com"
