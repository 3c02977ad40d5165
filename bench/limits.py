"""The limit beside a figure: the same thing asked of the same file in plain SQL, by nothing but the engine.

What it leaves out: the connection, JSON, events and words of an order in one answer, counts that must be exact while
others write. So three times as long is good.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import duckdb

from bench.figures import timed

_ROW = (
    "id, number, placed_at, placed_on, payment_status, fulfilment_status, payment_method, email, name, country, "
    "shipping_city, shipping_postal_code, currency, total, paid, refunded, due, item_count, items_summary, version"
)
_NEWEST = "order by placed_at desc, id desc limit 50"


def of_list(where: str = "true") -> list[str]:
    """The page of a list and how many there are in all."""
    return [f"select {_ROW} from orders where {where} {_NEWEST}", f"select count(*) from orders where {where}"]


def of_word(word: str) -> list[str]:
    """The same for a word, which is looked for by its beginning among the words of all orders."""
    found = "select distinct order_id from search_terms where term >= $word and term < $word || chr(1114111)"
    return [text.replace("$word", f"'{word.lower()}'") for text in of_list(f"id in ({found})")]


def of_order(where: str) -> list[str]:
    """An order with all that it holds."""
    parts = ("order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "messages")
    one = f"(select id from orders where {where})"
    return [f"select * from orders where {where}", *(f"select * from {part} where order_id = {one}" for part in parts)]


_MONEY = "sum(total) filter (fulfilment_status <> 'cancelled'), sum(paid), sum(refunded), count(*)"
# what is asked of the analytics -> the plain statement
FIGURES: dict[str, list[str]] = {
    "overview, all figures": [f"select {_MONEY}, count(distinct customer_key) from orders"],
    "revenue by month": [f"select placed_month, {_MONEY} from orders group by 1 order by 1"],
    "revenue by day": [f"select placed_on, {_MONEY} from orders group by 1 order by 1"],
    "revenue by product": [
        "select l.name, sum(l.total), sum(l.quantity), count(distinct l.order_id) from order_lines l "
        "join orders o on o.id = l.order_id where o.fulfilment_status <> 'cancelled' group by 1 order by 2 desc "
        "limit 100"
    ],
    "cohorts": [
        "with first as (select customer_key, min(placed_month) as began from orders group by 1) "
        "select f.began, o.placed_month, count(distinct o.customer_key), sum(o.total) from orders o "
        "join first f using (customer_key) group by 1, 2 order by 1, 2"
    ],
    "segments": [
        "select customer_key, max(placed_at), count(*), sum(total) from orders group by 1 order by 4 desc limit 100"
    ],
    "by weekday and hour": [f"select isodow(placed_at), hour(placed_at), {_MONEY} from orders group by 1, 2"],
    "by month, on the day of the money": [
        "select strftime(on_date, '%Y-%m'), kind, sum(amount) from payments group by 1, 2 order by 1, 2"
    ],
}


def ask(file: Path, statements: dict[str, Sequence[str]], rounds: int, memory: str, threads: int) -> dict[str, float]:
    """Milliseconds of each, the median of so many rounds, on a file that nobody else holds."""
    con = duckdb.connect(":memory:", config={"memory_limit": memory, "threads": threads})
    con.execute(f"attach '{file}' as shop (read_only)")
    con.execute("use shop")
    told = {}
    for name, texts in statements.items():

        def once(texts: Sequence[str] = texts) -> None:
            for text in texts:
                con.execute(text).fetchall()

        once()
        told[name] = statistics.median(timed(once) for _ in range(rounds))
    con.close()
    return told
