"""What products cost: kept costs, and how they stand beside the lines of orders in the SQL of figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from data.currencies import decimals
from data.kept import lay_out, line_rows, named
from data.store import Reader, Row, Writer

# Beside each row `f` of the lines' facts: `k`, the cost that held on its day, and `g`, the category of its product.
_COST = (
    "\nleft join costs k on k.product_key = f.product_key and k.currency = f.currency and k.since_on <= f.day "
    "and (k.until_on is null or f.day < k.until_on)"
)
_CATEGORY = "\nleft join categories g on g.product_key = f.product_key"
_FOLDER = Path(__file__).parent / "queries" / "steps"
_COLUMNS = ("product_key", "currency", "unit_cost", "since_on", "category", "updated_at", "actor")


def beside(*texts: str) -> str:
    """The joins that SQL over a fact `f` needs, for the `k` and the `g` that it names."""
    sql = " ".join(texts)
    return (_COST if named(sql, "k") else "") + (_CATEGORY if named(sql, "g") else "")


def steps(figures: str) -> list[str]:
    """The steps of a statement that these joins read."""
    return [
        _step(file) for alias, file in (("k", "product_costs"), ("g", "product_categories")) if named(figures, alias)
    ]


def every(read: Reader) -> list[Row]:
    """All rows that are kept: of a product and a currency the latest day first."""
    listed = ", ".join(_COLUMNS)
    return read.rows(
        f"select {listed} from product_costs order by product_key, currency, since_on desc nulls last, updated_at desc"
    )


def products(read: Reader, currency: str) -> list[Row]:
    """product_key, sku, product and lines of every product that orders hold, those of most lines in `currency` first;
    `lines` counts those of orders that stand."""
    steps = ",\n".join(line_rows(lay_out(read)))
    return read.rows(
        f"""
        with {steps}
        select product_key, any_value(sku) as sku, arg_max(product, placed_at) as product,
            count(*) filter (where currency = $currency and is_placed) as lines
        from line_rows
        where product_key <> ''
        group by product_key
        order by lines desc, product_key
        """,
        {"currency": currency},
    )


def replace(write: Writer, rows: Iterable[Mapping[str, object]]) -> None:
    """Keep rows, each in the place of that of its product, currency and day."""
    kept = list(rows)
    write.execute("create or replace temp table new_costs as from product_costs limit 0")
    write.insert("new_costs", kept)
    write.execute(
        "delete from product_costs c where exists (from new_costs n where n.product_key = c.product_key "
        "and n.currency = c.currency and n.since_on is not distinct from c.since_on)"
    )
    write.execute("insert into product_costs by name from new_costs")
    write.execute("drop table new_costs")


def remove(write: Writer, product_key: str, currency: str, since_on: object) -> None:
    """Keep no cost of a product from that day on (None: from the beginning)."""
    write.execute(
        "delete from product_costs where product_key = ? and currency = ? and since_on is not distinct from ?",
        [product_key, currency, since_on],
    )


@cache
def _step(file: str) -> str:
    text = (_FOLDER / f"{file}.sql").read_text(encoding="utf-8").strip()
    return text.replace("{decimals}", decimals("currency"))
