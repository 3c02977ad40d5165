"""How long the store takes: what is kept of it, and what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data import pace
from data.pace import SLOW_QUESTIONS, Waits, shape
from services.shop import Shop


@pytest.fixture(autouse=True)
def _from_the_beginning() -> Iterator[None]:
    SLOW_QUESTIONS.forget()
    yield
    SLOW_QUESTIONS.forget()


def test_a_question_that_took_long_is_kept_without_what_was_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "SLOW", 0.0)
    with shop.store.read() as read:
        read.rows("select 1 where 'ines@example.com' = ? -- a note", ["ines@example.com"])
    kept = next(one for one in SLOW_QUESTIONS.newest() if one.statement.startswith("select 1"))
    assert kept.statement == "select 1 where … = ?"
    assert kept.seconds > 0


def test_a_quick_question_is_not_kept(shop: Shop) -> None:
    with shop.store.read() as read:
        read.rows("select 1")
    assert SLOW_QUESTIONS.newest() == []


def test_a_long_statement_is_cut_and_many_push_the_oldest_out() -> None:
    assert len(shape("select " + "name, " * 500)) == 400
    for number in range(pace.KEPT + 5):
        SLOW_QUESTIONS.note(f"select {number}", 1.0)
    newest = SLOW_QUESTIONS.newest()
    assert (len(newest), newest[0].statement, SLOW_QUESTIONS.count) == (pace.KEPT, "select 54", 55)


def test_every_change_notes_how_long_it_waited_for_its_turn(shop: Shop) -> None:
    before = sum(shop.store.waits.counts)
    with shop.store.write() as write:
        write.execute("delete from saved_views")
    assert sum(shop.store.waits.counts) == before + 1


def test_waits_are_told_by_their_length() -> None:
    waits = Waits()
    for seconds in (0.0001, 0.003, 700.0):
        waits.note(seconds)
    assert waits.counts == [1, 1, 0, 0, 0, 0, 0, 0, 1]
