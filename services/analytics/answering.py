"""Asking for an answer: figures under a filter of the order list, each with the orders behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from data import questions
from data.dimensions import CUTS, Dimension, Fact
from data.filters import Condition, Field, Filter, Range, Text
from data.measures import Measure
from data.questions import Question
from data.store import Reader, Row
from services import clock, query
from services.analytics import dimensions
from services.analytics.meanings import MEANINGS, column, divided
from services.analytics.measures import Clock, Column, ColumnType, Figure, Ratio, needed
from services.analytics.words import chosen_currency, words
from services.errors import Invalid, store_errors
from services.language import _
from services.money import plain, rounded
from services.orders.statuses import PaymentStatus
from services.shop import Shop

NO_FILTER = Filter()
TENTH = Decimal("0.1")
# Money that moved, which has a day and a method of its own.
MOVED = frozenset({Measure.PAID, Measure.REFUNDED, Measure.NET, Measure.MOVEMENTS})
# What happened besides, on days that the order list does not know.
HAPPENED = frozenset({
    Measure.ATTEMPTS, Measure.FAILURES, Measure.FAILED_AMOUNT, Measure.REFUNDS, Measure.REFUND_AMOUNT, Measure.MAILS,
    Measure.MAILS_DELIVERED, Measure.MAILS_FAILED, Ratio.REFUND_RATE, Ratio.FAILURE_RATE,
})  # fmt: skip
# Figures in which cancelled orders count.
WITH_CANCELLED = frozenset({
    *MOVED, *HAPPENED, Measure.CANCELLED_ORDERS, Measure.FIRST_ON, Measure.LAST_ON,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `figures` by `by` of the orders under `filter`, in one currency (the shop's own when empty; every
    currency, told apart, when it is among `by`), by the clock's day, at most `limit` rows. `days` leaves out what
    counts on other days by that clock, from the first to the last. `name` is the report's, or empty."""

    figures: tuple[Figure, ...]
    by: tuple[Dimension, ...] = ()
    filter: Filter = NO_FILTER
    clock: Clock = Clock.ORDER
    currency: str = ""
    limit: int = 100_000
    name: str = ""
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures that explain themselves. `rows` are by column name: money as `Decimal`, days as `date`, months as
    `2026-03`, shares in percent. `sql` can be run as it stands; `asked_at` is UTC."""

    asked: Asked
    definition: str
    time_zone: str
    currency: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sql: str
    asked_at: datetime

    @property
    def name(self) -> str:
        """The report's name, else the figures and what they are told apart by."""
        return self.asked.name or "_".join([*(one.value for one in self.asked.figures), *map(str, self.asked.by)])

    @property
    def filter(self) -> str:
        """The filter as the search box has it."""
        return query.write(self.asked.filter)

    def behind(self, row: Mapping[str, Any], figure: Figure = Measure.PLACED) -> str | None:
        """The query that lists the orders of a row, whose totals make its `placed`, or None where no query can: what
        the order list cannot be asked for. Of money counted on its own day these are the orders whose money moved then.
        Money that moved is also that of cancelled orders: they are left out only where `figure` does not count them."""
        figure = figure if figure in self.asked.figures or self.asked.clock is Clock.ORDER else self.asked.figures[0]
        has_moved = self.asked.clock is Clock.EVENT and figure in MOVED
        if self.asked.clock is Clock.EVENT and figure in HAPPENED and _is_by_day(self.asked):
            return None
        own = []
        if self.asked.days:
            own.append(Condition(Field.MOVED if has_moved else Field.PLACED, (Range(*self.asked.days),)))
        is_of_movements = Fact.MOVEMENTS in (questions.facts(Question(needed(self.asked.figures), self.asked.by)) or {})
        for dimension in self.asked.by:
            found = dimensions.conditions(dimension, dict(row), clock.day(self.asked_at, self.time_zone))
            if has_moved and (dimension in (Dimension.WEEKDAY, Dimension.HOUR) or CUTS[dimension].step):
                found = dimensions.moved(dimension, row[dimension.value])
            if found is None:
                return None
            if is_of_movements and dimension is Dimension.PAYMENT_METHOD:
                found = tuple(replace(condition, field=Field.MOVED_BY) for condition in found)
            own += found
            own += self._not_more(dimension, row)
        if not any(condition.field is Field.CURRENCY for condition in own):
            own.append(Condition(Field.CURRENCY, (Text(self.currency),)))
        if figure is Measure.RETURNING_CUSTOMERS:
            own.append(Condition(Field.CUSTOMER_ORDERS, (Range(Decimal(2)),)))
        if figure not in WITH_CANCELLED:
            own.append(Condition(Field.PAYMENT, (Text(PaymentStatus.CANCELLED.value),), is_negated=True))
        return query.write(self.asked.filter & Filter(tuple(own)))

    def _not_more(self, dimension: Dimension, row: Mapping[str, Any]) -> tuple[Condition, ...]:
        """Orders with two coupons have a row of their own: the row of one of them must leave them out."""
        field = dimensions.ABOUT[dimension].field
        if dimension not in (Dimension.COUPON, Dimension.TAG) or not field or not row[dimension.value]:
            return ()
        own = set(row[dimension.value].split(", "))
        sets = [set(other[dimension.value].split(", ")) for other in self.rows]
        more = sorted({one for other in sets if own < other for one in other - own})
        return (Condition(field, tuple(map(Text, more)), is_negated=True),) if more else ()


def only(found: Answer, one: Figure) -> Answer:
    """The same answer, telling of one of its figures."""
    kept = {column.name for column in found.columns if not column.type.is_figure} | {one.value}
    currency = "" if any(column.name == Dimension.CURRENCY for column in found.columns) else found.currency
    return replace(
        found,
        asked=replace(found.asked, figures=(one,), name=""),
        definition=_definition(_about((one,), found.asked.clock, found.time_zone, currency, found.asked.days)),
        columns=tuple(column for column in found.columns if column.name in kept),
    )


def ask(shop: Shop, asked: Asked, read: Reader | None = None) -> Answer:
    """The figures that are asked for; of a snapshot that is open already, where several answers must be of one moment.
    Raises `Invalid` where figures and what they are told apart by do not go together, and for what is no currency."""
    profile = shop.profile()
    chosen = chosen_currency(asked.currency) or profile.currency
    is_apart = Dimension.CURRENCY in asked.by and not asked.currency
    asks = Question(
        needed(asked.figures),
        asked.by,
        None if is_apart else chosen,
        asked.clock is Clock.EVENT,
        asked.limit,
        asked.days,
    )
    _check(asked, asks)
    now = clock.now()
    columns = (
        *(one for dimension in asked.by for one in dimensions.columns(dimension)),
        *(column(one, "" if is_apart else chosen) for one in asked.figures),
    )
    about = _about(asked.figures, asked.clock, profile.time_zone, "" if is_apart else chosen, asked.days)
    with store_errors(), nullcontext(read) if read else shop.store.read() as reader:
        found = questions.ask(reader, asks, asked.filter, words(chosen, clock.day(now, profile.time_zone)), about)
    return Answer(
        asked=asked,
        definition=_definition(about),
        time_zone=profile.time_zone,
        currency=chosen,
        columns=columns,
        rows=tuple(_figures(row, asked, columns, row.get("currency", chosen)) for row in found.rows),
        sql=found.sql,
        asked_at=now,
    )


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the API writes it: money as text with the currency's decimals."""
    return {
        "name": answer.name,
        "definition": answer.definition,
        "filter": answer.filter,
        "time_zone": answer.time_zone,
        "currency": answer.currency,
        "columns": [{"name": c.name, "type": c.type.value, "unit": c.unit} for c in answer.columns],
        "rows": [
            {c.name: _written(row[c.name], c, row.get("currency", answer.currency)) for c in answer.columns}
            for row in answer.rows
        ],
        "sql": answer.sql,
    }


def _check(asked: Asked, asks: Question) -> None:
    """Refuse what no fact can answer."""
    parts = questions.facts(asks) if asks.measures else None
    if parts is None:
        names = ", ".join(one.value for one in asked.figures)
        sentence = _(
            "{figures} cannot be told apart by {by} together.", figures=names or "—", by=", ".join(asked.by) or "—"
        )
        raise Invalid(sentence, {"by": sentence})
    if asks.is_of_event and Fact.LINES in parts and _is_by_day(asked):
        sentence = _("What products brought counts on the day of the order only; leave out clock=event.")
        raise Invalid(sentence, {"clock": sentence})


def _is_by_day(asked: Asked) -> bool:
    """Whether it matters on which day money counts."""
    return asked.days is not None or any(CUTS[dimension].step for dimension in asked.by)


def _definition(about: Sequence[str]) -> str:
    return "; ".join(about) + "."


def _about(
    figures: Sequence[Figure], counted: Clock, zone: str, currency: str, days: tuple[date, date] | None = None
) -> list[str]:
    """What figures are, on which day they count, and in which currency unless it is told apart (empty)."""
    when = {
        Clock.ORDER: _("All of it counts on the day on which its order was placed"),
        Clock.EVENT: _("Orders count on the day on which they were placed, money on the day on which it moved"),
    }[counted]
    made = [MEANINGS[one].sentence() for one in figures]
    made.append(_("{when}, in the time zone {zone}", when=when, zone=zone))
    if days:
        made.append(_("Only what counts from {first} to {last}", first=days[0].isoformat(), last=days[1].isoformat()))
    return [*made, _("Only orders in {currency}", currency=currency)] if currency else made


def _figures(row: Row, asked: Asked, columns: tuple[Column, ...], currency: str) -> Row:
    """A row by columns: counts as `int`, sums as they are, a ratio to the currency's smallest unit or to a tenth."""
    made = {**row}
    for one in asked.figures:
        if isinstance(one, Ratio):
            made[one.value] = _rounded(divided(one, row), MEANINGS[one].type, currency)
    return {c.name: int(made[c.name]) if c.type is ColumnType.COUNT else made[c.name] for c in columns}


def _rounded(ratio: Decimal | None, kind: ColumnType, currency: str) -> Decimal | None:
    if ratio is None:
        return Decimal(0) if kind is ColumnType.MONEY else None
    return rounded(ratio, currency) if kind is ColumnType.MONEY else ratio.quantize(TENTH, ROUND_HALF_UP)


def _written(value: Any, of: Column, currency: str) -> Any:
    if isinstance(value, Decimal):
        return plain(value, currency) if of.type is ColumnType.MONEY else f"{value.normalize():f}"
    return value if isinstance(value, int | str) or value is None else value.isoformat()
