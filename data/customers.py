"""Customers as their orders tell them: one row for each customer and currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa

from data import segments
from data.conditions import Where
from data.filters import Filter
from data.store import Reader, Row
from data.written_sql import written_in

EVERY_ORDER = Filter()


class CustomerSort(StrEnum):
    """How customers may be ordered."""

    SPENT = "spent"
    ORDERS = "orders"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which customers: whose name or e-mail holds `text`, who have orders under `filter`, who belong to `group` (a
    segment, those who lapsed, or everybody when empty) on the day `today`. Only those orders are counted and summed;
    the group goes by all orders of a customer. `cancelled` is the status of orders that never count."""

    cancelled: str
    today: date
    text: str = ""
    filter: Filter = EVERY_ORDER
    group: str = ""


_ORDER_BY = {
    CustomerSort.SPENT: "spent desc, last_at desc, customer_key, currency",
    CustomerSort.ORDERS: "count_orders desc, spent desc, customer_key, currency",
    CustomerSort.LATEST: "last_at desc, customer_key, currency",
}

# One row per customer (e-mail address, else name) and currency; cancelled orders are left out. Names are looked up
# afterwards, for those that are shown: to carry them along takes ten times as long.
_CUSTOMERS = """
    select o.customer_key, o.currency, count(*) as count_orders, sum(o.total) as spent, min(o.placed_at) as first_at,
        max(o.placed_at) as last_at{more}
    from orders o
    where o.customer_key <> '' and o.payment_status <> $cancelled
        and ($text = '' or contains(strip_accents(o.customer_key), lower(strip_accents($text)))
            or contains(lower(strip_accents(o.name)), lower(strip_accents($text))))
"""
# What a file says more: the days in the shop's zone, and the order that tells the name.
_MORE = ", min(o.placed_on) as first_on, max(o.placed_on) as last_on, arg_max(o.id, o.placed_at) as latest_id"
# The keys of a group's customers, by all their orders.
_GROUP = """
    select customer_key from orders where customer_key <> '' and payment_status <> $cancelled group by customer_key
"""


def page(read: Reader, chosen: Chosen, sort: CustomerSort, limit: int, offset: int) -> tuple[list[Row], list[Row]]:
    """Some of the customers, in their order, with name, e-mail and country of the latest of their orders; and what all
    of them come to: currency, customers, orders and spent, the currency with most customers first."""
    sql, params = _asked(read, chosen)
    ((some, sums),) = read.known(
        f"""
        with customers as materialized ({sql}),
        page as (select * from customers order by {_ORDER_BY[sort]} limit $limit offset $offset),
        sums as (
            select currency, count(*) as customers, sum(count_orders) as orders, sum(spent) as spent
            from customers group by currency
        )
        select (select list(page order by {_ORDER_BY[sort]}) from page),
            (select list(sums order by customers desc, currency) from sums)
        """,
        params | {"limit": limit, "offset": offset},
    )
    rows: list[Row] = some or []
    named = _named(read, [row["customer_key"] for row in rows], chosen.cancelled)
    return [row | named[row["customer_key"], row["currency"]] for row in rows], sums or []


def _named(read: Reader, keys: list[str], cancelled: str) -> dict[tuple[str, str], Row]:
    if not keys:
        return {}
    params = {f"k{at}": key for at, key in enumerate(dict.fromkeys(keys))}
    names = ("customer_key", "currency", "name", "email", "country")
    rows = read.known(
        "select customer_key, currency, arg_max(name, placed_at) as name, arg_max(email, placed_at) as email, "
        "arg_max(country, placed_at) as country from orders "
        f"where customer_key in ({', '.join(f'${name}' for name in params)}) and payment_status <> $cancelled "
        "group by customer_key, currency",
        params | {"cancelled": cancelled},
    )
    return {row[:2]: dict(zip(names, row, strict=True)) for row in rows}


def written(read: Reader, chosen: Chosen, sort: CustomerSort) -> str:
    """The question for the customers as SQL with its values written in."""
    sql, params = _asked(read, chosen)
    return written_in(f"{sql.strip()}\norder by {_ORDER_BY[sort]}", params)


def all_of(read: Reader, chosen: Chosen, sort: CustomerSort, limit: int) -> Iterator[pa.RecordBatch]:
    """At most `limit` of the customers, in portions: e-mail, name, country, currency, orders, placed, first and last
    day."""
    sql, params = _asked(read, chosen, _MORE)
    order = _ORDER_BY[sort].replace("customer_key", "c.customer_key").replace(", currency", ", c.currency")
    yield from read.batches(
        f"with customers as ({sql}), chosen as (select * from customers order by {_ORDER_BY[sort]} limit $limit) "
        "select o.email, o.name, o.country, c.currency, c.count_orders as orders, "
        "cast(c.spent as decimal(18, 3)) as placed, c.first_on, c.last_on "
        f"from chosen c join orders o on o.id = c.latest_id order by {order}",
        params | {"limit": limit},
    )


def _asked(read: Reader, chosen: Chosen, more: str = "") -> tuple[str, dict[str, object]]:
    """The SQL of the customers with its parameters."""
    where = Where(read, chosen.filter)
    sql = f"{_CUSTOMERS.format(more=more)} and {where.sql}"
    params: dict[str, object] = {"text": chosen.text, "cancelled": chosen.cancelled, **where.params}
    if chosen.group:
        rule = segments.holds(segments.rule_of(chosen.group), "count(*)", "max(placed_on)", "$today")
        sql += f" and o.customer_key in ({_GROUP} having {rule})"
        params["today"] = chosen.today
    return f"{sql} group by o.customer_key, o.currency", params
