"""The bridge between the two clocks: why the money of orders placed in a period is not the money that moved in it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from data import reconciling
from data.filters import Condition, Field, Filter, Range, Text, Value
from data.measures import Measure
from data.store import Reader, Row
from services import clock, query
from services.analytics.answering import Answer, Asked
from services.analytics.meanings import column
from services.analytics.measures import Clock, Column, ColumnType
from services.analytics.spans import span_of
from services.analytics.words import chosen_currency, words
from services.errors import Invalid, store_errors
from services.language import _
from services.money import ZERO
from services.shop import Shop

MONEY = (Measure.PAID, Measure.REFUNDED, Measure.NET)


class Step(StrEnum):
    """The steps from one clock to the other; the words of the API."""

    BY_ORDER = "by_order"
    MOVED_BEFORE = "moved_before"
    MOVED_AFTER = "moved_after"
    OF_EARLIER_ORDERS = "of_earlier_orders"
    OF_LATER_ORDERS = "of_later_orders"
    BY_EVENT = "by_event"


# step -> (when placed, when moved) and whether it is taken away
_PARTS = {
    Step.MOVED_BEFORE: (("within", "before"), -1),
    Step.MOVED_AFTER: (("within", "after"), -1),
    Step.OF_EARLIER_ORDERS: (("before", "within"), 1),
    Step.OF_LATER_ORDERS: (("after", "within"), 1),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A step of the bridge: its money (negative where it is taken away), of how many orders, and their query."""

    step: Step
    paid: Decimal
    refunded: Decimal
    orders: int
    query: str

    @property
    def net(self) -> Decimal:
        """paid − refunded."""
        return self.paid - self.refunded


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the money by the day of the order to the money by its own day; the steps between add up to the gap."""

    first: date
    last: date
    currency: str
    spans: tuple[Span, ...]
    answer: Answer


def bridge(shop: Shop, filter: Filter, currency: str = "", read: Reader | None = None) -> Bridge:
    """The bridge of the period that the filter asks for by `placed` or `month`; what else it asks for narrows the
    orders; of a snapshot that is open already, where other answers must be of the same moment. Raises `Invalid` when it
    asks for no period."""
    profile = shop.profile()
    chosen = chosen_currency(currency) or profile.currency
    now = clock.now()
    first, last, rest = span_of(filter)
    if first is None or last is None:
        sentence = _("A bridge needs a period: ask for it by month:2026-03 or placed:2026-03-01..2026-03-31.")
        raise Invalid(sentence, {"q": sentence})
    given = {**words(chosen, clock.day(now, profile.time_zone)), "first": first, "last": last, "currency": chosen}
    with store_errors(), nullcontext(read) if read else shop.store.read() as reader:
        found = reconciling.bridge(reader, rest, given)
    parts = {(row["placed_when"], row["moved_when"]): row for row in found.rows}
    spans = tuple(_span(step, parts, rest, (first, last), chosen) for step in Step)
    rows = tuple(
        {"step": one.step.value, "orders": one.orders, "paid": one.paid, "refunded": one.refunded, "net": one.net}
        for one in spans
    )
    definition = _(
        "by_order: money of orders placed from {first} to {last}, whenever it moved; less what of it moved before "
        "(moved_before) or after (moved_after), and with what moved then of orders placed earlier or later, it is "
        "by_event: the money that moved in these days, in the time zone {zone}. Only orders in {currency}.",
        first=first.isoformat(), last=last.isoformat(), zone=profile.time_zone, currency=chosen,
    )  # fmt: skip
    columns = (
        Column("step", ColumnType.TEXT),
        Column("orders", ColumnType.COUNT, "orders"),
        *(column(one, chosen) for one in MONEY),
    )
    asked = Asked(MONEY, (), filter, Clock.ORDER, currency, name="bridge")
    told = Answer(asked, definition, profile.time_zone, chosen, columns, rows, found.sql, now)
    return Bridge(first, last, chosen, spans, told)


def _span(step: Step, parts: dict[tuple[str, str], Row], rest: Filter, days: tuple[date, date], currency: str) -> Span:
    if step in _PARTS:
        where, sign = _PARTS[step]
        rows = [parts[where]] if where in parts else []
    else:
        sign, place = 1, 0 if step is Step.BY_ORDER else 1
        rows = [row for where, row in parts.items() if where[place] == "within"]
    return Span(
        step,
        sign * sum((row["paid"] for row in rows), ZERO),
        sign * sum((row["refunded"] for row in rows), ZERO),
        sum(row["orders"] for row in rows) if step in _PARTS else 0,
        _query(step, rest, days, currency),
    )


def _query(step: Step, rest: Filter, days: tuple[date, date], currency: str) -> str:
    """The orders of a step, as the order list finds them."""
    first, last = days
    within, before = Range(first, last), Range(None, first, is_high_in=False)
    after = Range(last, None, is_low_in=False)
    placed: dict[Step, Value | None] = {
        Step.BY_EVENT: None, Step.OF_EARLIER_ORDERS: before, Step.OF_LATER_ORDERS: after,
    }  # fmt: skip
    moved: dict[Step, Value | None] = {
        Step.BY_ORDER: None, Step.MOVED_BEFORE: before, Step.MOVED_AFTER: after,
    }  # fmt: skip
    conditions = [Condition(Field.CURRENCY, (Text(currency),))]
    for field, asked in ((Field.PLACED, placed.get(step, within)), (Field.MOVED, moved.get(step, within))):
        if asked:
            conditions.append(Condition(field, (asked,)))
    return query.write(rest & Filter(tuple(conditions)))
