"""What customers come to over all their orders."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row
from data.written_sql import written_in

# Customers with an order under the filter.
CHOSEN = """
        and o.customer_key in (
            select o.customer_key from orders o
            where o.currency = $currency and o.payment_status <> $cancelled and {where}
        )"""
FILE = Path(__file__).parent / "queries" / "buyers" / "lifetime.sql"


def lifetime(read: Reader, filter: Filter, currency: str, cancelled: str) -> tuple[list[Row], str]:
    """step, customers, orders and placed of each step of what the customers of the orders under `filter` ordered in
    all, with what all come to (`whole`: a dict) and those of the best tenth (`best`); and the SQL with its values
    written in."""
    where = Where(read, filter)
    sql = _written().replace("{chosen}", CHOSEN.format(where=where.sql) if filter else "")
    params = {"currency": currency, "cancelled": cancelled, **where.params}
    names = ("step", "customers", "orders", "placed", "whole", "best")
    rows = [dict(zip(names, row, strict=True)) for row in read.known(sql, params)]
    return rows, written_in(sql, params)


@cache
def _written() -> str:
    return FILE.read_text(encoding="utf-8").strip()
