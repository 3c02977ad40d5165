"""What came in is digested once, in whatever order and however often it came."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest

from data import inbox
from services.errors import Unavailable
from services.inbox import digesting, sendgrid
from services.inbox.letters import Came, Outcome, Source, Verdict, row
from services.inbox.upkeep import KNOWN, WHOLE, inbox_turn
from services.messages import outbox
from services.messages.states import MessageState
from services.shop import Shop
from tests.conftest import NOW
from tests.messages.invented import mail
from tests.messages.webhook import event

LATER = NOW + timedelta(hours=1)


def sent(shop: Shop, state: MessageState = MessageState.ACCEPTED, provider_id: str = "") -> str:
    """The id of a mail that the provider took."""
    made = mail(shop.settings, state=state.value, provider_id=provider_id)
    with shop.store.write() as write:
        return outbox.put(write, [made])[0]


def came(shop: Shop, *bodies: object, verdict: Verdict = Verdict.VALID) -> None:
    """Webhooks, one for each list of events or text."""
    raw = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in bodies]
    with shop.store.write() as write:
        inbox.add(write, [row(Came(Source.SENDGRID, body, verdict, NOW)) for body in raw])


def digest(shop: Shop) -> int:
    count = 0
    while done := digesting.turn(shop, LATER):
        count += done
    return count


def outcomes(shop: Shop) -> dict[str, int]:
    with shop.store.read() as read:
        return {one["outcome"]: one["n"] for one in inbox.counts(read)}


def fate(shop: Shop, message_id: str) -> tuple[str, list[str]]:
    message = outbox.message(shop, message_id)
    return message["state"], [one["kind"] for one in message["events"]]


def test_a_mails_fate_is_told(any_shop: Shop) -> None:
    one, other = sent(any_shop), sent(any_shop)
    at = NOW + timedelta(minutes=1)
    came(any_shop, [event(one, "processed", NOW), event(one, "delivered", at)])
    came(any_shop, [event(other, "bounce", at, reason="550 no such user")])
    assert digest(any_shop) == 2
    assert fate(any_shop, one) == (MessageState.DELIVERED, ["processed", "delivered"])
    assert fate(any_shop, other) == (MessageState.BOUNCED, ["bounced"])
    assert outbox.message(any_shop, other)["error"] == "550 no such user"
    assert outbox.message(any_shop, one)["provider_id"] == f"sg-{one}"
    assert digest(any_shop) == 0


def test_repeated_and_reordered_events_change_nothing(shop: Shop) -> None:
    kinds = ["processed", "deferred", "delivered", "open", "click"]
    for order in itertools.permutations(range(5), 5):
        if order[0] < order[1] < order[2]:
            continue  # enough are left
        message = sent(shop)
        events = [event(message, kinds[at], NOW + timedelta(minutes=at)) for at in order]
        came(shop, *[[one] for one in events], [*events, *events], [events[0], events[0]])
        digest(shop)
        state, told = fate(shop, message)
        assert (state, told) == (MessageState.DELIVERED, ["processed", "deferred", "delivered", "opened", "clicked"])


def test_forty_six_copies_of_a_webhook_are_one(any_shop: Shop) -> None:
    message = sent(any_shop)
    came(any_shop, *[[event(message, "delivered", NOW)]] * 46)
    assert digest(any_shop) == 46
    assert outcomes(any_shop) == {Outcome.DIGESTED: 1, Outcome.REPEATED: 45}
    assert fate(any_shop, message) == (MessageState.DELIVERED, ["delivered"])


def test_of_many_openings_the_first_is_kept_in_whatever_order_they_come(shop: Shop) -> None:
    message = sent(shop)
    minutes = (9, 3, 5, 1, 7)
    came(shop, [event(message, "open", NOW + timedelta(minutes=at), f"o{at}") for at in minutes[:3]])
    digest(shop)
    came(shop, [event(message, "open", NOW + timedelta(minutes=at), f"o{at}") for at in minutes[3:]])
    digest(shop)
    [opened] = outbox.message(shop, message)["events"]
    assert (opened["kind"], opened["happened_at"], opened["detail"]) == ("opened", NOW + timedelta(minutes=1), "")


def test_without_our_id_a_mail_is_known_by_the_providers(shop: Shop) -> None:
    message = sent(shop, provider_id="LRzXl_NHStO")
    told = event(message, "delivered", NOW, sg_message_id="LRzXl_NHStO.filterdrecv-p3mdw1.0")
    del told["message_id"]
    came(shop, [told])
    digest(shop)
    assert fate(shop, message)[0] == MessageState.DELIVERED


def test_mails_that_are_not_ours_are_counted_and_change_nothing(shop: Shop) -> None:
    ours = sent(shop)
    stranger = "01958d9f-0000-7000-8000-00000000ffff"
    came(shop, [event(stranger, "delivered", NOW), event(ours, "delivered", NOW), {"event": "moved"}])
    assert digest(shop) == 1
    with shop.store.read() as read:
        [counted] = inbox.counts(read)
    assert (counted["outcome"], counted["events"], counted["unknown"]) == (Outcome.DIGESTED, 3, 2)
    assert fate(shop, ours)[0] == MessageState.DELIVERED


@pytest.mark.parametrize("body", [b"not json", b"{}", b"\xff\x00"])
def test_what_cannot_be_read_is_kept_and_said(shop: Shop, body: bytes) -> None:
    ours = sent(shop)
    came(shop, body, [event(ours, "delivered", NOW)])
    assert digest(shop) == 2
    assert outcomes(shop) == {Outcome.UNREADABLE: 1, Outcome.DIGESTED: 1}
    assert fate(shop, ours)[0] == MessageState.DELIVERED


def test_what_is_refused_is_never_digested(shop: Shop) -> None:
    ours = sent(shop)
    came(shop, [event(ours, "bounce", NOW)], verdict=Verdict.BAD)
    assert digest(shop) == 0
    assert fate(shop, ours)[0] == MessageState.ACCEPTED
    assert outcomes(shop) == {Outcome.REFUSED: 1}


def test_a_report_settles_an_unsure_mail(shop: Shop) -> None:
    message = sent(shop, MessageState.UNSURE)
    came(shop, [event(message, "delivered", NOW)])
    digest(shop)
    row = outbox.message(shop, message)
    assert (row["state"], row["error"]) == (MessageState.DELIVERED, "")


def test_killed_between_keeping_and_digesting_it_is_digested_at_the_next_start(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = sent(shop)
    came(shop, [event(message, "delivered", NOW)])

    class Killed(BaseException):
        """The process ends here."""

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(inbox, "settle", die)
        with pytest.raises(Killed):
            digesting.turn(shop, LATER)
    assert fate(shop, message) == (MessageState.ACCEPTED, [])
    assert digest(shop) == 1
    assert fate(shop, message) == (MessageState.DELIVERED, ["delivered"])


def test_one_that_cannot_be_digested_holds_up_no_other(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = sent(shop), sent(shop)
    came(shop, [event(bad, "delivered", NOW)], [event(good, "delivered", NOW)])
    whole = sendgrid.digest

    def broken(write, rows, now):
        if any(bad.encode() in bytes(one["body"]) for one in rows):
            raise LookupError("a fault of ours")
        return whole(write, rows, now)

    monkeypatch.setitem(digesting.DIGESTS, Source.SENDGRID, broken)
    assert digest(shop) == 2
    assert fate(shop, good)[0] == MessageState.DELIVERED
    assert outcomes(shop) == {Outcome.DIGESTED: 1, Outcome.FAILED: 1}


def test_a_store_that_fails_loses_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.errors import StoreBusy

    message = sent(shop)
    came(shop, [event(message, "delivered", NOW)])

    def busy(*_args: object) -> None:
        raise StoreBusy("Busy.")

    with monkeypatch.context() as failing:
        failing.setattr(inbox, "still", busy)
        with pytest.raises(Unavailable):
            digesting.turn(shop, LATER)
    assert digest(shop) == 1


def test_a_month_later_the_bodies_are_blank_and_what_waits_is_whole(any_shop: Shop) -> None:
    message = sent(any_shop)
    came(any_shop, [event(message, "delivered", NOW)])
    digest(any_shop)
    came(any_shop, [event(message, "open", NOW)])
    assert inbox_turn(any_shop, NOW + WHOLE) == []
    assert inbox_turn(any_shop, NOW + WHOLE + timedelta(seconds=1))
    with any_shop.store.read() as read:
        kept = read.rows("select outcome, body, trimmed_at from inbox order by id")
    assert [(one["outcome"], bool(bytes(one["body"])), bool(one["trimmed_at"])) for one in kept] == [
        (Outcome.DIGESTED, False, True),
        (Outcome.WAITING, True, False),
    ]
    assert inbox_turn(any_shop, NOW + KNOWN + timedelta(seconds=1))
    assert outcomes(any_shop) == {Outcome.WAITING: 1}


def test_the_thread_digests_what_it_is_woken_for(shop: Shop) -> None:
    message = sent(shop)
    thread = digesting.Digester(shop)
    thread.start()
    came(shop, [event(message, "delivered", NOW)])
    thread.wake()
    for _ in range(400):
        if fate(shop, message)[0] == MessageState.DELIVERED:
            break
        thread._ends.wait(0.01)
    thread.stop(5)
    assert fate(shop, message)[0] == MessageState.DELIVERED
