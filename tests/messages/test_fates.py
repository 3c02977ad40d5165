"""Where reports put a message: the same in whatever order they come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.messages.fates import REPORTED, Noted, judged
from services.messages.states import MessageEventKind as Kind
from services.messages.states import MessageState as State
from tests.conftest import NOW


def noted(*kinds: Kind) -> list[Noted]:
    """One a minute."""
    return [Noted(kind, NOW + timedelta(minutes=at), f"said at {at}") for at, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), State.ACCEPTED),
        ((Kind.PROCESSED,), State.ACCEPTED),
        ((Kind.PROCESSED, Kind.DEFERRED, Kind.DEFERRED), State.ACCEPTED),
        ((Kind.DEFERRED, Kind.DELIVERED), State.DELIVERED),
        ((Kind.DELIVERED, Kind.DEFERRED), State.DELIVERED),
        ((Kind.OPENED,), State.DELIVERED),
        ((Kind.SPAM,), State.DELIVERED),
        ((Kind.BOUNCED,), State.BOUNCED),
        ((Kind.DELIVERED, Kind.BOUNCED), State.BOUNCED),
        ((Kind.BOUNCED, Kind.DELIVERED), State.BOUNCED),
        ((Kind.DROPPED,), State.FAILED),
        ((Kind.PROCESSED, Kind.DROPPED), State.FAILED),
    ],
)
def test_reports_put_an_accepted_mail_where_it_is(kinds: tuple[Kind, ...], state: State) -> None:
    assert judged(State.ACCEPTED, noted(*kinds))[0] is state


def test_a_bounce_says_why() -> None:
    assert judged(State.ACCEPTED, noted(Kind.DELIVERED, Kind.BOUNCED)) == (State.BOUNCED, "said at 1")


@pytest.mark.parametrize("state", [State.UNSURE, State.SENDING, State.WAITING, State.FAILED])
def test_a_report_settles_what_nobody_could_know(state: State) -> None:
    assert judged(state, noted(Kind.PROCESSED))[0] is State.ACCEPTED
    assert judged(state, noted(Kind.DELIVERED))[0] is State.DELIVERED


def test_what_a_person_settled_stays_settled() -> None:
    assert judged(State.CANCELLED, noted(Kind.BOUNCED))[0] is State.CANCELLED


def test_sent_again_after_a_bounce_the_old_bounce_is_history() -> None:
    told = noted(Kind.BOUNCED, Kind.RETRIED)
    assert judged(State.WAITING, told)[0] is State.WAITING
    assert judged(State.ACCEPTED, [*told, *noted(Kind.PROCESSED)])[0] is State.ACCEPTED
    later = Noted(Kind.DELIVERED, NOW + timedelta(hours=1))
    assert judged(State.ACCEPTED, [*told, later])[0] is State.DELIVERED


def test_an_unsure_mail_that_got_through_after_all_is_not_sent_a_second_time() -> None:
    told = [Noted(Kind.DELIVERED, NOW), Noted(Kind.RETRIED, NOW + timedelta(minutes=5))]
    assert judged(State.WAITING, told)[0] is State.DELIVERED


_NOTED = some.builds(
    Noted,
    some.sampled_from([*sorted(REPORTED), Kind.RETRIED]),
    some.integers(0, 6).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    some.sampled_from(["", "why", "why else"]),
)


@given(some.sampled_from(State), some.lists(_NOTED, max_size=8), some.randoms())
def test_order_and_repetition_change_nothing(state: State, told: list[Noted], dice) -> None:
    mixed = told + told[: len(told) // 2]
    dice.shuffle(mixed)
    assert judged(state, mixed) == judged(state, told)
