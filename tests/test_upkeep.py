"""What the shop does by itself while the app runs."""

from __future__ import annotations

import threading
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
