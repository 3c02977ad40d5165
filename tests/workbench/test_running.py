"""Questions under way: answers, limits, cancelling, and what is remembered of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services import workbench
from services.analytics import Clock, answer
from services.errors import Conflict, Invalid
from services.language import use
from services.orders.statuses import PaymentStatus
from services.people import MERCHANT, Actor
from services.shop import Shop
from services.workbench import Run, SqlFault, State, keeping, running
from tests.orders.sample import draft, keep, unpaid

ENDLESS = "select count(*) from range(10000000) a, range(10000000) b"
PATIENCE = 60


def asked(shop: Shop, text: str, **more: Any) -> Run:
    """A question that has ended."""
    run = workbench.ask(shop, text, MERCHANT, **more)
    assert run.wait(PATIENCE)
    return run


def rows(shop: Shop, text: str, **more: Any) -> list[tuple[Any, ...]]:
    run = asked(shop, text, **more)
    assert run.state is State.DONE, run.error
    assert run.answer
    return list(run.answer.rows)


def test_an_answer_has_columns_rows_and_a_time(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"))
    run = asked(shop, "select number, total, placed_on, 1 as number from orders order by 1")
    assert run.answer
    assert [(column.name, column.kind.value) for column in run.answer.columns] == [
        ("number", "text"), ("total", "number"), ("placed_on", "day"), ("number_2", "number"),
    ]  # fmt: skip
    assert [row[0] for row in run.answer.rows] == ["1", "2"]
    assert not run.answer.is_cut
    assert run.error is None
    assert 0 < run.took < PATIENCE


def test_the_figures_are_those_of_the_reports(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1"),
        draft("2", placed_at=draft().placed_at.replace(month=4), currency="EUR"),
        unpaid("3"),
        draft("4", payment_status=PaymentStatus.CANCELLED, payments=()),
        draft("5", currency="USD"),
    )
    by_month = "select placed_month, count(*) filter (is_counted), sum(total) filter (is_counted), sum(paid), sum(net) "
    mine = rows(any_shop, f"{by_month} from orders where currency = 'EUR' group by all order by 1")
    theirs = answer(any_shop, "revenue_by_month").rows
    assert mine == [(row["month"], row["orders"], row["placed"], row["paid"], row["net"]) for row in theirs]
    by_event = "select strftime(on_date, '%Y-%m'), sum(amount) from payments where is_received and currency = 'EUR'"
    mine = rows(any_shop, f"{by_event} group by all order by 1")
    theirs = answer(any_shop, "revenue_by_month", clock=Clock.EVENT).rows
    assert mine == [(row["month"], row["paid"]) for row in theirs if row["paid"]]


def test_more_rows_than_a_screen_takes_are_cut_and_said(shop: Shop) -> None:
    run = asked(shop, "select * from range(100000000)")
    assert run.answer
    assert (len(run.answer.rows), run.answer.is_cut) == (workbench.MOST_ROWS, True)
    assert workbench.rows_in_words(run.answer) == "the first 10,000 rows"
    assert len(rows(shop, "select * from range(10000)")) == 10_000


def test_huge_cells_are_cut_by_their_letters(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_LETTERS", 50_000)
    run = asked(shop, "select lpad('x', 1000, 'x') from range(100000)")
    assert run.answer
    assert 40 < len(run.answer.rows) < 200
    assert run.answer.is_cut


def test_a_question_that_never_ends_is_broken_off_with_a_sentence(any_shop: Shop) -> None:
    run = asked(any_shop, ENDLESS, seconds=0.3)
    assert run.state is State.TOO_SLOW
    assert "took longer than" in str(run.error)
    assert rows(any_shop, "select 1") == [(1,)]


def test_a_question_is_stopped_by_a_person(shop: Shop) -> None:
    run = workbench.ask(shop, ENDLESS, MERCHANT)
    assert not run.wait(0.1)
    assert run.error is None
    run.stop()
    assert run.wait(PATIENCE)
    assert (run.state, str(run.error)) == (State.STOPPED, "The question was stopped.")


def test_a_question_stops_when_nobody_waits_for_it(shop: Shop) -> None:
    is_there = threading.Event()
    is_there.set()
    run = workbench.ask(shop, ENDLESS, MERCHANT, is_watched=is_there.is_set)
    assert not run.wait(0.2)
    is_there.clear()
    assert run.wait(PATIENCE)
    assert run.state is State.STOPPED


def test_a_question_that_eats_memory_is_broken_off(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    eaten = iter([10_000_000])
    monkeypatch.setattr(running, "_memory", lambda: next(eaten, 10_000_000_000))
    run = asked(shop, ENDLESS)
    assert run.state is State.TOO_LARGE
    assert "too much memory" in str(run.error)


def test_only_so_many_questions_run_at_once(shop: Shop) -> None:
    under_way = [workbench.ask(shop, ENDLESS, MERCHANT) for _ in range(running.MOST_AT_ONCE)]
    with pytest.raises(Conflict, match="under way already"):
        workbench.ask(shop, "select 1", MERCHANT)
    for run in under_way:
        run.stop()
    assert all(run.wait(PATIENCE) for run in under_way)
    assert rows(shop, "select 1") == [(1,)]


def test_the_shop_takes_orders_while_a_question_runs(shop: Shop) -> None:
    run = workbench.ask(shop, ENDLESS, MERCHANT)
    keep(shop, draft("1"))
    assert not run.wait(0)
    run.stop()
    assert run.wait(PATIENCE)
    assert rows(shop, "select number from orders") == [("1",)]


def test_a_mistake_says_where_and_what_was_meant(shop: Shop) -> None:
    run = asked(shop, "select 'é',\n  totl\nfrom orders")
    assert isinstance(run.error, SqlFault)
    assert run.error.sentence == "There is no column “totl” here. Did you mean total / subtotal? (line 2, character 3)"
    assert run.error.place
    assert (run.error.place.text, run.error.place.position, run.error.place.length) == ("  totl", 14, 4)
    assert run.error.proposal == "select 'é',\n  total\nfrom orders"
    with use("fr"):
        assert "Il n’y a pas de colonne" in str(run.error)


def test_what_the_gate_refuses_never_runs(shop: Shop) -> None:
    with pytest.raises(SqlFault, match="There is no view “settings”"):
        workbench.ask(shop, "select * from settings", MERCHANT)
    assert keeping.asked(shop, MERCHANT) == []


def test_parameters_are_asked_for_and_read_by_their_type(shop: Shop) -> None:
    keep(shop, draft("1"))
    text = "select count(*) from orders where placed_month = $month and total > $least and placed_on >= $since"
    typed = {"month": "2026-03", "least": "12,50", "since": "2026-03-01"}
    assert rows(shop, text, typed=typed) == [(1,)]
    assert keeping.asked(shop, MERCHANT)[0].values["month"] == {"type": "month", "value": "2026-03"}
    with pytest.raises(Invalid, match="least has no value yet"):
        workbench.ask(shop, text, MERCHANT, typed={"month": "2026-03"})
    with pytest.raises(Invalid, match="“March” does not fit"):
        workbench.ask(shop, text, MERCHANT, typed={**typed, "month": "March"})
    assert rows(shop, "select $x, $y", typed={"x": "1", "y": "true"}, kinds={"x": "number", "y": "yes_no"}) == [
        (Decimal(1), True)
    ]


def test_what_was_asked_is_remembered_with_its_fate(any_shop: Shop) -> None:
    asked(any_shop, "select 1")
    asked(any_shop, "select totl from orders")
    asked(any_shop, ENDLESS, seconds=0.1)
    found = keeping.asked(any_shop, MERCHANT)
    assert [(one.state, one.row_count) for one in found] == [
        (State.TOO_SLOW, None), (State.REFUSED, None), (State.DONE, 1),
    ]  # fmt: skip
    assert "totl" in found[1].sentence
    assert keeping.asked(any_shop, Actor("somebody else")) == []
    keeping.clear(any_shop, MERCHANT)
    assert keeping.asked(any_shop, MERCHANT) == []


def test_only_the_latest_questions_are_remembered(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.workbench_kept.REMEMBERED", 2)
    for nth in range(5):
        asked(shop, f"select {nth}")
    assert [one.text for one in keeping.asked(shop, MERCHANT)] == ["select 4", "select 3"]


def test_the_time_of_a_question_is_a_setting(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = shop.profile()
    monkeypatch.setattr(Shop, "profile", lambda _: replace(profile, rules={workbench.RULE: 7}))
    assert workbench.ask(shop, "select 1", MERCHANT).seconds == 7


def test_a_plan_is_told_in_steps(shop: Shop) -> None:
    keep(shop, draft("1"))
    last = workbench.explain(
        shop, "select country, sum(total) from orders where placed_month = '2026-03' group by all order by 2 limit 3"
    )
    told = [step.sentence for _, step in workbench.explaining.in_order(last)]
    assert told[0] == "Read orders"
    assert "Group and add up" in told
    with pytest.raises(SqlFault) as refused:
        workbench.explain(shop, "select totl from orders")
    assert refused.value.place
    assert refused.value.place.column == 8


@pytest.fixture(autouse=True)
def _nothing_runs_on() -> Iterator[None]:
    """A test that fails leaves no question under way for the next one."""
    yield
    for thread in threading.enumerate():
        if thread.name == "workbench":
            thread.join(PATIENCE)
