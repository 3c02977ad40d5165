"""What stands around a list of orders: the orders of a customer, what the store covers, whether it changed."""

from __future__ import annotations

from datetime import datetime

from data.store import Reader, Row


def of_customer(read: Reader, customer_key: str) -> list[Row]:
    """Every order of a customer, newest first, without addresses and parts."""
    return read.rows(
        "select id, number, placed_at, payment_status, fulfilment_status, currency, total, items_summary, item_count "
        "from orders where customer_key = ? order by placed_at desc, id desc",
        [customer_key],
    )


def by_source(read: Reader) -> list[Row]:
    """source, orders, first and last moment of placing, the source with most orders first."""
    return read.rows(
        "select source, count(*) as orders, min(placed_at) as first, max(placed_at) as last from orders "
        "group by source order by orders desc, source"
    )


def last_import(read: Reader) -> datetime | None:
    """When the last import that stands ended, None when there was none."""
    found: datetime | None = read.value("select max(finished_at) from import_runs where undone_at is null")
    return found
