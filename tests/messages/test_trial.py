"""The test mail of the Settings page goes the way of every mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services import clock
from services.errors import Invalid
from services.messages import outbox
from services.messages.states import MessageState
from services.messages.trial import test_mail as send_test_mail
from services.messages.worker import turn
from services.people import MERCHANT
from services.shop import Shop
from tests.messages.provider import Provider


def test_a_test_mail_arrives_from_the_shops_sender(mailing: Shop, sendgrid: Provider):
    row = send_test_mail(mailing, "elise@example.com", MERCHANT)
    assert (row["state"], row["order_id"]) == (MessageState.WAITING, None)
    turn(mailing, clock.now())
    assert outbox.message(mailing, row["id"])["state"] == MessageState.ACCEPTED
    [request] = sendgrid.taken
    assert request.body["subject"] == "Chez Élise: test mail from Comptoir"


def test_a_second_test_mail_is_another_mail(mailing: Shop, sendgrid: Provider):
    for _ in range(2):
        send_test_mail(mailing, "elise@example.com", MERCHANT)
    turn(mailing, clock.now())
    assert len(sendgrid.taken) == 2


@pytest.mark.parametrize("to", ["", "elise", "a@example.com,b@example.com", "a b@example.com"])
def test_a_test_mail_to_no_address_is_refused_with_a_sentence(mailing: Shop, to: str):
    with pytest.raises(Invalid, match="not an e-mail address"):
        send_test_mail(mailing, to, MERCHANT)


@pytest.mark.parametrize("missing", ["sendgrid_api_key", "sender_email"])
def test_without_a_key_or_a_sender_a_test_mail_says_what_is_missing(mailing: Shop, missing: str):
    mailing.settings = replace(mailing.settings, **{missing: ""})
    with pytest.raises(Invalid, match="SendGrid key"):
        send_test_mail(mailing, "elise@example.com", MERCHANT)
