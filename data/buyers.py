"""What customers come to over all their orders."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data import kept
from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row
from data.written_sql import used, written_in

# Customers with an order under the filter.
CHOSEN = """
        and o.customer in (
            select f.customer from order_rows f
            where f.currency = $currency and f.is_placed and f.id in (select o.id from orders o where {where})
        )"""
FILE = Path(__file__).parent / "queries" / "buyers" / "lifetime.sql"


def lifetime(read: Reader, filter: Filter, currency: str) -> tuple[list[Row], str]:
    """step, customers, orders and placed of each step of what the customers of the orders under `filter` ordered in
    all, with what all come to (`whole`: a dict) and those of the best tenth (`best`); and the SQL with its values
    written in."""
    where = Where(read, filter)
    sql = _written().replace("{chosen}", CHOSEN.format(where=where.sql) if filter else "")
    sql = sql.replace("{order_rows}", ",\n".join(kept.order_rows()))
    params = used(sql, {"currency": currency, "zone": read.zone, **where.params})
    names = ("step", "customers", "orders", "placed", "whole", "best")
    rows = [dict(zip(names, row, strict=True)) for row in read.known(sql, params)]
    return rows, written_in(sql, params)


@cache
def _written() -> str:
    return FILE.read_text(encoding="utf-8").strip()
