"""Everything that a filter finds, in Arrow batches for files: as text for CSV, typed for the others, whole as JSON.

The orders come out oldest first. Where they do not lie in that order already, a run of days that holds about `SPAN`
orders is one question, so that sorting never needs more memory than that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from data.amounts import Decimals, moment, money, quantity
from data.conditions import Where
from data.exported import FACT_COLUMNS, LINE_COLUMNS, ORDER_COLUMNS, Column, Kind
from data.exports_json import facts, record, whole_order
from data.filters import Filter
from data.store import Reader

SPAN = 50_000
BATCH = 5_000


def currencies(read: Reader) -> list[str]:
    """Every currency in the store."""
    return [row["currency"] for row in read.rows("select distinct currency from orders order by currency")]


def columns(with_lines: bool) -> tuple[Column, ...]:
    """The columns of a file, one row per order or one row per line."""
    return (*ORDER_COLUMNS, *LINE_COLUMNS, *FACT_COLUMNS) if with_lines else ORDER_COLUMNS


def as_text(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[pa.RecordBatch]:
    """Every column as text, as a CSV holds it before it is guarded and quoted."""
    is_even = _is_even(read)
    sql = [f"{_text(column, decimals, is_even)} as {column.name}" for column in columns(with_lines)]
    yield from _flat(read, filter, with_lines, decimals, sql)


def typed(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[pa.RecordBatch]:
    """Every column with its own type: decimals, timestamps (UTC, naive), days, lists of text; facts as JSON text."""
    sql = [f"{_typed(column)} as {column.name}" for column in columns(with_lines)]
    yield from _flat(read, filter, with_lines, decimals, sql)


def empty(read: Reader, with_lines: bool, decimals: Decimals) -> pa.Table:
    """The columns of `typed` without a row."""
    sql = ", ".join(f"{_typed(column)} as {column.name}" for column in columns(with_lines))
    return read.arrow(_flat_question(sql, with_lines, decimals, "false"))


def line_records(read: Reader, filter: Filter, decimals: Decimals) -> Iterator[pa.RecordBatch]:
    """One column `record`: each line with its order as a flat JSON object."""
    sql = [f"{record({c.name: _json(c, decimals) for c in columns(True)})} as record"]
    yield from _flat(read, filter, True, decimals, sql)


def whole_orders(read: Reader, filter: Filter, decimals: Decimals) -> Iterator[pa.RecordBatch]:
    """One column `record`: each order whole, as the API writes it."""
    for where in _spans(read, filter):
        yield from read.batches(whole_order(where.sql, decimals), where.params, 1_000)


def _flat(
    read: Reader, filter: Filter, with_lines: bool, decimals: Decimals, sql: list[str]
) -> Iterator[pa.RecordBatch]:
    """The rows of a flat file."""
    if not with_lines and _is_in_order(read):
        where = Where(read, filter)
        yield from read.batches(f"select {', '.join(sql)} from orders o where {where.sql}", where.params, BATCH)
        return
    for where in _spans(read, filter):
        question = _flat_question(", ".join(sql), with_lines, decimals, where.sql)
        yield from read.batches(question, where.params, BATCH)


def _flat_question(sql: str, with_lines: bool, decimals: Decimals, condition: str) -> str:
    if not with_lines:
        return f"select {sql} from orders o where {condition} order by o.placed_at, o.id"
    joins = " ".join(f"left join {fact.name} on {fact.name}.order_id = o.id" for fact in FACT_COLUMNS)
    return (
        f"with chosen as (select * from orders o where {condition}), {facts(decimals)}, "
        "lines as (select *, position = min(position) over (partition by order_id) as is_first "
        "from order_lines where order_id in (select id from chosen)) "
        f"select {sql} from chosen o left join lines l on l.order_id = o.id {joins} "
        "order by o.placed_at, o.id, l.position, l.id"
    )


def _is_in_order(read: Reader) -> bool:
    """Whether the orders lie in the store as they were placed, as they mostly do: then nothing needs sorting."""
    before = "select placed_at, lag(placed_at) over () as before from orders"
    return read.value(f"select 1 from ({before}) where before > placed_at limit 1") is None


def _is_even(read: Reader) -> bool:
    """Whether no order's amount has more than two decimals."""
    odd = " or ".join(f"{c.name} <> {c.name}::decimal(18, 2)" for c in ORDER_COLUMNS if c.kind is Kind.MONEY)
    return read.value(f"select 1 from orders where {odd} limit 1") is None


def _spans(read: Reader, filter: Filter) -> Iterator[Where]:
    """The filter, again and again, each time narrowed to the next days that hold about `SPAN` orders."""
    where = Where(read, filter)
    days = read.rows(
        f"select placed_on, count(*) as orders from orders o where {where.sql} group by placed_on order by placed_on",
        where.params,
    )
    first: date | None = None
    held = 0
    for place, day in enumerate(days):
        first = first or day["placed_on"]
        held += day["orders"]
        if held >= SPAN or place == len(days) - 1:
            span = Where(read, filter)
            low, high = span.add(first), span.add(day["placed_on"])
            span.sql = f"({span.sql}) and o.placed_on between {low} and {high}"
            yield span
            first, held = None, 0


def _source(column: Column) -> str:
    """SQL for the value of a column as the store holds it."""
    if column in FACT_COLUMNS:
        return f"case when coalesce(l.is_first, true) then {column.name}.list end"
    if column.name == "line_options":
        return "nullif(l.options_json, '[]')"
    return f"l.{column.name.removeprefix('line_')}" if column in LINE_COLUMNS else f"o.{column.name}"


def _text(column: Column, decimals: Decimals, is_even: bool) -> str:
    source = _source(column)
    match column.kind:
        case Kind.LIST:
            return f"array_to_string({source}, ', ')"
        case Kind.MONEY:
            return money(source, "o.currency", decimals, is_even and column in ORDER_COLUMNS)
        case Kind.QUANTITY:
            return quantity(source)
        case Kind.MOMENT:
            return moment(source)
    return f"{source}::varchar"


def _typed(column: Column) -> str:
    source = _source(column)
    return f"{source}::varchar" if column.kind in (Kind.WORD, Kind.JSON) else source


def _json(column: Column, decimals: Decimals) -> str:
    source = _source(column)
    match column.kind:
        case Kind.MONEY:
            return money(source, "o.currency", decimals)
        case Kind.QUANTITY:
            return f"{quantity(source)}::json"
        case Kind.MOMENT:
            return moment(source)
        case Kind.JSON:
            return f"coalesce({source}, '[]')::json"
        case Kind.LIST | Kind.FLAG | Kind.WHOLE:
            return source
    return f"{source}::varchar"
