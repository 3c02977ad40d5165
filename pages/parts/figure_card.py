"""A figure card: what every chart of every screen stands in. Title with unit, the chart, and a quiet row of tools:
what the figure means, the orders behind it, the same as a table, as a file, as a picture, wide, kept.

`show(shop, title, Asked(...), Kind.SIZES, key="countries")` is all that a screen needs. A click or a lasso narrows the
query in the address, and all cards of the screen follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Any

import streamlit as st

from data.dimensions import CUTS
from data.filters import Filter, Range, Text, Value
from data.measures import Measure
from pages.parts import charts, figure_marks, figure_tools, figure_words, tables
from pages.parts.charts import Chosen, Mark, Shape
from pages.parts.figure_tools import Lead
from pages.parts.list_address import ListView
from pages.parts.remembered import remembered
from pages.parts.running import acting
from services import clock, query
from services.analytics import Answer, Asked, Column, ask
from services.analytics.dimensions import ABOUT, conditions
from services.analytics.meanings import MEANINGS, figure
from services.analytics.narrowing import narrowed
from services.language import _, current, n_, number
from services.shop import Shop

MOST_BARS = 10
MOST_STEPS = 400  # steps of time that a chart shows; of more, the latest
MOST_LINES = 200  # rows of the table on the screen; files have them all

Draw = Callable[[Answer, str, str, Chosen | None], None]


class Kind(StrEnum):
    """How an answer is drawn; the words of the address. One dimension of time: bars, lines or a curve; another one:
    sizes; two: heat. A table is always possible; how marks by two figures are drawn (scatter) says the screen."""

    BARS = "bars"
    LINES = "lines"
    CURVE = "curve"
    SIZES = "sizes"
    HEAT = "heat"
    SCATTER = "scatter"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Ways:
    """What a screen may want otherwise. `draw(answer, key, alt, chosen)` draws in the place of `kind`; `most` is how
    many bars by size are shown; `lead` is the figure that stands above the chart; `orders` the query of *Show the
    orders* where it is not the card's own filter; `table(answer)` draws the table in the place of the
    usual one, `columns` are the figures of that, all unless said; `nothing` is said where there is no row;
    `unit` stands beside the title in the place of the figure's own."""

    draw: Draw | None = None
    table: Callable[[Answer], None] | None = None
    most: int = MOST_BARS
    lead: Lead | None = None
    orders: str | None = None
    columns: Sequence[str] = ()
    unit: str = ""
    narrows: bool = True
    note: str = ""
    nothing: str = ""


AS_USUAL = Ways()


def answered(shop: Shop, asked: Asked) -> Answer:
    """The answer, asked of the store only if it has changed since; days that pass and the language count too."""
    profile = shop.profile()
    today = clock.day(clock.now(), profile.time_zone)
    return remembered(
        shop, ("figure", asked, current(), today, profile.currency, profile.time_zone), lambda: ask(shop, asked)
    )


def show(shop: Shop, title: str, asked: Asked | Answer, kind: Kind, key: str, ways: Ways = AS_USUAL) -> Answer:
    """Draw a card; what it shows is given back. Asked by size, the bars that the filter has not chosen stand there
    too, faint: so that another can be chosen. `key` names the card on its screen and in file names."""
    found = asked if isinstance(asked, Answer) else answered(shop, with_unchosen(asked, kind))
    wanted = asked.asked if isinstance(asked, Answer) else asked
    with st.container(key=f"figure_{key}"):
        is_table = figure_tools.head(
            title, found, kind.value, wanted, key, ways.lead, _orders(found, wanted, ways), ways.unit
        )
        if not found.rows:
            _nothing(wanted, ways.nothing)
        elif is_table and ways.table:
            ways.table(found)
        elif is_table or (kind is Kind.TABLE and ways.draw is None):
            st.html(as_table(found, ways.columns))
        else:
            alt = _alt(title, found)
            chosen = _narrowing(found) if ways.narrows and _can_narrow(found) else None
            (ways.draw or _draw(kind, wanted, ways.most))(found, f"chart_{key}", alt, chosen)
        if ways.note:
            st.html(f"<p class='ct-figure-note'>{escape(ways.note)}</p>")
    return found


def as_table(found: Answer, columns: Sequence[str] = ()) -> str:
    """An answer as a table, in words; of many rows the first, and how many there are."""
    shown = [column for column in found.columns if column.type.is_figure and (not columns or column.name in columns)]
    heads = [" · ".join(ABOUT[of].name() for of in found.asked.by), *(column_name(column) for column in shown)]
    rows = [
        [
            escape(figure_words.row_name(found, row)) or escape(_("All")),
            *(_cell(found, row, one, at == 0) for at, one in enumerate(shown)),
        ]
        for row in found.rows[:MOST_LINES]
    ]
    html = tables.table(heads, rows, numbers=range(1, len(heads)), kind="ct-figures")
    if len(found.rows) > MOST_LINES:
        more = _("{shown} of {count} rows. The files have them all.", shown=MOST_LINES, count=number(len(found.rows)))
        html += f"<p class='ct-figure-note'>{escape(more)}</p>"
    return html


def _cell(found: Answer, row: Mapping[str, Any], column: Column, is_first: bool) -> str:
    """A figure of a row; the first leads to the orders behind it."""
    text = escape(figure_words.said(row[column.name], column, str(row.get("currency", found.currency))))
    own = next((one for one in found.asked.figures if one.value == column.name), None)
    behind = found.behind(row, own) if is_first and own and row[column.name] else None
    return text if behind is None else f"<a href='{escape(ListView(q=behind).link)}' target='_self'>{text}</a>"


def column_name(column: Column) -> str:
    """What people call a figure."""
    known = {one.value: meaning for one, meaning in MEANINGS.items()}
    return known[column.name].name() if column.name in known else column.name


def with_unchosen(asked: Asked, kind: Kind) -> Asked:
    """What is asked, without what the filter says of the dimensions that the card itself shows by size."""
    if kind not in (Kind.SIZES, Kind.HEAT):
        return asked
    filter = asked.filter
    for of in asked.by:
        field = ABOUT[of].field
        if field is not None and not CUTS[of].step:
            filter = filter.without_field(field)
    return replace(asked, filter=filter)


def _draw(kind: Kind, wanted: Asked, most: int) -> Draw:
    """The chart of a kind."""
    if kind is Kind.SIZES:
        return lambda found, key, alt, chosen: charts.by_size(sizes(found, wanted, most), key, alt, chosen)
    if kind is Kind.HEAT:
        return lambda found, key, alt, chosen: charts.heat(*field(found, wanted), key, alt, chosen)
    shape = Shape(kind.value)

    def over_time(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
        before = _rows_before(found)
        latest = replace(found, rows=found.rows[before:])
        series = figure_marks.over_time(latest, column_name)
        of_all = chosen and (lambda keys: chosen(tuple(str(int(one) + before) for one in keys)))
        charts.over_time(figure_marks.ticks(latest), series, key, alt, of_all, shape)

    return over_time


def _rows_before(found: Answer) -> int:
    """How many rows are of steps of time before those that a chart shows."""
    of = found.asked.by[0].value
    steps = list(dict.fromkeys(row[of] for row in found.rows))
    first = steps[-MOST_STEPS:][0]
    return next(at for at, row in enumerate(found.rows) if row[of] == first)


def sizes(found: Answer, wanted: Asked, most: int) -> list[Mark]:
    """The longest bars."""
    return bars(found, wanted, range(min(most, len(found.rows))))


def bars(found: Answer, wanted: Asked, places: Iterable[int]) -> list[Mark]:
    """Bars of the rows at some places; those that the filter has not chosen are faint."""
    column = figure_marks.alike(found)[0]
    return [
        replace(figure_marks.mark(found, place, column), is_faint=not _is_chosen(found.rows[place], wanted, True))
        for place in places
    ]


def field(found: Answer, wanted: Asked) -> tuple[list[str], list[str], list[list[Mark | None]]]:
    """The cells of a heat; those that the filter has chosen are framed."""
    down, across, cells = figure_marks.field(found)
    for row in cells:
        for at, cell in enumerate(row):
            if cell is not None and _is_chosen(found.rows[int(cell.key)], wanted, False):
                row[at] = replace(cell, is_chosen=True)
    return down, across, cells


def _is_chosen(row: Mapping[str, Any], wanted: Asked, otherwise: bool) -> bool:
    """Whether the filter asks for what a row says of its dimensions; `otherwise` where it asks nothing of them."""
    is_asked = False
    for of in wanted.by:
        field = ABOUT[of].field
        asked = [one for one in wanted.filter.conditions if one.field is field and not one.is_negated]
        own = conditions(of, dict(row)) or ()
        for condition in asked:
            is_asked = True
            if not any(_meets(value, condition.values) for one in own for value in one.values):
                return False
    return is_asked or otherwise


def _meets(value: Value, asked: Sequence[Value]) -> bool:
    """Whether a value is among those that are asked for, or within them."""
    number = Decimal(value.text) if isinstance(value, Text) and value.text.isdigit() else None
    spans = [one for one in asked if isinstance(one, Range) and isinstance(one.low, Decimal)]
    return value in asked or (number is not None and any(_within(number, span) for span in spans))


def _within(number: Decimal, span: Range) -> bool:
    low, high = span.low, span.high
    return (not isinstance(low, Decimal) or low <= number) and (not isinstance(high, Decimal) or number <= high)


def _can_narrow(found: Answer) -> bool:
    return bool(found.asked.by) and all(ABOUT[of].field is not None for of in found.asked.by)


def _narrowing(found: Answer) -> Chosen:
    """What a click on marks does: the query in the address takes over what their rows say."""

    @acting
    def narrow(keys: tuple[str, ...]) -> None:
        rows = [found.rows[int(key)] for key in keys if key.isdigit() and int(key) < len(found.rows)]
        today = clock.day(found.asked_at, found.time_zone)
        narrow_to(narrowed(query.parse(st.query_params.get("q", "")), found.asked.by, rows, today))

    return narrow


def narrow_to(filter: Filter) -> None:
    """Put a filter into the address; in a callback, before the screen is drawn."""
    st.query_params["q"] = query.write(filter)


def _orders(found: Answer, wanted: Asked, ways: Ways) -> str | None:
    """The query of the orders behind the whole card."""
    if ways.orders is not None:
        return ways.orders
    first = next((one for one in wanted.figures), Measure.PLACED)
    return replace(found, asked=replace(wanted, by=())).behind({}, figure(first.value))


def _nothing(wanted: Asked, otherwise: str = "") -> None:
    sentence = otherwise or (
        _("No order here: loosen the filters, or choose another currency.")
        if wanted.filter or wanted.currency
        else _("There is no order yet.")
    )
    st.html(f"<div class='ct-figure-empty'>{escape(sentence)}</div>")


def _alt(title: str, found: Answer) -> str:
    """What a screen reader says of the chart."""
    count = n_("{count} value", "{count} values", len(found.rows))
    return _("{title}, as a chart of {values}. The table has them.", title=title, values=count)
