"""What the shop does by itself while the app runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from data import maintenance
from data.store import Store
from services.errors import Conflict
from services.shop import Shop
from services.upkeep import Turn, Upkeep, store_turn


def test_upkeep_takes_its_turns_until_it_is_stopped(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    twice, turns = threading.Event(), []

    def tend(store: Store, now: datetime) -> list[str]:
        turns.append(store)
        if len(turns) >= 2:
            twice.set()
        return ["sorted the words"]

    monkeypatch.setattr(maintenance, "tend", tend)
    upkeep = Upkeep(shop, [Turn(0.01, 0.01, store_turn)])
    upkeep.start()
    assert twice.wait(5)
    upkeep.stop(5)
    ended = len(turns)
    assert turns[0] is shop.store
    assert not upkeep._thread.is_alive()
    assert len(turns) == ended


@pytest.mark.parametrize("fault", [Conflict("Not now."), RuntimeError("broken")])
def test_a_turn_that_fails_comes_again_and_keeps_no_other_from_its_own(
    shop: Shop, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    failed, other = threading.Semaphore(0), threading.Semaphore(0)

    def fails(shop: Shop, now: datetime) -> list[str]:
        failed.release()
        raise fault

    def works(shop: Shop, now: datetime) -> list[str]:
        other.release()
        return []

    upkeep = Upkeep(shop, [Turn(0.01, 0.01, fails), Turn(0.02, 0.02, works)])
    upkeep.start()
    assert all(semaphore.acquire(timeout=5) for semaphore in (failed, failed, other, other))
    upkeep.stop(5)
    assert "left for later" in caplog.text


def test_a_turn_that_another_process_is_at_is_left_to_it_unless_everybody_has_their_own(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def elsewhere(name: str, every: float) -> Iterator[bool]:
        yield False

    own, taken = threading.Semaphore(0), []

    def of_one(shop: Shop, now: datetime) -> list[str]:
        taken.append(now)
        return []

    def of_each(shop: Shop, now: datetime) -> list[str]:
        own.release()
        return []

    monkeypatch.setattr(shop.store, "turn", elsewhere)
    upkeep = Upkeep(shop, [Turn(0.01, 0.01, of_one), Turn(0.01, 0.01, of_each, alone=False)])
    upkeep.start()
    assert all(own.acquire(timeout=5) for _ in range(2))
    upkeep.stop(5)
    assert taken == []
