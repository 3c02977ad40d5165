"""A frozen shop sends nothing; what waits leaves when it is resumed, less what is too old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.errors import Invalid
from services.messages import freezing, outbox
from services.messages.states import MessageState
from services.messages.trial import test_mail as send_test_mail
from services.messages.worker import turn
from services.people import MERCHANT
from tests.conftest import NOW
from tests.messages.invented import mail, order
from tests.messages.test_worker import put


def states(shop) -> list[MessageState]:
    return sorted(MessageState(row["state"]) for row in outbox.page(shop).rows)


def test_nothing_leaves_a_frozen_shop_and_all_of_it_when_it_is_resumed(mailing, sendgrid):
    freezing.freeze(mailing, MERCHANT)
    put(mailing, mail(mailing.settings))
    assert turn(mailing, NOW) == 0
    assert sendgrid.taken == []
    assert freezing.held(mailing, NOW).count == 1
    assert freezing.resume(mailing, MERCHANT, None, NOW) == 0
    assert turn(mailing, NOW) == 1
    assert states(mailing) == [MessageState.ACCEPTED]


def test_what_is_too_old_is_dropped_when_it_is_resumed(mailing, sendgrid):
    freezing.freeze(mailing, MERCHANT)
    put(
        mailing,
        mail(mailing.settings, order(), happened_at=NOW - timedelta(days=2), send_after=NOW - timedelta(days=2)),
    )
    put(mailing, mail(mailing.settings, order()))
    held = freezing.held(mailing, NOW)
    assert (held.count, held.older[timedelta(days=1)], held.older[timedelta(days=3)]) == (2, 1, 0)
    assert freezing.resume(mailing, MERCHANT, timedelta(days=1), NOW) == 1
    turn(mailing, NOW)
    assert states(mailing) == [MessageState.ACCEPTED, MessageState.CANCELLED]


def test_mails_that_waited_out_a_long_freeze_leave_and_are_not_set_aside(mailing, sendgrid):
    freezing.freeze(mailing, MERCHANT)
    week = timedelta(days=7)
    put(mailing, mail(mailing.settings, happened_at=NOW - week, send_after=NOW - week))
    freezing.resume(mailing, MERCHANT, None, NOW)
    assert turn(mailing, NOW) == 1
    assert states(mailing) == [MessageState.ACCEPTED]


def test_a_test_mail_says_that_the_shop_is_frozen(mailing):
    freezing.freeze(mailing, MERCHANT)
    with pytest.raises(Invalid, match="frozen"):
        send_test_mail(mailing, "owner@example.com", MERCHANT)
