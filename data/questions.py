"""Questions of the figures: measures by dimensions, put together into one statement under a filter of the order list.

The statement reads from the inside out: the orders that match, the facts about them (`queries/facts/`), the figures by
what they are told apart by, and, where these follow each other in time, the calendar without gaps.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from data import kept, measures, product_costs
from data.ageing import GAVE_A_STATUS
from data.conditions import Where
from data.dimensions import AGAIN, AGAIN_STEP, CUTS, WHO, Cut, Dimension, Fact, local_hour, shown
from data.filters import Filter
from data.measures import Measure
from data.store import Reader, Row
from data.written_sql import indented, used, written_in

# What stands in its own order, not by size.
_IN_ORDER = (Dimension.WEEKDAY, Dimension.HOUR, Dimension.COHORT)
# Figures that are not known where there is nothing, instead of zero.
_UNKNOWN = frozenset(measure for measure in Measure if "_hours" in measure or "_days" in measure) | {
    Measure.FIRST_ON,
    Measure.LAST_ON,
    Measure.LAST_SOLD_ON,
    Measure.COST,
    Measure.MARGIN,
}

# Facts about payments, kept with what their orders are known by.
_OF_PAYMENTS = (Fact.MOVEMENTS, Fact.ATTEMPTS, Fact.REFUNDS)
# What every fact has, made of the day and the moment on which it counts.
_DATED = frozenset({"day", "month", "moment", "hour"})

FOLDER = Path(__file__).parent / "queries" / "facts"


@dataclass(frozen=True, slots=True)
class Question:
    """`measures` by `by`. Of `currency`, or of every currency when None: then `by` must tell them apart. `is_of_event`
    lets money count on the day on which it moved. `days` leaves out what counts on other days, from the first to the
    last. At most `limit` rows."""

    measures: tuple[Measure, ...]
    by: tuple[Dimension, ...] = ()
    currency: str | None = None
    is_of_event: bool = False
    limit: int = 100_000
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows by column name, and the SQL that made them with its values written in, ready to be asked again."""

    rows: list[Row]
    sql: str


def facts(question: Question) -> dict[Fact, tuple[Measure, ...]] | None:
    """Which fact answers which measures; None when there is no fact that has a measure and all of `by`."""
    made: dict[Fact, tuple[Measure, ...]] = {}
    for measure in question.measures:
        having = (
            fact for fact in Fact if measure in measures.SQL[fact] and all(fact in CUTS[d].facts for d in question.by)
        )
        fact = next(having, None)
        if fact is None:
            return None
        made[fact] = (*made.get(fact, ()), measure)
    return made


def ask(
    read: Reader, question: Question, filter: Filter, words: Mapping[str, object], about: Sequence[str] = ()
) -> Found:
    """What the orders under `filter` answer; `words` are the values of the `$names` in the SQL, `about` says in
    sentences what the statement gives, for its first lines."""
    where = Where(read, filter)
    sql = _statement(question, where.sql)
    first, last = question.days or (None, None)
    own = {"currency": question.currency, "zone": read.zone, "first_day": first, "last_day": last}
    params = used(sql, {**words, **own} | where.params)
    comment = "".join(f"-- {line}\n" for line in about)
    laid_out = kept.lay_out(read) if Fact.LINES in (facts(question) or {}) else ""
    if laid_out:  # in a table that goes with this snapshot
        return Found(read.rows(_statement(question, where.sql, laid_out), params), comment + written_in(sql, params))
    names = [*(column for dimension in question.by for column in shown(dimension)), *map(str, question.measures)]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in read.known(sql, params)]
    return Found(rows, comment + written_in(sql, params))


def _plain(value: object) -> object:
    """A value as `Reader.rows` gives it."""
    return str(value) if isinstance(value, UUID) else value


def _statement(question: Question, where: str, laid_out: str = "") -> str:
    parts = facts(question) or {}
    own = "o.currency = $currency and " if question.currency else ""
    asked = own + where
    steps = []
    for fact, some in parts.items():
        has_way = Fact.JOURNEYS in parts
        made = _kept_steps(fact, some, question, asked, laid_out, has_way)
        made = made or _fact_steps(fact, some, question, asked, has_way)
        steps += [step for step in made if step not in steps]
    if any(re.search(r"\bmatched\b", step) for step in steps):
        steps.insert(0, f"matched as (\n    select *\n    from orders o\n    where {asked}\n)")
    names = [f"{fact}_figures" for fact in parts]
    columns = [column for dimension in question.by for column in shown(dimension)]
    using = f" using ({', '.join(columns)})" if columns else ""
    join = " full join " if columns else " cross join "
    steps.append(
        f"answer as (\n    select *\n    from {names[0]}{''.join(join + name + using for name in names[1:])}\n)"
    )
    if len(question.by) == 1 and CUTS[question.by[0]].step:
        end = _calendar(question.by[0], question.measures, steps)
    else:
        end = _listed(question)
    return "with " + ",\n".join(steps) + f"\n{end}"


def _fact_steps(fact: Fact, some: Sequence[Measure], question: Question, where: str, has_way: bool) -> list[str]:
    """A fact about the orders that match, and its figures."""
    figures = _figures(fact, question.by, {one: measures.SQL[fact][one] for one in some}, question.days)
    steps = kept.order_rows(has_way) if kept.named(figures, "c") or fact is Fact.JOURNEYS else []
    told = _columns(question.by)
    if fact is Fact.JOURNEYS:
        steps.append(f"journey_rows as (\n{indented(_matching('order_rows', 'order_figures', where, told))}\n)")
    elif fact in _OF_PAYMENTS or (fact is Fact.ORDERS and question.is_of_event):
        rows = _matching("payment_rows", "payment_figures", where, told)
        steps += [*kept.payment_rows(), f"moved_rows as (\n{indented(rows)}\n)"]
    rows = indented(_fact(fact, question.is_of_event))
    return [*steps, f"{fact}_facts as (\n{rows}\n)", f"{fact}_figures as (\n{indented(figures)}\n)"]


def _columns(by: Sequence[Dimension]) -> set[str]:
    """The columns of a fact that tell its rows apart."""
    texts = [text for one in by for text in (CUTS[one].key, *(sql for _, sql in CUTS[one].columns))]
    return kept.named(" ".join(texts), "f") - _DATED


def _matching(rows: str, table: str, where: str, told: Collection[str]) -> str:
    """The `rows` of a kept `table` of the orders that match, with those of the columns `told` that only orders have."""
    beside = sorted(set(told) - kept.columns(table))
    if beside:
        columns = ", ".join(f"m.{name}" for name in beside)
        return f"select o.*, {columns}\nfrom {rows} o\njoin matched m on m.id = o.id"
    if not kept.has_all(table, kept.named(where, "o")):
        where = "o.id in (select id from matched)"
    return f"select *\nfrom {rows} o\nwhere {where}"


def _kept_steps(
    fact: Fact, some: Sequence[Measure], question: Question, where: str, laid_out: str, has_way: bool
) -> list[str] | None:
    """The same from rows that are kept, None where these do not do."""
    sql = {one: measures.SQL[fact][one] for one in some}
    if fact is Fact.LINES:
        return _line_steps(some, question, where, laid_out, sql, has_way)
    figures = _figures(fact, question.by, sql, question.days)
    if fact is not Fact.ORDERS or question.is_of_event:
        return None
    if not kept.named(figures, "c") and Dimension.HOUR not in question.by:
        return None
    # the order is its own row there
    figures = re.sub(r"\bc\.(?=\w)", "f.", figures.replace(WHO, ""))
    if not kept.has_all("order_figures", _asked(figures) | kept.named(where, "o")):
        return None
    rows = f"{fact}_facts as (\n{indented(_dated('order_rows', where))}\n)"
    return [*kept.order_rows(has_way), rows, f"{fact}_figures as (\n{indented(figures)}\n)"]


def _line_steps(
    some: Sequence[Measure], question: Question, where: str, laid_out: str, sql: dict[Measure, str], has_way: bool
) -> list[str]:
    """Figures of lines: by the days of products where these know enough, else by lines, beside which stands what only
    their orders know."""
    by, asked = question.by, kept.named(where, "o")
    if kept.may_sum_days(some, by, asked):
        figures = _figures(Fact.LINES, by, sql | {m: o for m, o in measures.OF_DAYS.items() if m in sql}, question.days)
        steps, rows = kept.product_rows(laid_out), _dated("product_rows", where)
    else:
        if first := kept.first(by):
            sql |= {measure: own.format(first=first) for measure, own in measures.FIRST_LINES.items() if measure in sql}
        figures = _figures(Fact.LINES, by, sql, question.days)
        steps = kept.line_rows(laid_out, Dimension.TAX_RATE in by)
        is_again = bool(kept.named(figures, "a"))
        steps += kept.order_rows(has_way) if is_again or kept.named(figures, "c") else []
        steps += [AGAIN_STEP] if is_again else []
        beside = sorted(_asked(figures) - kept.columns("line_shares"))
        if beside:
            rows = _dated("line_rows", "true", beside)
        elif asked <= kept.columns("line_shares") - kept.OF_LINES:
            rows = _dated("line_rows", where)
        else:
            rows = _dated("line_rows", "o.id in (select id from matched)")
    steps.append(f"lines_facts as (\n{indented(rows)}\n)")
    return [*steps, *product_costs.steps(figures), f"lines_figures as (\n{indented(figures)}\n)"]


def _dated(rows: str, where: str, beside: Sequence[str] = ()) -> str:
    """Kept rows as a fact of the orders that match, with what stands `beside` them in these."""
    columns = "".join(f", m.{name}" for name in beside)
    join = "\njoin matched m on m.id = o.id" if beside else ""
    hour = "o.placed_hour" if rows == "order_rows" else local_hour("o.placed_at")
    dated = f"o.placed_on as day, o.placed_month as month, o.placed_at as moment, {hour} as hour"
    shown = f"o.*{columns}, {dated}"
    return f"select {shown}\nfrom {rows} o{join}\nwhere {where}"


def _asked(figures: str) -> set[str]:
    """The columns of the orders that figures are made of."""
    return kept.named(figures, "f") - _DATED


def _figures(
    fact: Fact, by: Sequence[Dimension], sql: Mapping[Measure, str], days: tuple[date, date] | None = None
) -> str:
    """The figures of a fact by what they are told apart by; `sql` is how each is made, `days` those that count."""
    cuts = [(dimension, CUTS[dimension]) for dimension in by]
    selected = [
        f"{key} as {name}" for dimension, cut in cuts for name, key in cut.columns or ((dimension.value, _first(cut)),)
    ]
    selected += [f"{own} as {measure}" for measure, own in sql.items()]
    grouped = "group by " + ", ".join(cut.key for _, cut in cuts) if cuts else "having count(*) > 0"
    joined = WHO if any(kept.named(text, "c") for text in (*selected, grouped)) else ""
    joined += AGAIN if any(kept.named(text, "a") for text in selected) else ""
    joined += product_costs.beside(*selected, grouped)
    counted = "\nwhere f.day between $first_day and $last_day" if days else ""
    return "select\n    " + ",\n    ".join(selected) + f"\nfrom {fact}_facts f{joined}{counted}\n{grouped}"


def _calendar(dimension: Dimension, some: Sequence[Measure], steps: list[str]) -> str:
    """Every step of time from the first to the last, also those without figures."""
    cut = CUTS[dimension]
    steps.append(
        "calendar as (\n"
        f"    select cast(unnest(generate_series(min({dimension}), max({dimension}), interval {cut.step})) as date) "
        f"as {dimension}\n    from answer\n)"
    )
    listed = [f"{cut.text.format(f'calendar.{dimension}')} as {dimension}", *(_filled(measure) for measure in some)]
    return (
        "select\n    " + ",\n    ".join(listed) + f"\nfrom calendar left join answer using ({dimension})\n"
        f"order by calendar.{dimension}"
    )


def _listed(question: Question) -> str:
    named = [
        f"{cut.text.format(f'answer.{dimension}')} as {dimension}" if cut.step else ", ".join(shown(dimension))
        for dimension, cut in ((dimension, CUTS[dimension]) for dimension in question.by)
    ]
    listed = [*named, *(_filled(measure) for measure in question.measures)]
    columns = [column for dimension in question.by for column in shown(dimension)]
    order = columns if _is_of_time(question.by) else [f"{_size(question.measures)} desc nulls last", *columns]
    ordered = f"\norder by {', '.join(f'answer.{one}' for one in order)}" if columns else ""
    return "select\n    " + ",\n    ".join(listed) + f"\nfrom answer{ordered}\nlimit {question.limit}"


def _filled(measure: Measure) -> str:
    """A sum of nothing is zero; a time or a day of nothing is not known."""
    return f"answer.{measure}" if measure in _UNKNOWN else f"coalesce(answer.{measure}, 0) as {measure}"


def _first(cut: Cut) -> str:
    return cut.first.format(cut.key) if cut.step else cut.key


def _is_of_time(by: Sequence[Dimension]) -> bool:
    return bool(by) and bool(CUTS[by[0]].step or by[0] in _IN_ORDER)


def _size(some: Sequence[Measure]) -> Measure:
    return Measure.PLACED if Measure.PLACED in some else some[0]


@lru_cache(maxsize=64)
def _fact(fact: Fact, is_of_event: bool) -> str:
    """The SQL of a fact, its day that of the order or of what happened."""
    moment = "moved_at" if is_of_event else "placed_at"
    if fact is Fact.WAITING or (fact is Fact.ORDERS and is_of_event):
        moment = "moment"
    own = FOLDER / f"{fact}_of_event.sql"
    text = (own if is_of_event and own.exists() else FOLDER / f"{fact}.sql").read_text(encoding="utf-8").strip()
    return (
        text.replace("{gave_a_status}", GAVE_A_STATUS)
        .replace("{day}", "moved_on" if is_of_event else "placed_on")
        .replace("{month}", "moved_month" if is_of_event else "placed_month")
        .replace("{hour}", local_hour(moment))
        .replace("{moment}", moment)
    )
