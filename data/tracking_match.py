"""Orders and their parcels, looked up by what a carrier's file says of them: many at once."""

from __future__ import annotations

from collections.abc import Sequence

from data.store import Reader, Row


def orders_named(read: Reader, references: Sequence[str]) -> list[Row]:
    """reference, order_id, number, version and fulfilment_status of every order that bears a reference as its number
    (with or without `#`, in any case), or as the id that its source gave it."""
    return read.rows(
        """
        with asked as (
            select distinct unnest($references) as reference
        ), named as (
            select a.reference, o.id
            from asked a join orders o on lower(ltrim(o.number, '#')) = lower(ltrim(a.reference, '#'))
            union
            select a.reference, o.id
            from asked a join orders o on o.source_id = a.reference
        )
        select n.reference, o.id::varchar as order_id, o.number, o.version, o.fulfilment_status
        from named n join orders o on o.id = n.id
        order by n.reference, o.placed_at desc, o.id
        """,
        {"references": list(references)},
    )


def parcels_of(read: Reader, order_ids: Sequence[str]) -> list[Row]:
    """order_id, shipment_id, carrier and tracking_number of the parcels of orders, the oldest first."""
    return read.rows(
        """
        select order_id::varchar as order_id, id::varchar as shipment_id, carrier, tracking_number
        from shipments
        where order_id in (select unnest($ids)::uuid) and voided_at is null
        order by happened_at, id
        """,
        {"ids": list(order_ids)},
    )


def bearers(read: Reader, tracking_numbers: Sequence[str]) -> list[Row]:
    """tracking_number, order_id and number of every order that has a parcel of one of these numbers."""
    return read.rows(
        """
        select distinct s.tracking_number, o.id::varchar as order_id, o.number
        from shipments s join orders o on o.id = s.order_id
        where s.tracking_number in (select unnest($numbers)) and s.voided_at is null
        order by s.tracking_number, o.number
        """,
        {"numbers": list(tracking_numbers)},
    )


def numbers_of(read: Reader, order_ids: Sequence[str]) -> dict[str, str]:
    """The numbers of orders, by id."""
    rows = read.tuples(
        "select id::varchar, number from orders where id in (select unnest($ids)::uuid)", {"ids": list(order_ids)}
    )
    return dict(rows)
