"""Figures laid beside others: the two clocks of money, what counting otherwise would change, and single orders that
make a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row
from data.written_sql import used, written_in

FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows, and the SQL that made them with its values written in."""

    rows: list[Row]
    sql: str


def bridge(read: Reader, filter: Filter, words: Mapping[str, object]) -> Answered:
    """placed_when, moved_when, orders, paid, refunded: see `queries/bridge.sql`."""
    return _asked(read, "bridge", filter, words)


def otherwise(read: Reader, filter: Filter, words: Mapping[str, object]) -> Row:
    """The parts of `queries/otherwise.sql`."""
    return _asked(read, "otherwise", filter, words).rows[0]


def single(read: Reader, filter: Filter, words: Mapping[str, object], amount: Decimal, most: int) -> list[Row]:
    """id, number, placed_on, is_placed of orders placed from a day before the period to a day after it whose total, or
    money received or given back, is `amount`; the newest first."""
    where = Where(read, filter)
    sql = f"""
        select o.id, o.number, o.placed_on, o.payment_status <> $cancelled as is_placed, o.total, o.paid, o.refunded
        from orders o
        where {where.sql} and o.currency = $currency and o.placed_on between $first - 1 and $last + 1
            and $amount in (o.total, o.paid, o.refunded)
        order by o.id desc limit {most}
    """
    return read.rows(sql, used(sql, {**words, "amount": amount} | where.params))


def moved(read: Reader, words: Mapping[str, object]) -> list[Row]:
    """order_id, number, transaction_id, reference, method, kind, amount and moved_on of every movement of money of a
    period, in the currency that is asked for."""
    sql = """
        select p.order_id, o.number, o.transaction_id, p.reference, p.method, p.kind, p.amount,
            coalesce(p.on_date, o.placed_on) as moved_on
        from payments p join orders o on o.id = p.order_id
        where p.voided_at is null and o.currency = $currency and list_contains($received || $given_back, p.kind)
            and coalesce(p.on_date, o.placed_on) between $first and $last
        order by moved_on, p.id
    """
    return read.rows(sql, used(sql, words))


def found(read: Reader, currency: str, marks: Sequence[str]) -> list[Row]:
    """mark, order_id, number, placed_on and total of orders whose number (with or without #) or transaction id, or the
    reference of a movement of whose money, is one of `marks`."""
    return read.rows(
        """
        with marks as (select unnest($marks) as mark),
        known as (
            select ltrim(o.number, '#') as mark, o.id from orders o where o.currency = $currency
            union select o.transaction_id, o.id from orders o where o.currency = $currency and o.transaction_id <> ''
            union select p.reference, p.order_id from payments p where p.reference <> '' and p.voided_at is null
        )
        select k.mark, o.id as order_id, o.number, o.placed_on, o.total, o.paid, o.refunded
        from known k join marks m on ltrim(m.mark, '#') = k.mark join orders o on o.id = k.id
        where o.currency = $currency
        """,
        {"marks": sorted(set(marks)), "currency": currency},
    )


def _asked(read: Reader, name: str, filter: Filter, words: Mapping[str, object]) -> Answered:
    where = Where(read, filter)
    sql = _text(name).replace("{filter}", where.sql)
    params = used(sql, {**words} | where.params)
    return Answered(read.rows(sql, params), written_in(sql, params))


@lru_cache(maxsize=8)
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def listed(read: Reader, filter: Filter, words: Mapping[str, object]) -> list[Row]:
    """currency, orders, placed, paid and refunded: what the order list adds up to, by currency. It reads the orders
    themselves, nothing that is kept beside them."""
    where = Where(read, filter)
    sql = f"""
        select o.currency, count(*) filter (o.payment_status <> $cancelled) as orders,
            coalesce(sum(o.total) filter (o.payment_status <> $cancelled), 0) as placed,
            sum(o.paid) as paid, sum(o.refunded) as refunded
        from orders o where {where.sql} group by o.currency order by o.currency
    """
    return read.rows(sql, used(sql, {**words} | where.params))
