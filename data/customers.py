"""Customers as their orders tell them: one row for each customer and currency."""

from __future__ import annotations

from enum import StrEnum

from data.store import Reader, Row


class CustomerSort(StrEnum):
    """How customers may be ordered."""

    SPENT = "spent"
    ORDERS = "orders"
    LATEST = "latest"


_ORDER_BY = {
    CustomerSort.SPENT: "spent desc, last_at desc, customer_key",
    CustomerSort.ORDERS: "count_orders desc, spent desc, customer_key",
    CustomerSort.LATEST: "last_at desc, customer_key",
}

# One row per customer (e-mail address, else name) and currency; cancelled orders are left out.
_CUSTOMERS = """
    select customer_key, currency, count(*) as count_orders, sum(total) as spent, min(placed_at) as first_at,
        max(placed_at) as last_at, arg_max(name, placed_at) as name, arg_max(email, placed_at) as email,
        arg_max(country, placed_at) as country
    from orders
    where customer_key <> '' and payment_status <> $cancelled
        and ($text = '' or contains(strip_accents(customer_key), lower(strip_accents($text)))
            or contains(lower(strip_accents(name)), lower(strip_accents($text))))
    group by customer_key, currency
"""


def page(read: Reader, text: str, cancelled: str, sort: CustomerSort, limit: int, offset: int) -> list[Row]:
    """Customers whose name or e-mail holds `text`."""
    return read.rows(
        f"with customers as ({_CUSTOMERS}) select * from customers order by {_ORDER_BY[sort]} "
        "limit $limit offset $offset",
        {"text": text, "cancelled": cancelled, "limit": limit, "offset": offset},
    )


def count(read: Reader, text: str, cancelled: str) -> int:
    """How many rows `page` has in all."""
    found: int = read.value(
        f"with customers as ({_CUSTOMERS}) select count(*) from customers", {"text": text, "cancelled": cancelled}
    )
    return found
