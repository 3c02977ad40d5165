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

# One row per customer (e-mail address, else name) and currency; cancelled orders are left out.
_CUSTOMERS = """
    select o.customer_key, o.currency, count(*) as count_orders, sum(o.total) as spent, min(o.placed_at) as first_at,
        max(o.placed_at) as last_at, min(o.placed_on) as first_on, max(o.placed_on) as last_on,
        arg_max(o.name, o.placed_at) as name, arg_max(o.email, o.placed_at) as email,
        arg_max(o.country, o.placed_at) as country
    from orders o
    where o.customer_key <> '' and o.payment_status <> $cancelled
        and ($text = '' or contains(strip_accents(o.customer_key), lower(strip_accents($text)))
            or contains(lower(strip_accents(o.name)), lower(strip_accents($text))))
"""
# The keys of a group's customers, by all their orders.
_GROUP = """
    select customer_key from orders where customer_key <> '' and payment_status <> $cancelled group by customer_key
"""


def page(read: Reader, chosen: Chosen, sort: CustomerSort, limit: int, offset: int) -> list[Row]:
    """Some of the customers, in their order."""
    sql, params = _asked(read, chosen)
    return read.rows(
        f"with customers as ({sql}) select * from customers order by {_ORDER_BY[sort]} limit $limit offset $offset",
        params | {"limit": limit, "offset": offset},
    )


def written(read: Reader, chosen: Chosen, sort: CustomerSort) -> str:
    """The question for the customers as SQL with its values written in."""
    sql, params = _asked(read, chosen)
    return written_in(f"{sql.strip()}\norder by {_ORDER_BY[sort]}", params)


def sums(read: Reader, chosen: Chosen) -> list[Row]:
    """currency, customers, orders and spent of all of them, the currency with most customers first."""
    sql, params = _asked(read, chosen)
    names = ("currency", "customers", "orders", "spent")
    rows = read.known(
        f"with customers as ({sql}) select currency, count(*), sum(count_orders), sum(spent) from customers "
        "group by currency order by 2 desc, 1",
        params,
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def all_of(read: Reader, chosen: Chosen, sort: CustomerSort, limit: int) -> Iterator[pa.RecordBatch]:
    """At most `limit` of the customers, in portions: e-mail, name, country, currency, orders, placed, first and last
    day."""
    sql, params = _asked(read, chosen)
    yield from read.batches(
        f"with customers as ({sql}) select email, name, country, currency, count_orders as orders, "
        "cast(spent as decimal(18, 3)) as placed, first_on, last_on "
        f"from customers order by {_ORDER_BY[sort]} limit $limit",
        params | {"limit": limit},
    )


def _asked(read: Reader, chosen: Chosen) -> tuple[str, dict[str, object]]:
    """The SQL of the customers with its parameters."""
    where = Where(read, chosen.filter)
    sql = f"{_CUSTOMERS} and {where.sql}"
    params: dict[str, object] = {"text": chosen.text, "cancelled": chosen.cancelled, **where.params}
    if chosen.group:
        rule = segments.holds(segments.rule_of(chosen.group), "count(*)", "max(placed_on)", "$today")
        sql += f" and o.customer_key in ({_GROUP} having {rule})"
        params["today"] = chosen.today
    return f"{sql} group by o.customer_key, o.currency", params
