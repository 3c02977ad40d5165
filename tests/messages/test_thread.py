"""The worker's thread: wakes by itself, ends in time, outlives a store that fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from data.errors import StoreUnreachable
from services import clock
from services.messages import outbox, worker
from services.messages.states import MessageState
from services.messages.worker import Worker
from services.shop import Shop
from tests.messages.invented import mail
from tests.messages.provider import Provider, Step


def put(shop: Shop) -> str:
    with shop.store.write() as write:
        return outbox.put(write, [mail(shop.settings, send_after=clock.now())])[0]


def until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.fixture
def working(mailing: Shop) -> Iterator[Worker]:
    made = Worker(mailing)
    made.start()
    yield made
    made.stop()
    assert not made.is_alive


def test_it_sends_by_itself_what_comes_due(mailing: Shop, sendgrid: Provider, working: Worker):
    ids = [put(mailing), put(mailing)]
    assert until(lambda: sorted(sendgrid.accepted_ids) == sorted(ids), 5.0)


def test_it_ends_in_time_in_the_middle_of_a_request_and_says_what_is_known(mailing: Shop, sendgrid, monkeypatch):
    monkeypatch.setattr(worker, "ANSWER_GRACE", 0.2)
    sendgrid.steps = [Step(wait=3.0)]
    sent, busy = put(mailing), Worker(mailing)
    busy.start()
    assert until(lambda: bool(sendgrid.taken))
    started = time.monotonic()
    busy.stop()
    assert time.monotonic() - started < 2.0
    assert not busy.is_alive
    assert outbox.message(mailing, sent)["state"] == MessageState.UNSURE


def test_an_answer_that_comes_during_the_stop_still_counts(mailing: Shop, sendgrid: Provider):
    sendgrid.steps = [Step(wait=0.4)]
    sent, busy = put(mailing), Worker(mailing)
    busy.start()
    assert until(lambda: bool(sendgrid.taken))
    busy.stop()
    assert outbox.message(mailing, sent)["state"] == MessageState.ACCEPTED


def test_it_outlives_a_store_that_fails_and_says_so_once(mailing: Shop, sendgrid, monkeypatch, caplog):
    monkeypatch.setattr(worker, "POLL", 0.01)
    read, failures = mailing.store.read, []

    def fails():
        failures.append(1)
        raise StoreUnreachable("The store's PostgreSQL does not answer.")

    monkeypatch.setattr(mailing.store, "read", fails)
    busy = Worker(mailing)
    with caplog.at_level(logging.WARNING, "comptoir.mail"):
        busy.start()
        assert until(lambda: len(failures) >= 3)
        monkeypatch.setattr(mailing.store, "read", read)
        sent = put(mailing)
        assert until(lambda: sendgrid.accepted_ids == [sent])
        busy.stop()
    assert [record.message for record in caplog.records if "cannot work" in record.message] == [
        "The message worker cannot work just now and will try again: The store's PostgreSQL does not answer."
    ]


def test_without_a_key_it_runs_and_sends_nothing(mailing: Shop, sendgrid: Provider):
    mailing.settings = replace(mailing.settings, sendgrid_api_key="")
    kept, idle = put(mailing), Worker(mailing)
    idle.start()
    time.sleep(0.1)
    idle.stop()
    assert outbox.message(mailing, kept)["state"] == MessageState.WAITING
    assert sendgrid.connections == 0
