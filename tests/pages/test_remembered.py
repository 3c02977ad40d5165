"""What all who look are told: asked of the store once, also by those who ask at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.parts.remembered import remembered
from services.shop import Shop


def test_who_asks_the_same_at_the_same_moment_waits_for_the_first(shop: Shop) -> None:
    asked: list[int] = []
    may_answer = threading.Event()

    def ask() -> int:
        asked.append(1)
        may_answer.wait(10)
        return 42

    with ThreadPoolExecutor(4) as people:
        told = [people.submit(remembered, shop, "how many", ask) for _ in range(4)]
        may_answer.set()
        assert [one.result(10) for one in told] == [42] * 4
    assert asked == [1]


def test_a_question_that_failed_is_asked_again(shop: Shop) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        remembered(shop, "how many", fail)
    assert remembered(shop, "how many", lambda: 42) == 42
