"""Pairs of products that stand in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row
from data.written_sql import written_in

FILE = Path(__file__).parent / "queries" / "sold_together.sql"
_COLUMNS = (
    *("first_sku", "first_product", "second_sku", "second_product"),
    *("orders", "first_orders", "second_orders", "all_orders"),
)


def pairs(read: Reader, filter: Filter, words: Mapping[str, object]) -> tuple[list[Row], str]:
    """The pairs of the orders under `filter`, those of most orders first, and the SQL with its values written in.
    `words` are currency, cancelled, products, least and pairs."""
    where = Where(read, filter)
    sql = _written().replace("{where}", where.sql)
    params = {**words, **where.params}
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in read.known(sql, params)]
    return rows, written_in(sql, params)


@cache
def _written() -> str:
    return FILE.read_text(encoding="utf-8").strip()
