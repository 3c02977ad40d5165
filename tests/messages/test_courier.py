"""A courier sends a group side by side, and bounds what the provider may make it wait."""

from __future__ import annotations

import time

import pytest

from services.messages import courier as couriers
from services.messages.courier import Courier
from services.messages.sendgrid_edge import NotSent
from services.settings import Settings
from tests.messages.invented import mail
from tests.messages.provider import Provider, Step


@pytest.fixture
def courier(sendgrid: Provider):
    made = Courier("SG.test", sendgrid.url)
    yield made
    made.close()


def test_each_message_gets_its_own_fate(settings: Settings, courier: Courier):
    rows = [mail(settings), mail(settings, recipient="nobody"), mail(settings)]
    first, second, third = courier.send(rows, "Chez Élise")
    assert (first, third) == (f"sg-{rows[0]['id']}", f"sg-{rows[2]['id']}")
    assert isinstance(second, NotSent) and second.permanent


def test_a_group_goes_side_by_side(settings: Settings, sendgrid: Provider, courier: Courier):
    sendgrid.steps = [Step(wait=0.5)] * 8
    started = time.monotonic()
    courier.send([mail(settings) for _ in range(8)], "")
    assert time.monotonic() - started < 2.5  # four seconds one by one


def test_a_provider_that_keeps_us_waiting_is_left_and_the_next_group_goes(settings, sendgrid, courier, monkeypatch):
    monkeypatch.setattr(couriers, "LONGEST_ROUND", 0.3)
    sendgrid.steps = [Step(wait=3.0)]
    [fate] = courier.send([mail(settings)], "")
    assert isinstance(fate, NotSent) and fate.may_be_taken
    monkeypatch.undo()
    row = mail(settings)
    assert courier.send([row], "") == [f"sg-{row['id']}"]


def test_too_many_requests_lets_all_mails_rest(settings: Settings, sendgrid: Provider, courier: Courier):
    sendgrid.steps = [Step(429, {"Retry-After": "30"})]
    assert not courier.is_resting
    courier.send([mail(settings)], "")
    assert courier.is_resting
