"""Claims: one holder per message, and what becomes of those whose holder died or stalled."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest

from data.errors import StoreUnreachable
from services.errors import Unavailable
from services.messages import claims, outbox, results, worker
from services.messages.courier import Courier
from services.messages.states import MessageState
from services.messages.worker import turn
from services.shop import Shop, opened
from tests.conftest import NOW
from tests.messages.invented import mail
from tests.messages.provider import Provider

SENDER = "no-reply@example.com"


def put(shop: Shop, count: int = 1) -> list[str]:
    with shop.store.write() as write:
        return outbox.put(write, [mail(shop.settings) for _ in range(count)])


def states(shop: Shop) -> dict[MessageState, int]:
    return {state: count for state, count in outbox.page(shop).counts.items() if count}


def test_several_workers_at_once_send_each_mail_once(any_mailing: Shop, sendgrid: Provider):
    ids = put(any_mailing, 60)
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        while turn(any_mailing, NOW):
            pass

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert Counter(sendgrid.accepted_ids) == Counter(ids)
    assert states(any_mailing) == {MessageState.ACCEPTED: 60}


@pytest.mark.postgres
def test_workers_of_two_processes_share_one_shop_without_doubling(
    shared_shop: Shop, sendgrid: Provider, shared_settings
):
    from tests.messages.conftest import set_up

    shop = set_up(shared_shop, sendgrid)
    ids = put(shop, 40)
    with opened(shop.settings) as second:
        threads = [threading.Thread(target=lambda s=s: [turn(s, NOW) for _ in range(4)]) for s in (shop, second)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert Counter(sendgrid.accepted_ids) == Counter(ids)


def test_a_claim_of_this_process_is_not_taken_from_it(any_mailing: Shop):
    put(any_mailing)
    ids = claims.take(any_mailing, NOW)
    assert claims.recover(any_mailing, NOW + timedelta(hours=1)) == 0
    claims.release(ids)
    assert claims.recover(any_mailing, NOW + timedelta(hours=1)) == 1
    assert states(any_mailing) == {MessageState.WAITING: 1}


@pytest.mark.postgres
def test_on_a_shared_store_a_claim_is_another_machines_until_its_lease_is_over(shared_shop: Shop):
    put(shared_shop, 2)
    taken = claims.take(shared_shop, NOW)
    claims.hand(shared_shop, dict([*taken.items()][:1]), SENDER, NOW)
    claims.release(taken)
    assert claims.recover(shared_shop, NOW + claims.LEASE / 2) == 0
    assert claims.recover(shared_shop, NOW + claims.LEASE * 2) == 2
    assert states(shared_shop) == {MessageState.WAITING: 1, MessageState.UNSURE: 1}


def test_claims_of_before_the_clock_was_set_back_are_judged_like_any_other(any_mailing: Shop):
    put(any_mailing, 2)
    ahead = NOW + timedelta(days=2)
    taken = claims.take(any_mailing, ahead)
    claims.hand(any_mailing, dict([*taken.items()][:1]), SENDER, ahead)
    assert claims.recover(any_mailing, NOW) == 0
    claims.release(taken)
    assert claims.recover(any_mailing, NOW) == 2
    assert states(any_mailing) == {MessageState.WAITING: 1, MessageState.UNSURE: 1}


def test_a_worker_that_stalled_cannot_send_what_another_took_over(mailing: Shop):
    put(mailing)
    stalled = claims.take(mailing, NOW)
    claims.release(stalled)
    claims.recover(mailing, NOW)
    second = claims.take(mailing, NOW)
    assert claims.hand(mailing, stalled, SENDER, NOW) == []
    assert [row["id"] for row in claims.hand(mailing, second, SENDER, NOW)] == list(second)
    assert claims.hand(mailing, stalled, SENDER, NOW) == []
    claims.release(second)


def test_an_answer_to_an_older_claim_changes_nothing(any_mailing: Shop, sendgrid: Provider):
    [sent] = put(any_mailing)
    old = claims.hand(any_mailing, claims.take(any_mailing, NOW), SENDER, NOW)
    claims.release([sent])
    claims.recover(any_mailing, NOW + timedelta(hours=1))
    with any_mailing.store.write() as write:
        write.execute("update messages set state = ?", [MessageState.WAITING.value])
    newer = claims.take(any_mailing, NOW + timedelta(hours=1))
    results.settle(any_mailing, old, ["too late"], NOW)
    assert outbox.message(any_mailing, sent)["provider_id"] == ""
    claims.release(newer)


def test_an_answer_that_the_store_could_not_take_is_written_when_it_can(mailing: Shop, sendgrid, monkeypatch):
    [sent] = put(mailing)
    courier, settle = Courier("SG.test", sendgrid.url), results.settle

    def fails(*_args):
        raise StoreUnreachable("The store's PostgreSQL does not answer.")

    monkeypatch.setattr(worker.results, "settle", fails)
    with pytest.raises(Unavailable):
        turn(mailing, NOW, courier)
    assert claims.recover(mailing, NOW + timedelta(hours=1)) == 0
    monkeypatch.setattr(worker.results, "settle", settle)
    turn(mailing, NOW, courier)
    courier.close()
    assert outbox.message(mailing, sent)["state"] == MessageState.ACCEPTED
    assert sendgrid.accepted_ids == [sent]


def test_a_turn_that_could_not_write_its_answers_leaves_them_to_recovery(mailing: Shop, sendgrid, monkeypatch):
    [sent] = put(mailing)

    def fails(*_args):
        raise StoreUnreachable("The store's PostgreSQL does not answer.")

    monkeypatch.setattr(worker.results, "settle", fails)
    with pytest.raises(Unavailable):
        turn(mailing, NOW)
    assert claims.recover(mailing, NOW) == 1
    assert outbox.message(mailing, sent)["state"] == MessageState.UNSURE
