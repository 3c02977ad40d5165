"""Orders that may be one order placed twice: by the same customer, of the same worth, within a short time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from data.store import Reader, Row

PHONE_DIGITS = 9
"""So many digits from the end tell a phone, however it is written and with or without its country."""


def alike(
    read: Reader,
    order_id: str,
    between: tuple[datetime, datetime],
    worth: tuple[str, Decimal],
    customer_key: str,
    phone: str,
) -> list[Row]:
    """Other orders placed in a span of time by the same customer key or phone, of one currency and total, in the order
    of their placing: id, number, placed_at, both statuses, paid.
    `phone` is its last digits, empty for none. Time comes first, so that a large shop is read in one place."""
    return read.rows(
        f"""
        select id, number, placed_at, payment_status, fulfilment_status, paid
        from orders
        where placed_at between $first and $last
            and currency = $currency and total = $total::decimal(18, 3) and id <> $order_id::uuid
            and ((customer_key <> '' and customer_key = $customer_key)
                or ($phone <> '' and right(regexp_replace(phone, '[^0-9]', '', 'g'), {PHONE_DIGITS}) = $phone))
        order by placed_at, id
        """,
        {
            "first": between[0],
            "last": between[1],
            "currency": worth[0],
            "total": worth[1],
            "order_id": order_id,
            "customer_key": customer_key,
            "phone": phone,
        },
    )


def goods(read: Reader, order_ids: Sequence[str]) -> list[Row]:
    """What orders hold: order_id, sku, name, options_json, quantity."""
    return read.rows(
        "select order_id, sku, name, options_json, quantity from order_lines "
        "where order_id in (select unnest($ids)::uuid)",
        {"ids": list(order_ids)},
    )


def causes(read: Reader, order_ids: Sequence[str], cause: str) -> set[str]:
    """Which of some orders have an event of this cause."""
    rows = read.rows(
        "select distinct order_id from order_events where order_id in (select unnest($ids)::uuid) and cause = $cause",
        {"ids": list(order_ids), "cause": cause},
    )
    return {row["order_id"] for row in rows}
