"""The mails of a bulk action: one cooling-off for all, stopped or sent together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import bulk, jobs
from services.jobs import running
from services.jobs.running import HOLDER, portion, run_all
from services.messages.states import MessageState
from services.messages.worker import turn
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.bulk.moving import asked, did, mails, stand_still, undone
from tests.messages.provider import Provider
from tests.orders import moving
from tests.orders.sample import NOW, draft, keep

SHIPPED = ActionName.MARK_SHIPPED
MINUTE = timedelta(minutes=1)


def test_200_marked_shipped_by_accident_and_stopped_two_minutes_later_tell_nobody(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, NOW)
    ids = keep(mailing, *(draft(str(number), email=f"c{number}@example.com") for number in range(200)))
    done = did(mailing, SHIPPED, ids)
    assert (done.done, bulk.mails(mailing, done.id).waiting) == (200, 200)
    assert turn(mailing, NOW + 2 * MINUTE) == 0
    stand_still(monkeypatch, NOW + 2 * MINUTE)
    assert bulk.stop_mails(mailing, done.id, MERCHANT) == 200
    undo = undone(mailing, done)
    assert (undo.done, undo.refused, undo.messages) == (200, 0, 0)
    assert turn(mailing, NOW + timedelta(days=2)) == 0
    assert sendgrid.taken == []
    assert {row["state"] for row in mails(mailing)} == {MessageState.CANCELLED}
    order = moving.now(mailing, ids[0])
    assert order.fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING
    kinds = [event.kind for event in order.events]
    assert kinds[-3:] == [EventKind.MARKED_SHIPPED, EventKind.MESSAGE_STOPPED, EventKind.UNDONE]


def test_an_undo_alone_tells_nobody_either(mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch, NOW)
    done = did(mailing, SHIPPED, keep(mailing, draft("2041"), draft("2042")))
    stand_still(monkeypatch, NOW + 4 * MINUTE)
    undo = bulk.undo(mailing, done.id, MERCHANT)
    # the cooling-off would be over before the undo has come to every order
    assert turn(mailing, NOW + 60 * MINUTE) == 0
    run_all(mailing)
    assert jobs.job(mailing, undo.id).done == 2
    assert turn(mailing, NOW + timedelta(days=1)) == 0 and sendgrid.taken == []


def test_all_mails_wait_for_the_end_of_the_job_and_then_cool_off_together(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, NOW)
    monkeypatch.setattr("services.jobs.running.PORTION", 2)
    job = bulk.start(mailing, asked(SHIPPED, keep(mailing, *map(draft, ("1", "2", "3")))), MERCHANT)
    assert running.claim(mailing, HOLDER) == job.id
    assert portion(mailing, job.id)
    assert len(mails(mailing)) == 2
    assert turn(mailing, NOW + 60 * MINUTE) == 0  # half of it is done, and an hour has gone by
    stand_still(monkeypatch, NOW + 60 * MINUTE)
    run_all(mailing)
    assert {row["send_after"] for row in mails(mailing)} == {NOW + 65 * MINUTE}
    assert turn(mailing, NOW + 64 * MINUTE) == 0
    assert turn(mailing, NOW + 65 * MINUTE) == 3 == len(sendgrid.taken)


def test_a_job_that_is_stopped_half_way_tells_nobody_and_leaves_the_rest(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.jobs.running.PORTION", 2)
    ids = keep(mailing, *map(draft, ("1", "2", "3")))
    job = bulk.start(mailing, asked(SHIPPED, ids), MERCHANT)
    running.claim(mailing, HOLDER)
    portion(mailing, job.id)
    stopped = jobs.stop(mailing, job.id, MERCHANT)
    assert (stopped.state, stopped.done, stopped.left) == (jobs.JobState.STOPPED, 2, 1)
    assert not portion(mailing, job.id) and run_all(mailing) == 0
    assert turn(mailing, NOW + timedelta(days=9000)) == 0 and sendgrid.taken == []
    assert sorted(moving.now(mailing, one).version for one in ids) == [1, 2, 2]
    undo = undone(mailing, stopped)
    assert undo.done == 2 and {moving.now(mailing, one).fulfilment_status for one in ids} == {
        FulfilmentStatus.AWAITING_PROCESSING
    }


def test_mails_that_fail_leave_the_job_as_done_as_it_is(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statuses changed but a mail failed: the whole run was reported as failed."""
    stand_still(monkeypatch, NOW)
    ids = keep(mailing, draft("2041"), draft("2042", email="not an address"))
    done = did(mailing, SHIPPED, ids)
    turn(mailing, NOW + 6 * MINUTE)
    told = bulk.mails(mailing, done.id)
    assert (told.made, told.gone, told.failed) == (2, 1, 1)
    job = jobs.job(mailing, done.id)
    assert (job.state, job.done, job.failed) == (jobs.JobState.DONE, 2, 0)


def test_the_mails_of_a_job_leave_at_once_when_somebody_says_so(
    mailing: Shop, sendgrid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, NOW)
    done = did(mailing, SHIPPED, keep(mailing, draft("2041"), draft("2042")))
    assert bulk.send_mails(mailing, done.id, MERCHANT) == 2
    assert turn(mailing, NOW) == 2 == len(sendgrid.taken)


def test_who_is_not_to_be_told_is_not(any_shop: Shop) -> None:
    done = did(any_shop, SHIPPED, keep(any_shop, draft("2041")), tell_customer=False)
    assert (done.done, done.messages, mails(any_shop)) == (1, 0, [])
