"""Ageing: how long orders have sat in each state, in working days, against the shop's promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from data import ageing
from data.filters import Condition, Field, Filter, Range, Text
from services import clock
from services.errors import store_errors
from services.orders.order import Order
from services.orders.promise import Promise, promise
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus
from services.shop import Shop

_F, _P = FulfilmentStatus, PaymentStatus
_STATUSES = {"payment_status", "fulfilment_status"}


class Stage(StrEnum):
    """Where an order that is not over stands; each order stands in one."""

    AWAITING_PAYMENT = "awaiting_payment"
    TO_PREPARE = "to_prepare"
    PROCESSING = "processing"
    ON_HOLD = "on_hold"
    PARTIALLY_SHIPPED = "partially_shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    UNDER_WAY = "under_way"


# Bounds of waiting, in working days: from the first, to the second; None is open.
SPANS: tuple[tuple[int, int | None], ...] = ((0, 1), (2, 3), (4, 5), (6, 10), (11, None))

_PAID = tuple(status for status in _P if status.has_money or status is _P.AUTHORISED)
_UNPAID = (_P.AWAITING_PAYMENT,)
_ANY = (*_UNPAID, *_PAID)
_STANDS: dict[Stage, tuple[tuple[PaymentStatus, ...], tuple[FulfilmentStatus, ...]]] = {
    Stage.AWAITING_PAYMENT: (_UNPAID, (_F.AWAITING_PROCESSING,)),
    Stage.TO_PREPARE: (_PAID, (_F.AWAITING_PROCESSING,)),
    Stage.PROCESSING: (_ANY, (_F.PROCESSING,)),
    Stage.ON_HOLD: (_ANY, (_F.ON_HOLD,)),
    Stage.PARTIALLY_SHIPPED: (_ANY, (_F.PARTIALLY_SHIPPED,)),
    Stage.READY_FOR_PICKUP: (_ANY, (_F.READY_FOR_PICKUP,)),
    Stage.UNDER_WAY: (_ANY, (_F.SHIPPED, _F.OUT_FOR_DELIVERY)),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Orders of a stage that have waited as long as a span says, and the filter that finds them."""

    count: int
    filter: Filter


@dataclass(frozen=True, slots=True)
class Row:
    """A stage: its cells, one per span, how many stand there, and the working days that the longest has waited."""

    stage: Stage
    cells: tuple[Cell, ...]
    all: Cell
    longest: int


def board(shop: Shop, now: datetime) -> tuple[Row, ...]:
    """Every stage in which orders stand at the moment `now` (UTC)."""
    kept = shop.profile()
    promised, today = promise(kept), clock.day(now, kept.time_zone)
    with store_errors(), shop.store.read() as read:
        found = ageing.standing(read, _ANY, tuple(status for _payment, goods in _STANDS.values() for status in goods))
    rows = []
    for stage, (payment, goods) in _STANDS.items():
        since: dict[date, int] = {}
        for one in found:
            if one["payment_status"] in payment and one["fulfilment_status"] in goods:
                since[one["since_on"]] = since.get(one["since_on"], 0) + one["count_orders"]
        if since:
            rows.append(_row(stage, since, promised, today))
    return tuple(rows)


def since(order: Order) -> datetime:
    """Since when the order has its statuses: the last change of one, else its placing."""
    moved = (
        event.at
        for event in order.events
        if event.kind not in (EventKind.PLACED, EventKind.IMPORTED) and _STATUSES & event.after.keys()
    )
    return max((order.placed_at, *moved))


def waited(order: Order, promised: Promise, zone: str, now: datetime) -> int:
    """Working days that the order has had its statuses."""
    return promised.waited(clock.day(since(order), zone), clock.day(now, zone))


def late(order: Order, promised: Promise, zone: str, now: datetime) -> int:
    """By how many working days the order is later than the shop promises; 0 when it is not. It counts from the day
    of the placing, or of the last money that came."""
    is_to_prepare = order.fulfilment_status.is_to_prepare and order.payment_status in _PAID
    if not (promised.is_made and is_to_prepare):
        return 0
    came = [clock.day(one.at, zone) for one in order.payments if one.kind.is_received and one.at]
    deadline, today = promised.deadline(max((order.placed_on, *came))), clock.day(now, zone)
    return max(1, promised.waited(deadline, today)) if today > deadline else 0


def _row(stage: Stage, since: dict[date, int], promised: Promise, today: date) -> Row:
    ages = {day: promised.waited(day, today) for day in since}
    cells = tuple(
        Cell(
            sum(count for day, count in since.items() if low <= ages[day] <= (high if high is not None else ages[day])),
            _filter(stage, promised, today, low, high),
        )
        for low, high in SPANS
    )
    return Row(stage, cells, Cell(sum(since.values()), _filter(stage, promised, today, 0, None)), max(ages.values()))


def _filter(stage: Stage, promised: Promise, today: date, low: int, high: int | None) -> Filter:
    """Orders of a stage that have waited from `low` to `high` working days."""
    payment, goods = _STANDS[stage]
    conditions = [_any_of(Field.PAYMENT, payment), _any_of(Field.FULFILMENT, goods)]
    if low or high is not None:
        # the day after the last since which it would have waited longer
        first = promised.day_before(today, high + 1) + timedelta(days=1) if high is not None else None
        last = promised.day_before(today, low) if low else None
        conditions.append(Condition(Field.SINCE, (Range(first, last),)))
    return Filter(tuple(conditions))


def _any_of(field: Field, statuses: Iterable[StrEnum]) -> Condition:
    return Condition(field, tuple(Text(status.value) for status in statuses))
