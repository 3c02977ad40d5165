"""Pairs of products that stand in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data import kept
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
    params = {**words, **where.params}
    laid_out = kept.lay_out(read)
    sql = _statement(where.sql)
    found = read.tuples(_statement(where.sql, laid_out), params) if laid_out else read.known(sql, params)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in found], written_in(sql, params)


def _statement(where: str, laid_out: str = "") -> str:
    lines = "o.id in (select id from matched)"
    if kept.named(where, "o") <= kept.columns("line_shares") - kept.OF_LINES:  # no orders need to be looked up
        lines = f"o.currency = $currency and o.is_placed and {where}"
    steps = ",\n".join(kept.line_rows(laid_out))
    return _written().replace("{line_rows}", steps).replace("{lines}", lines).replace("{where}", where)


@cache
def _written() -> str:
    return FILE.read_text(encoding="utf-8").strip()
