"""The runner: killed and taken up again, one process at a time, never twice."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from services import bulk, clock, jobs
from services.jobs import JobState, running
from services.jobs.running import Runner, run_all
from services.orders.statuses import ActionName, EventKind
from services.people import MERCHANT
from services.query import parse
from services.settings import Settings
from services.shop import Shop, open_shop
from tests.bulk.moving import asked, mails
from tests.orders import moving
from tests.orders.sample import draft, keep

ROOT = Path(__file__).parents[2]


def test_a_process_killed_in_the_middle_leaves_everything_done_once(embedded_settings: Settings) -> None:
    shop = open_shop(embedded_settings)
    ids = keep(shop, *(draft(str(number)) for number in range(60)))
    job = bulk.start(shop, asked(ActionName.MARK_SHIPPED, ids), MERCHANT)
    shop.close()
    for _attempt in range(3):
        _killed_after(random.randint(1, 2), embedded_settings.store)
    shop = open_shop(embedded_settings)
    try:
        begun = jobs.job(shop, job.id)
        assert (begun.state, 0 < begun.done < 60) == (JobState.RUNNING, True)
        run_all(shop)
        done = jobs.job(shop, job.id)
        assert (done.state, done.done, done.messages) == (JobState.DONE, 60, 60)
        assert len(mails(shop)) == len({row["order_id"] for row in mails(shop)}) == 60
        for order_id in ids:
            order = moving.now(shop, order_id)
            assert (order.version, len(order.shipments)) == (2, 1)
            assert [event.kind for event in order.events].count(EventKind.MARKED_SHIPPED) == 1
    finally:
        shop.close()


def _killed_after(portions: int, store: str) -> None:
    command = [sys.executable, "-m", "tests.jobs.victim", store]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout
        for _portion in range(portions):
            assert victim.stdout.readline() == "portion\n"
        time.sleep(random.random() * 0.02)
        victim.kill()


@pytest.mark.postgres
def test_two_processes_never_do_the_same_job(shared_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shared_shop, draft("2041"), draft("2042"))
    ids = [row.order_id for row in bulk.chosen(shared_shop, parse("")).items]
    job = bulk.start(shared_shop, asked(ActionName.TAG, ids, tags=["x"]), MERCHANT)
    assert running.claim(shared_shop, "one") == job.id
    assert running.claim(shared_shop, "other") is None
    assert not running.portion(shared_shop, job.id, "other")
    # the first is silent for longer than its lease: the other goes on, and the first notices
    late = clock.now() + running.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert running.claim(shared_shop, "other") == job.id
    assert not running.portion(shared_shop, job.id, "one")
    assert running.portion(shared_shop, job.id, "other")
    assert jobs.job(shared_shop, job.id).done == 2


@pytest.mark.postgres
def test_a_job_of_before_the_clock_was_set_back_is_taken_up(shared_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    [order_id] = keep(shared_shop, draft("2041"))
    today = clock.now()
    monkeypatch.setattr(clock, "now", lambda: today + timedelta(days=2))
    job = bulk.start(shared_shop, asked(ActionName.TAG, [order_id], tags=["x"]), MERCHANT)
    assert running.claim(shared_shop, "a dead one") == job.id
    monkeypatch.setattr(clock, "now", lambda: today)
    assert running.claim(shared_shop, "other") == job.id


def test_two_runners_beside_each_other_do_each_order_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PORTION", 3)
    ids = keep(shop, *(draft(str(number)) for number in range(12)))
    job = bulk.start(shop, asked(ActionName.TAG, ids, tags=["x"]), MERCHANT)
    threads = [threading.Thread(target=run_all, args=(shop,)) for _runner in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (jobs.job(shop, job.id).done, {moving.now(shop, one).version for one in ids}) == (12, {2})


def test_the_thread_begins_when_something_is_asked_and_ends_when_told(shop: Shop) -> None:
    [order_id] = keep(shop, draft("2041"))
    runner = Runner(shop)
    runner.start()
    try:
        job = bulk.start(shop, asked(ActionName.TAG, [order_id], tags=["x"]), MERCHANT)
        until = time.monotonic() + 20
        while jobs.job(shop, job.id).state.is_open and time.monotonic() < until:
            time.sleep(0.02)
        assert jobs.job(shop, job.id).state is JobState.DONE
    finally:
        began = time.monotonic()
        runner.stop()
    assert time.monotonic() - began < 1


def test_what_breaks_at_the_end_of_a_job_is_said_and_tried_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    [order_id] = keep(shop, draft("2041"))
    job = bulk.start(shop, asked(ActionName.TAG, [order_id], tags=["x"]), MERCHANT)

    def breaks(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("services.bulk.mailing.put_off", breaks)
    run_all(shop)
    failed = jobs.job(shop, job.id)
    assert (failed.state, failed.done) == (JobState.FAILED, 1) and failed.fault
