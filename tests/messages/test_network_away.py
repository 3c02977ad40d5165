"""The network is away for an hour, slow, or comes and goes: every mail arrives once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from data import sending
from services.messages import outbox
from services.messages.kinds import Channel
from services.messages.states import MessageState
from services.messages.worker import courier_of, dismiss, turn
from services.shop import Shop
from tests.conftest import NOW
from tests.messages.invented import mail, order
from tests.messages.provider import Provider, Step, errors

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOWHERE = "http://127.0.0.1:9"


def put(shop: Shop, at: datetime) -> str:
    with shop.store.write() as write:
        return outbox.put(write, [mail(shop.settings, order(), send_after=at)])[0]


def until(shop: Shop, now: datetime, end: datetime) -> datetime:
    """Let the worker take its turns from one due moment to the next; the moment at which nothing is due any more."""
    courier = courier_of(shop.settings)
    try:
        while True:
            with shop.store.read() as read:
                due = sending.next_due(read, MessageState.WAITING, Channel.EMAIL)
            if due is None or max(due, now) > end:
                return now
            now = max(due, now)
            courier._rests_until = 0.0  # a rest is measured by the machine's clock, this one is ours
            turn(shop, now, courier)
    finally:
        dismiss(courier)


def test_the_network_is_away_for_an_hour_and_every_mail_arrives_once(mailing: Shop, sendgrid: Provider) -> None:
    there = mailing.settings
    sent = [put(mailing, NOW + timedelta(minutes=minute)) for minute in range(0, 60, 12)]
    mailing.settings = replace(there, sendgrid_url=NOWHERE)
    until(mailing, NOW, NOW + HOUR)
    assert sendgrid.taken == []
    assert {outbox.message(mailing, one)["state"] for one in sent} == {MessageState.WAITING}
    mailing.settings = there
    until(mailing, NOW + HOUR, NOW + DAY)
    assert sorted(sendgrid.accepted_ids) == sorted(sent)
    assert {outbox.message(mailing, one)["state"] for one in sent} == {MessageState.ACCEPTED}


def test_a_provider_that_fails_in_every_way_at_random_gets_every_mail_once(mailing: Shop, sendgrid: Provider) -> None:
    dice = random.Random(4)
    ways = [
        Step(429, {"Retry-After": "3"}, errors("too many requests")),
        Step(500, body=errors("internal server error")),
        Step(503),
        Step(breaks="before"),
        Step(wait=0.05),
        Step(),
    ]
    sendgrid.steps = [dice.choice(ways) for _ in range(60)]
    sent = [put(mailing, NOW) for _ in range(20)]
    until(mailing, NOW, NOW + DAY)
    assert len(sendgrid.accepted_ids) == len(set(sendgrid.accepted_ids))
    states = {one: outbox.message(mailing, one)["state"] for one in sent}
    # a hung-up connection is seen in time on a machine that is not too busy; if not, a person is asked
    assert set(states.values()) <= {MessageState.ACCEPTED, MessageState.UNSURE}
    accepted = {one for one, state in states.items() if state == MessageState.ACCEPTED}
    assert accepted == set(sendgrid.accepted_ids) & set(sent)


def test_a_provider_that_answers_too_late_leaves_the_mail_to_a_person(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.messages.wire.ANSWER_WITHIN", 0.2)
    sendgrid.steps = [Step(wait=1.0)]
    message = put(mailing, NOW)
    turn(mailing, NOW)
    assert outbox.message(mailing, message)["state"] == MessageState.UNSURE
    until(mailing, NOW, NOW + DAY)
    assert sendgrid.accepted_ids == [message]
