"""Facts as far as they are kept (`data/refreshing.py`): the parts of a statement that read kept rows instead of orders.

Each kept table is read together with what is worked out for the marked orders, so that its rows are those that the
orders themselves would give: `order_rows`, `line_rows`, `product_rows` and `payment_rows` in the statement.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from data import refreshing
from data.dimensions import Dimension
from data.measures import Measure
from data.migrations import available
from data.store import Reader
from data.written_sql import indented

# What a sum over the days of a product can be told apart by, and what of an order it knows.
_OF_PRODUCTS = frozenset({
    Dimension.PRODUCT, Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR,
    Dimension.WEEKDAY, Dimension.CURRENCY,
})  # fmt: skip
_OF_LINES = frozenset({Dimension.PRODUCT, Dimension.CATEGORY, Dimension.KIND, Dimension.TAX_RATE})
_FIRSTS = {Dimension.PRODUCT: "is_first", Dimension.TAX_RATE: "is_first_rate"}
# What a sum over days does not tell: different customers, and costs, which are rounded line by line.
_BY_LINE = frozenset({
    Measure.CUSTOMERS, Measure.NEW_CUSTOMERS, Measure.RETURNING_CUSTOMERS, Measure.COST, Measure.MARGIN,
})  # fmt: skip

# Columns of `line_shares` that are the line's own, though those of orders are called so too.
OF_LINES = frozenset({"total", "paid", "refunded", "discount", "tax"})

_STALE = "stale as (\n    select distinct order_id as id\n    from stale_orders\n)"
# Marked orders beyond this are worked out before the statement, some at a time: see `lay_out`.
MANY = 20_000


def order_rows(has_way: bool = False) -> list[str]:
    """The steps of a statement that end in `order_rows`: every order, as in `order_figures`; `has_way`: also when it
    was paid, shipped and delivered."""
    return [refreshing.order_rows(has_way)]


def payment_rows() -> list[str]:
    """The steps that end in `payment_rows`: every payment that was not undone, as in `payment_figures`."""
    live = refreshing.payment_figures("stale")
    return [_STALE, _kept_and_live("payment_rows", "payment_figures", live)]


def line_rows(laid_out: str = "", is_rated: bool = False) -> list[str]:
    """The steps that end in `line_rows`: every line and every rest of an order, as in `line_shares`, with the rates of
    taxes if they are asked for. `laid_out` is a table that holds them for the marked orders already."""
    steps, live = ("", f"select * from {laid_out}") if laid_out else refreshing.line_steps("stale", is_rated)
    return [
        _STALE,
        *([steps] if steps else []),
        _kept_and_live("line_rows", "line_shares", live),
    ]


def _kept_and_live(name: str, table: str, live: str) -> str:
    """A step: the kept rows of orders without a mark, and what is worked out for the others."""
    return (
        f"{name} as (\n    select *\n    from {table}\n    where id not in (select id from stale)\n"
        f"    union all by name\n    (\n{indented(indented(live))}\n    )\n)"
    )


def product_rows(laid_out: str = "") -> list[str]:
    """The steps that end in `product_rows`: the days of every product, as in `product_days`."""
    live = refreshing.product_days("(from line_rows where placed_on in (select placed_on from stale_orders))")
    return [
        *line_rows(laid_out),
        "product_rows as (\n    select *\n    from product_days\n"
        "    where placed_on not in (select placed_on from stale_orders)\n    union all by name\n"
        f"    (\n{indented(indented(live))}\n    )\n)",
    ]


def lay_out(read: Reader, many: int = MANY) -> str:
    """When more orders are marked than can be worked out at once, work their lines out in portions: the name of the
    table that holds them while the snapshot lasts, else empty."""
    count = int(read.known("select count(*) from stale_orders", table="stale_orders")[0][0])
    if count <= many:
        return ""
    read.tuples(
        "create or replace temp table waiting as "
        f"select id, (row_number() over (order by id) - 1) // {many:d} as slice "
        "from (select distinct order_id as id from stale_orders)"
    )
    for slice_ in range(count // many + 1):
        rows = refreshing.line_shares(f"(select id from waiting where slice = {slice_:d})")
        into = "insert into laid_out by name" if slice_ else "create or replace temp table laid_out as"
        read.tuples(f"{into} {rows}")
    return "laid_out"


def has_all(table: str, names: Collection[str]) -> bool:
    """Whether a kept table has all of some columns."""
    return set(names) <= columns(table)


def may_sum_days(some: Sequence[Measure], by: Sequence[Dimension], asked: Collection[str]) -> bool:
    """Whether the days of products are enough for these figures of lines; `asked` are the columns of the filter."""
    return (
        Dimension.PRODUCT in by
        and _OF_PRODUCTS.issuperset(by)
        and not _BY_LINE & set(some)
        and set(asked) <= {"placed_on", "placed_month", "currency"}
    )


def first(by: Sequence[Dimension]) -> str:
    """The column that is true of one row of an order in each group of what is told apart; empty where none is."""
    of_lines = _OF_LINES & set(by) - ({Dimension.CATEGORY} if Dimension.PRODUCT in by else set())
    return _FIRSTS[min(of_lines)] if len(of_lines) == 1 and of_lines <= _FIRSTS.keys() else ""


def named(sql: str, alias: str) -> set[str]:
    """The columns that SQL names of an alias."""
    return set(re.findall(rf"\b{alias}\.(\w+)", sql))


@cache
def columns(table: str) -> frozenset[str]:
    """The columns of a kept table."""
    schema = "\n".join(sql for _, _, sql in available())
    body = schema.split(f"create table {table} (", 1)[1].split(");", 1)[0]
    added = re.findall(rf"alter table {table} add column (\w+)", schema)
    return frozenset((*(line.split()[0] for line in body.strip().splitlines()), *added))
