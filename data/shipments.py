"""Parcels by their tracking number."""

from __future__ import annotations

from data import acting
from data.store import Reader


def bearing(read: Reader, tracking_number: str, besides: str, most: int) -> list[str]:
    """Numbers of at most so many orders, other than one, that have a parcel of this tracking number.

    Orders are found by the number's first word, which lies sorted, and then looked at one by one.
    """
    words = [word for word in acting.plain_words("tracking", tracking_number) if tracking_number.isascii()]
    candidates = None
    if words:
        candidates = [
            row["order_id"]
            for row in read.rows(
                "select distinct order_id from search_terms where term = ? and field = 'tracking' "
                "and order_id <> ?::uuid limit 100",
                [max(words, key=len), besides],
            )
        ]
        if not candidates:
            return []
    only = "" if candidates is None else f"and s.order_id in ({', '.join(['?::uuid'] * len(candidates))})"
    rows = read.rows(
        "select distinct o.number from shipments s join orders o on o.id = s.order_id "
        f"where s.tracking_number = ? and s.voided_at is null and s.order_id <> ?::uuid {only} order by 1 limit {most}",
        [tracking_number, besides, *(candidates or [])],
    )
    return [row["number"] for row in rows]
