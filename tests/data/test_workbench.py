"""Running a person's own SQL on both homes: what comes back, and what stands behind the gate if it ever let something
through."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from data import workbench
from data.errors import SqlRefused, StoreError
from data.workbench_check import Checked, check
from data.workbench_faults import Stopped
from data.workbench_views import VIEWS, columns, example
from services.shop import Shop
from services.workbench.views import words
from tests.orders.sample import draft, keep

# Columns that no view may have, whatever it is about.
SECRET = (
    "sealed", "hash", "token", "body", "code_", "last4", "secret", "auth_", "endpoint", "raw", "value_json",
    "made_json", "before_json", "content_json", "card",
)  # fmt: skip


@contextmanager
def asked(shop: Shop, checked: Checked | str, **values: object) -> Iterator[workbench.Question]:
    found = check(checked) if isinstance(checked, str) else checked
    with workbench.question(shop.store, found, values, words(shop)) as question:
        yield question


def rows(shop: Shop, text: str, **values: object) -> list[tuple[Any, ...]]:
    with asked(shop, text, **values) as question:
        question.ask()
        return question.some(1000)


def past_the_gate(text: str, *views: str) -> Checked:
    """As if the gate had let a text through."""
    return Checked(text, views, ())


def test_every_view_answers_on_both_homes_and_holds_no_secret(any_shop: Shop) -> None:
    keep(any_shop, draft("1"))
    found: dict[str, list[str]] = {}
    for view in VIEWS:
        with asked(any_shop, f"select * from {view}") as question:
            found[view] = [column.name for column in question.ask()]
    assert set(found) == set(VIEWS)
    named = [f"{view}.{name}" for view, names in found.items() for name in names]
    assert [name for name in named if any(part in name.partition(".")[2] for part in SECRET)] == []


def test_what_is_behind_the_gate_cannot_be_named_or_changed_either(any_shop: Shop) -> None:
    keep(any_shop, draft("1"))
    for text in (
        "select * from settings",
        "select * from main.settings",
        "select * from gift_cards",
        "insert into orders values (1)",
        "delete from shop.orders",
        "create table shop.main.mine (i int)",
        "create table mine (i int)",
        "drop view orders",
        "set memory_limit = '1GB'",
        "select 1; select 2",
        "copy (select 1) to '/dev/null'",
    ):
        with pytest.raises(StoreError), asked(any_shop, past_the_gate(text, "orders")) as question:
            question.ask()
    with any_shop.store.read() as read:
        assert read.value("select count(*) from orders") == 1


def test_a_write_is_refused_by_the_transaction_even_where_a_table_is_named(shop: Shop) -> None:
    keep(shop, draft("1"))
    with asked(shop, past_the_gate("select 1", "orders")) as question, pytest.raises(Exception, match="read-only"):
        question._con.execute("delete from shop.orders")


def test_variables_of_the_program_are_no_tables(shop: Shop) -> None:
    settings_of_the_shop = draft("1")  # noqa: F841 - what the engine would find by its name
    with pytest.raises(SqlRefused), asked(shop, past_the_gate("select * from settings_of_the_shop")) as question:
        question.ask()


def test_money_is_exact_and_days_are_days(any_shop: Shop) -> None:
    keep(any_shop, draft("1", placed_at=draft().placed_at.replace(hour=23, minute=30)))
    assert rows(any_shop, "select total, net, placed_on, placed_local, is_counted, tags from orders") == [
        (
            Decimal("48.900"),
            Decimal("48.900"),
            date(2026, 3, 15),
            draft().placed_at.replace(day=15, hour=0, minute=30),
            True,
            [],
        )
    ]
    assert rows(any_shop, "select is_received, amount, kind from payments") == [(True, Decimal("48.900"), "charge")]
    assert rows(any_shop, "select orders, placed, name from customers") == [(1, Decimal("48.900"), "Inès Kaba")]
    assert rows(any_shop, "select name, quantity from products order by name") == [
        ("Carnet A5", Decimal("1.000")),
        ("Tasse bleue", Decimal("2.000")),
    ]
    assert rows(any_shop, "select day, month, week, quarter, weekday from days") == [
        (date(2026, 3, 15), "2026-03", "2026-W11", "2026-Q1", 7)
    ]


def test_parameters_are_values_and_never_sql(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", name="x' or '1' = '1"))
    sql = "select number from orders where name = $name"
    assert rows(shop, sql, name="x' or '1' = '1") == [("2",)]
    assert rows(shop, sql, name="' or true --") == []


def test_a_question_sees_what_is_committed_and_nothing_later(any_shop: Shop) -> None:
    keep(any_shop, draft("1"))
    with asked(any_shop, "select count(*) from orders") as question:
        question.ask()
        keep(any_shop, draft("2"))
        assert question.some(1) == [(1,)]
    assert rows(any_shop, "select count(*) from orders") == [(2,)]


def test_questions_leave_nothing_behind(shop: Shop) -> None:
    rows(shop, "select count(*) from orders join payments on true")
    with shop.store.read() as read:
        assert read.value("select count(*) from duckdb_views() where not internal and temporary") == 0
        assert read.value("select count(*) from settings") >= 0


def test_the_examples_are_answered(any_shop: Shop) -> None:
    keep(any_shop, draft("1"), draft("2"))
    for name in ("sales_by_month", "failed_payments", "bought_again", "time_to_deliver", "discounts"):
        with asked(any_shop, example(name)) as question:
            assert question.ask()
    assert rows(any_shop, example("sales_by_month")) == [("2026-03", "EUR", 2, Decimal("97.800"), Decimal("97.800"))]
    assert rows(any_shop, example("best_products"), month="2026-03")[0][0] == "Tasse bleue"
    assert rows(any_shop, example("asleep"), since=date(2026, 9, 1))[0][2] == 2


def test_rows_come_as_they_are_asked_for(shop: Shop) -> None:
    with asked(shop, "select * from range(1000000000000)") as question:
        question.ask()
        assert question.some(3) == [(0,), (1,), (2,)]


def test_a_question_that_never_ends_is_broken_off_from_another_thread(any_shop: Shop) -> None:
    with asked(any_shop, "select count(*) from range(10000000) a, range(10000000) b") as question:
        begun = time.monotonic()
        timer = threading.Timer(0.2, question.stop)
        timer.start()
        with pytest.raises(Stopped):
            question.ask()
            question.some(1)
        timer.join()
        assert time.monotonic() - begun < 5
    assert rows(any_shop, "select 1") == [(1,)]


@pytest.mark.parametrize("name", ["generate_series", "range"])
def test_a_list_between_days_that_are_far_apart_is_refused_before_it_is_made(shop: Shop, name: str) -> None:
    far = f"""
        with ends as (select date '2026-01-01' + cast(nth * $days as integer) as day from range(2) r(nth))
        select len({name}(min(day), max(day), interval 1 day)) as days from ends
    """
    assert rows(shop, far, days=90)[0][0] in (90, 91)
    begun = time.monotonic()
    with pytest.raises(SqlRefused, match="days apart"):
        rows(shop, far, days=2_000_000_000)
    assert time.monotonic() - begun < 2


def test_a_plan_is_a_tree_and_asks_nothing(shop: Shop) -> None:
    keep(shop, draft("1"))
    with asked(shop, "select country, sum(total) from orders group by all") as question:
        plan = question.plan()
    assert plan["name"]
    with pytest.raises(SqlRefused) as refused, asked(shop, "select totl from orders") as question:
        question.plan()
    assert refused.value.at == 7


def test_types_of_columns_are_known(shop: Shop) -> None:
    with shop.store.read() as read:
        found = dict(columns(read, "orders", words(shop)))
    assert (found["total"], found["placed_on"], found["tags"]) == ("DECIMAL(18,3)", "DATE", "VARCHAR[]")


@pytest.mark.parametrize(
    ("text", "said", "at", "nearest"),
    [
        ("select totl from orders", "no column “totl”", 7, "total"),
        ("select a.total from orders", "“a” is no view", 7, "orders"),
        ("select number, count(*) from orders", "neither grouped by", 7, None),
        ("select sum(name) from orders", "does not take what it is given", 7, None),
        ("select id from orders o join order_lines l on l.order_id = o.id", "write o.id or l.id", 7, None),
        ("select number from orders where sum(total) > 1", "after HAVING", 32, None),
        ("select * from orders where placed_on > is_counted", "cannot be compared", None, None),
        ("select * from orders where placed_on = tags", "DATE cannot be turned into VARCHAR[]", None, None),
        ("select 'abc'::integer", "“abc” cannot be read as INT32", 12, None),
        ("select cast(name as integer) from orders", "“Inès Kaba” cannot be read as INT32", None, None),
    ],
)
def test_the_engines_no_becomes_a_sentence_with_its_place(
    shop: Shop, text: str, said: str, at: int | None, nearest: str | None
) -> None:
    keep(shop, draft("1"))
    with pytest.raises(SqlRefused) as refused, asked(shop, text) as question:
        question.ask()
        question.some(1)
    assert said in str(refused.value)
    assert at is None or refused.value.at == at
    assert nearest is None or refused.value.nearest[0] == nearest
    assert "{" not in str(refused.value)
