"""Orders whose money has not come, for what the shop does about them by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from data.store import Reader, Row

_STANDING = """
    with standing as (
        select id, number, version, placed_at, email <> '' and not is_muted as can_be_told
        from orders
        where payment_status = $awaiting and due > 0 and fulfilment_status in (select unnest($goods))
            and payment_method <> $at_the_door and gone_at is null
            and placed_at <= $before and placed_at >= $after
            and (import_run_id is null and source <> $invented or placed_at >= $since)
    ),
    reminded as (
        select order_id, max(happened_at) as reminded_at
        from order_events
        where kind = $reminded and order_id in (select id from standing)
        group by order_id
    )
    select s.id, s.number, s.version, s.placed_at, s.can_be_told, r.reminded_at
    from standing s
    left join reminded r on r.order_id = s.id
"""


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What is asked for: the words of the statuses, of the method paid at the door, of the source of invented orders
    and of the event of a reminder; `before` and `after` bound the moment of placing. Orders that were imported or
    invented count from `since` on only."""

    awaiting: str
    goods: Collection[str]
    at_the_door: str
    invented: str
    reminded: str
    before: datetime
    after: datetime
    since: datetime


def to_remind(read: Reader, asked: Unpaid, limit: int) -> list[Row]:
    """Orders that nobody was reminded of and whose customer can be told, the oldest first: id, number, version,
    placed_at."""
    return read.rows(
        f"select * from ({_STANDING}) where reminded_at is null and can_be_told order by placed_at, id limit $limit",
        _params(asked) | {"limit": limit},
    )


def to_cancel(read: Reader, asked: Unpaid, reminded_before: datetime | None, limit: int) -> list[Row]:
    """The same for orders to cancel; where reminders are sent, one of `reminded_before` or earlier comes first, if
    there is anybody to tell."""
    condition = "reminded_at <= $reminded_before or not can_be_told" if reminded_before else "true"
    params = _params(asked) | {"limit": limit} | ({"reminded_before": reminded_before} if reminded_before else {})
    return read.rows(f"select * from ({_STANDING}) where {condition} order by placed_at, id limit $limit", params)


def _params(asked: Unpaid) -> dict[str, object]:
    return {name: getattr(asked, name) for name in Unpaid.__slots__} | {"goods": list(asked.goods)}
