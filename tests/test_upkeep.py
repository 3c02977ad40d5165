"""Upkeep of the store while the app runs."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from data import maintenance
from data.store import Store
from services.shop import Shop
from services.upkeep import Upkeep


def test_upkeep_takes_its_turns_until_it_is_stopped(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    twice, turns = threading.Event(), []

    def tend(store: Store, now: datetime) -> list[str]:
        turns.append(store)
        if len(turns) >= 2:
            twice.set()
        return ["sorted the words"]

    monkeypatch.setattr(maintenance, "tend", tend)
    upkeep = Upkeep(shop, first=0.01, every=0.01)
    upkeep.start()
    assert twice.wait(5)
    upkeep.stop(5)
    ended = len(turns)
    assert turns[0] is shop.store
    assert not upkeep._thread.is_alive()
    assert len(turns) == ended
