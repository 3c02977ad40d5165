"""The gate of the SQL workbench: what it refuses, and what it lets analysts do."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pytest

from data.errors import SqlRefused
from data.workbench_check import LONGEST, check
from data.workbench_functions import FUNCTIONS, OFFERED, TABLE_FUNCTIONS
from data.workbench_views import VIEWS, example
from tests.data.workbench_attacks import ATTACKS

# Functions of the engine that answer of something else than what they are given, or do something.
DANGEROUS = (
    "read_", "parquet_", "duckdb_", "pragma_", "glob", "sniff", "query", "scan", "getenv", "getvariable", "setting",
    "secret", "nextval", "currval", "log", "current_schema", "current_database", "serialize", "sleep", "privilege",
    "pg_get", "inet_", "which_", "checkpoint", "profiling", "copy_", "import_", "table_info", "storage",
)  # fmt: skip
HARMLESS = {"log", "log2", "log10", "pg_typeof", "epoch"}


def engine_functions(*kinds: str) -> list[str]:
    with duckdb.connect() as con:
        rows = con.execute(
            "select distinct function_name from duckdb_functions() where list_contains(?, function_type) order by 1",
            [list(kinds)],
        ).fetchall()
    return [name for (name,) in rows]


def told(text: str) -> SqlRefused:
    with pytest.raises(SqlRefused) as refused:
        check(text)
    return refused.value


def test_there_are_many_attacks_and_none_twice() -> None:
    assert len(ATTACKS) == len(set(ATTACKS)) >= 200


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_refused_with_a_sentence(text: str) -> None:
    sentence = str(told(text))
    assert sentence.strip()
    assert len(sentence) < 400
    assert "Traceback" not in sentence


def let_through(texts: Iterable[str]) -> list[str]:
    """Those that are not refused."""
    found = []
    for text in texts:
        try:
            check(text)
            found.append(text)
        except SqlRefused as error:
            assert str(error)
    return found


def test_every_table_function_of_the_engine_is_refused_however_it_is_called() -> None:
    names = [name for name in engine_functions("table", "table_macro") if name not in TABLE_FUNCTIONS]
    assert len(names) > 60
    ways = (
        "select * from {name}()",
        "from \"{name}\"('orders')",
        "select * from orders, {name}(orders.number) x",
        "select * from main.{name}(1)",
        "with a as (from {name}('x')) select * from a",
    )
    assert let_through(way.format(name=name) for name in names for way in ways) == []


def test_every_function_that_is_not_listed_is_refused() -> None:
    names = [name for name in engine_functions("scalar", "aggregate", "macro") if name not in FUNCTIONS]
    assert len(names) > 200
    ways = ('select "{name}"(total) from orders', 'select "{name}"(total) over () from orders')
    assert let_through(way.format(name=name) for name in names for way in ways) == []


def test_every_pragma_of_the_engine_is_refused() -> None:
    names = engine_functions("pragma")
    assert len(names) > 30
    assert let_through(way for name in names for way in (f"pragma {name}", f"call {name}('a')")) == []


def test_no_listed_function_looks_beyond_what_it_is_given() -> None:
    suspect = [name for name in FUNCTIONS if any(part in name for part in DANGEROUS)]
    assert set(suspect) <= HARMLESS


def test_listed_functions_are_the_engines_own_and_leave_no_trace() -> None:
    with duckdb.connect() as con:
        rows = con.execute(
            "select function_name, bool_or(coalesce(has_side_effects, false)) from duckdb_functions() group by all"
        ).fetchall()
    known = dict(rows)
    assert set(known) >= FUNCTIONS
    assert {name for name in FUNCTIONS if known[name]} <= {"random"}
    assert set(OFFERED) - FUNCTIONS <= {"cast", "coalesce", "if", "try_cast"}


GOOD = (
    "select 1",
    "(select 1)",
    "values (1, 'a'), (2, 'b')",
    "from orders",
    "table orders",
    "from orders select country, sum(total) group by all",
    "select * from orders;",
    "select *, total - tax as bare from orders where is_counted order by all limit 5 offset 2",
    "select * exclude (email) replace (upper(name) as name) rename (total as sum) from orders",
    "select columns('.*_on') from customers",
    "with a as (select 1 as x), b(y) as materialized (select x from a) select * from a join b on a.x = b.y",
    "with orders as (select * from orders where is_counted) select count(*) from orders",
    "with settings as (select 1 as x) select * from settings",
    "with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select * from r",
    "select country, count(*) filter (where total > 10), sum(distinct total) from orders group by rollup(country)",
    "select placed_month, payment_method, sum(total) from orders group by cube(placed_month, payment_method)",
    "select country, grouping(country) from orders group by grouping sets ((country), ())",
    "select *, row_number() over w, lag(total, 1, 0) over w, sum(total) over (partition by country order by placed_at "
    "rows between 2 preceding and current row exclude ties) from orders window w as (order by placed_at) "
    "qualify row_number() over (partition by country order by total desc) <= 3",
    "select 1 union all select 2 intersect select 2 except select 3 order by 1",
    "select 1 as a union all by name select 2 as b",
    "select * from (pivot orders on payment_status in ('paid', 'refunded') using sum(total) group by placed_month)",
    "select * from (unpivot (select 1 as a, 2 as b) on a, b into name n value v)",
    "select * from orders o, lateral (select l.name from order_lines l where l.order_id = o.id limit 1) x",
    "select * from orders o semi join order_lines l on l.order_id = o.id anti join payments p on p.order_id = o.id",
    "select * from orders asof join days on placed_on >= day",
    "select * from generate_series(1, 10) g(n), range(3), unnest([1, 2]) u(x)",
    "select unnest(generate_series(min(placed_on), max(placed_on), interval 1 day)) from orders",
    "select unnest(generate_series(date '2026-01-01', date '2026-12-31', interval '1 month'))",
    "select list_transform(tags, lambda tag: upper(tag)), [x for x in tags if x <> ''], tags[1], tags[1:2] from orders",
    "select {'a': total}.a, map {'x': 1}['x'], struct_pack(b := 2), options_json->>'$.x' from orders, order_lines",
    "select case country when 'FR' then 1 else 2 end, if(is_pickup, 1, 2), coalesce(email, name), try(1) from orders",
    "select extract(year from placed_at), placed_at at time zone 'UTC', date_trunc('month', placed_on) from orders",
    "select placed_on + interval 3 day, current_date - placed_on, strftime(placed_at, '%Y') from orders",
    "select total::int, try_cast(number as bigint), cast(placed_on as varchar), '1'::decimal(10, 2) from orders",
    "select name like 'a%', name ilike '%b', name not like 'c', name similar to 'd.*', name ~ 'e' from orders",
    "select total between 1 and 2, country in ('FR', 'ES'), country is distinct from 'FR', not is_pickup from orders",
    "select * from orders where id in (select order_id from payments where is_received) and exists (from shipments)",
    "select median(total), quantile_cont(total, 0.9), mode(country), arg_max(number, total), stddev(total) from orders",
    "select string_agg(name, ', ' order by name), list(distinct country), approx_count_distinct(email) from orders",
    "select regexp_replace(phone, '[^0-9]', '', 'g'), lpad(number, 8, '0'), split_part(email, '@', 2) from orders",
    "select * from orders where placed_month = $month and total >= $least and country = $country",
    "select * from orders using sample 10",
    "select * from orders tablesample 10 percent (bernoulli)",
    "select count(*) from order_events e join order_notes n using (order_id)",
    "select 'été', \"é\" from (select 1 as \"é\")",
    "select 1 -- the end",
    "select /* in the middle */ 1",
    "select '--', ';', '/*', 'drop table orders'",
    "select sum(total) as \"select\", max(total) as \"from 'x.csv'\" from orders",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_what_analysts_write_is_let_through(text: str) -> None:
    assert check(text).text == text


@pytest.mark.parametrize(
    "name",
    ["sales_by_month", "failed_payments", "bought_again", "time_to_deliver", "discounts", "asleep", "best_products"],
)
def test_the_examples_are_let_through(name: str) -> None:
    assert set(check(example(name)).views) <= set(VIEWS)


def test_the_views_and_the_parameters_of_a_question_are_known() -> None:
    found = check("select $b, (select $a from payments) from orders o join ORDERS p on $b = p.number")
    assert set(found.views) == {"orders", "payments"}
    assert set(found.parameters) == {"a", "b"}


def test_a_name_of_a_step_hides_the_view_only_where_it_is_known() -> None:
    assert check("with orders as (select 1) select * from orders").views == ()
    assert check("with orders as (from orders) select * from orders").views == ("orders",)
    assert check("select * from (with orders as (select 1) from orders) a, orders").views == ("orders",)


@pytest.mark.parametrize(
    ("text", "at", "word", "nearest"),
    [
        ("select * from ordrs", 14, "ordrs", "orders"),
        ("select 'é', medain(total) from orders", 13, "medain", "median"),
        ("select * frm orders", 13, "orders", None),
        ("select count(* from orders", 15, "from", None),
        ("with a as (select 1) select * from orders, bb", 43, "bb", None),
    ],
)
def test_the_place_is_told_in_bytes_with_the_word_and_the_nearest(
    text: str, at: int, word: str, nearest: str | None
) -> None:
    error = told(text)
    assert (error.at, error.word) == (at, word)
    assert (error.nearest[0] if error.nearest else None) == nearest


def test_a_question_that_ends_too_early_is_told_at_its_end() -> None:
    error = told("select total from orders where  ")
    assert "ends too early" in str(error)
    assert error.at == len("select total from orders where")


def test_a_question_that_is_too_long_or_too_deep_is_one_sentence() -> None:
    assert "too long" in str(told("select 1 " + "-" * LONGEST))
    assert "too deeply" in str(told("select " + " + ".join(["1"] * 20_000)))
    assert check("select " + "(" * 500 + "1" + ")" * 500)
