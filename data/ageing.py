"""How long orders that are not over have had their statuses."""

from __future__ import annotations

from collections.abc import Sequence

from data.intake import local_day
from data.store import Reader, Row

GAVE_A_STATUS = """kind not in ('placed', 'imported')
    and (after_json like '%"payment_status":%' or after_json like '%"fulfilment_status":%')"""
"""SQL that is true of an event that gave an order another status; what came with the order is none."""


def standing(read: Reader, payment: Sequence[str], fulfilment: Sequence[str]) -> list[Row]:
    """payment_status, fulfilment_status, since_on and count_orders of orders whose statuses are both among those
    given. `since_on` is the shop's day of the last change of a status, else of the placing."""
    return read.rows(
        f"""
        with open_orders as (
            select id, payment_status, fulfilment_status, placed_at from orders
            where payment_status in (select unnest($payment)) and fulfilment_status in (select unnest($fulfilment))
        ), moved as (
            select order_id, max(happened_at) as moved_at from order_events
            where {GAVE_A_STATUS} and order_id in (select id from open_orders)
            group by order_id
        ), since as (
            select payment_status, fulfilment_status, greatest(placed_at, moved_at) as since_at
            from open_orders left join moved on moved.order_id = open_orders.id
        )
        select payment_status, fulfilment_status, {local_day("since_at")} as since_on, count(*) as count_orders
        from since group by all order by all
        """,
        {"payment": list(payment), "fulfilment": list(fulfilment), "zone": read.zone},
    )
