"""What has to be done now, as filters: a count on the screen and a click on it mean the same orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data import finding
from data.filters import Condition, Field, Filter, Range, Text
from services import clock
from services.messages.states import MessageState
from services.money import ZERO
from services.orders.promise import Promise, promise
from services.orders.statuses import FulfilmentStatus, PaymentStatus
from services.shop import Shop


class Todo(StrEnum):
    """The heaps of work above the order list, in their order there."""

    TO_PREPARE = "to_prepare"
    AWAITING_PAYMENT = "awaiting_payment"
    ON_HOLD = "on_hold"
    LATE = "late"
    GIVE_BACK = "give_back"
    LOST_MAIL = "lost_mail"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Heap:
    """One of them: its filter, and how many orders lie there."""

    todo: Todo
    filter: Filter
    count: int


def todo_counts(shop: Shop, now: datetime) -> list[Heap]:
    """Every heap with its count, at the moment `now` (UTC)."""
    kept = shop.profile()
    filters = todo_filters(clock.day(now, kept.time_zone), promise(kept))
    with shop.store.read() as read:
        return [Heap(todo, filter, finding.count(read, filter)) for todo, filter in filters.items()]


def todo_filters(today: date, promised: Promise) -> dict[Todo, Filter]:
    """The filter of each heap. To prepare: the money is there or promised by the provider, and goods are still in
    the shop. Late: of these, what was placed, and paid, so long before `today` that the shop's promise is broken.
    To give back: the money of cancelled orders, and what was paid too much."""
    to_prepare = Filter(
        (
            _any_of(Field.PAYMENT, *(s for s in PaymentStatus if s.has_money or s is PaymentStatus.AUTHORISED)),
            _any_of(Field.FULFILMENT, *(s for s in FulfilmentStatus if s.is_to_prepare)),
        )
    )
    since = promised.broken_before(today)
    late = (
        Condition(Field.PLACED, (Range(high=since, is_high_in=False),)),
        Condition(Field.PAID, (Range(low=since),), is_negated=True),
    )
    return {
        Todo.TO_PREPARE: to_prepare,
        Todo.AWAITING_PAYMENT: Filter((_any_of(Field.PAYMENT, PaymentStatus.AWAITING_PAYMENT),)),
        Todo.ON_HOLD: Filter((_any_of(Field.FULFILMENT, FulfilmentStatus.ON_HOLD),)),
        Todo.LATE: to_prepare & Filter(late),
        Todo.GIVE_BACK: Filter((Condition(Field.DUE, (Range(high=ZERO, is_high_in=False),)),)),
        Todo.LOST_MAIL: Filter((_any_of(Field.MESSAGE, MessageState.BOUNCED, MessageState.FAILED),)),
        Todo.ALL: Filter(),
    }


def _any_of(field: Field, *statuses: StrEnum) -> Condition:
    return Condition(field, tuple(Text(status.value) for status in statuses))
