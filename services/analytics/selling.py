"""One figure over time, told apart or not, beside what it was before: what the Sales screen shows.

Every answer comes through `ask`, so that whoever calls can keep answers; nothing else here touches the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.dimensions import Dimension, shown
from data.filters import Condition, Field, Filter, Range
from services.analytics import comparing, folding, graining, periods
from services.analytics.answering import Answer, Asked
from services.analytics.folding import Amount, Folded
from services.analytics.measures import Clock, is_additive
from services.analytics.narrowing import chosen
from services.analytics.periods import Named, Period
from services.analytics.wishes import Ask, Beside, Compare, Sales, Told, Wish, adds_up

FEW = 200  # values of which all are asked step by step; of more only those that are shown
MANY = 1_000_000  # days by values, of which parts on their own day are summed


def code(of: Dimension, row: Any) -> str:
    """What tells a row's value of a dimension from others."""
    return "\t".join(str(row[name]) for name in shown(of))


def sales(wish: Wish, ask: Ask) -> Sales:
    """What is wanted. Raises `Invalid` where the figure cannot be told apart so, and for what is no currency."""
    period, filter = _effective(wish)
    first, last = _reach(period)
    grain = graining.readable(wish.grain or graining.of_itself(first, last), first, last)
    if wish.is_of_event and grain is Dimension.HOUR:
        grain = Dimension.DAY
    asker = _Asker(wish, grain, ask)
    steps = tuple(comparing.steps(grain, first, last))
    by_step, amounts = asker.steps(filter, period, first, len(steps))
    before = asker.beside(filter, periods.before(period), len(steps)) if wish.compare.asks(Compare.BEFORE) else None
    year = asker.year(filter, period, first, len(steps)) if wish.compare.asks(Compare.YEAR) else None
    if year and before and year.period == before.period:
        year = None
    made = Sales(
        wish=wish,
        period=period,
        filter=filter,
        grain=grain,
        steps=steps,
        open_at=_open_at(grain, period, first, last),
        amounts=amounts,
        total=asker.total(filter, period, amounts),
        before=before,
        year=year,
        parts=(),
        rest=None,
        others=0,
        answer=by_step,
    )
    return _told_apart(made, wish.by, asker, first) if wish.by and by_step.rows else made


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks what a wish needs, in its figure, clock and currency."""

    wish: Wish
    grain: Dimension
    ask: Ask

    def by(self, by: tuple[Dimension, ...], filter: Filter) -> Answer:
        wish = self.wish
        counted = Clock.EVENT if wish.is_of_event else Clock.ORDER
        return self.ask(Asked((wish.figure,), by, filter, counted, wish.currency, MANY if len(by) > 1 else FEW * 500))

    def base(self, filter: Filter, period: Period) -> Filter:
        return filter if self.wish.is_of_event else filter & periods.as_filter(period)

    def steps(self, filter: Filter, period: Period, first: date, count: int) -> tuple[Answer, tuple[Any, ...]]:
        found = self.by((self.grain,), self.base(filter, period))
        if self.wish.is_of_event:
            days = self.by((Dimension.DAY,), filter).rows
            amounts = _rolled(days, self.grain, self.wish.figure.value, period, count)
        else:
            amounts = comparing.aligned(found.rows, self.grain, self.wish.figure.value, first, count)
        if not is_additive(self.wish.figure):
            return found, tuple(amounts)
        begun = count if self.grain is Dimension.HOUR else comparing.place(self.grain, first, period.begun_until) + 1
        return found, tuple(amount or 0 if at < begun else amount for at, amount in enumerate(amounts))

    def total(self, filter: Filter, period: Period, amounts: Sequence[Any]) -> Amount | None:
        if is_additive(self.wish.figure):
            return sum((one for one in amounts if one is not None), Decimal(0))
        rows = self.by((), self.base(filter, period)).rows
        return rows[0][self.wish.figure.value] if rows else None

    def beside(self, filter: Filter, period: Period | None, count: int) -> Beside | None:
        if period is None:
            return None
        _found, amounts = self.steps(filter, period, period.first, count)
        return Beside(period, self.total(filter, period, amounts), amounts)

    def year(self, filter: Filter, period: Period, first: date, count: int) -> Beside | None:
        if period.name is not Named.ALL:
            return self.beside(filter, periods.year_before(period), count)
        if period.at is None or first.year <= date.min.year + 1:
            return None
        # Of all there is: each step beside that of the year before it, today's only as far as today is.
        until = periods.a_year_before(period.at.date())
        own = filter if self.wish.is_of_event else filter & Filter((Condition(Field.PLACED, (Range(None, until),)),))
        found = self.by((self.grain,), own)
        start = first - timedelta(days=364) if self.grain is Dimension.WEEK else periods.a_year_before(first)
        amounts = comparing.aligned(found.rows, self.grain, self.wish.figure.value, start, count)
        return Beside(None, None, tuple(amounts))


def _told_apart(made: Sales, by: Dimension, asker: _Asker, first: date) -> Sales:
    """The largest parts over time, and the rest of them."""
    figure, grain, count = made.wish.figure, asker.grain, len(made.steps)
    is_whole = adds_up(figure, by)
    by_day: list[Any] = []
    if made.wish.is_of_event:
        by_day = _in(asker.by((Dimension.DAY, by), made.base).rows, made.period)
        rows = _summed(by_day, by, figure.value)
    else:
        rows = list(asker.by((by,), made.base).rows)
    folded = folding.top(rows, lambda row: code(by, row), figure.value, made.wish.top, made.total, is_whole)
    narrow = Filter(chosen((by,), [dict(part.row) for part in folded.parts])) if len(rows) > FEW else Filter()
    cells = asker.by((grain, by), made.base & narrow)

    def over_time(part: str) -> list[Amount | None]:
        own = [row for row in by_day or cells.rows if code(by, row) == part]
        if by_day:
            return _rolled(own, grain, figure.value, made.period, count)
        return comparing.aligned(own, grain, figure.value, first, count)

    before = _before(made, by, asker, narrow)
    parts = tuple(
        Told(
            part.code,
            dict(part.row),
            tuple(over_time(part.code)),
            part.amount,
            part.share,
            before.get(part.code),
        )
        for part in folded.parts
    )
    return replace(made, parts=parts, rest=_rest(made, folded, parts), others=folded.others, answer=cells)


def _rest(made: Sales, folded: Folded, parts: Sequence[Told]) -> Told | None:
    if folded.rest is None:
        return None
    amounts = folding.rest_of(made.amounts, [part.amounts for part in parts])
    before = None
    if made.before and made.before.total is not None:
        before = made.before.total - sum(part.before or 0 for part in parts)
    return Told("", {}, tuple(amounts), folded.rest, folded.rest_share, before)


def _before(made: Sales, by: Dimension, asker: _Asker, narrow: Filter) -> dict[str, Amount | None]:
    """What parts were in the period before, else a year before."""
    beside = made.before or made.year
    if beside is None or beside.period is None or made.wish.is_of_event:
        return {}
    found = asker.by((by,), asker.base(made.filter, beside.period) & narrow)
    return {code(by, row): row[made.wish.figure.value] for row in found.rows}


def _rolled(days: Sequence[Any], grain: Dimension, figure: str, period: Period, count: int) -> list[Amount | None]:
    """Rows by day as steps of time, of the days of a period that count."""
    made: list[Amount | None] = [None] * count
    for row in _in(days, period):
        at = comparing.place(grain, period.first, row[Dimension.DAY.value])
        if at < count:
            made[at] = (made[at] or Decimal(0)) + (row[figure] or 0)
    return made


def _in(days: Sequence[Any], period: Period) -> list[Any]:
    return [row for row in days if period.first <= row[Dimension.DAY.value] <= period.counts_until]


def _summed(days: Sequence[Any], by: Dimension, figure: str) -> list[dict[str, Any]]:
    """Rows by day, added up by part."""
    made: dict[str, dict[str, Any]] = {}
    for row in days:
        kept = made.setdefault(code(by, row), {**row, figure: Decimal(0)})
        kept[figure] += row[figure] or 0
    return list(made.values())


def _effective(wish: Wish) -> tuple[Period, Filter]:
    """Days that the filter asks for count as the period: so that they have a before."""
    period = wish.period
    if wish.is_of_event:
        return period, wish.filter
    first, last, rest = graining.lifted(period.first, period.last, wish.filter)
    if (first, last) == (period.first, period.last):
        return (period, wish.filter) if rest == wish.filter else (period, rest)
    return Period(first, last, Named.OWN, period.at), rest


def _reach(period: Period) -> tuple[date, date]:
    """The first and the last day that are drawn: what has begun of a period that has."""
    if period.at is None or period.is_future:
        return period.first, period.last
    return period.first, min(period.last, period.at.date())


def _open_at(grain: Dimension, period: Period, first: date, last: date) -> int | None:
    """The place of the step in which now is."""
    if not period.is_unfinished or period.at is None:
        return None
    return period.at.hour if grain is Dimension.HOUR else comparing.place(grain, first, last)
