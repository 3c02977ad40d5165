"""From an answer to what a chart draws of it: a mark for each row, told by the row's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from data.dimensions import Dimension
from pages.parts import figure_words
from pages.parts.marks import Mark, Role, Series
from services import clock
from services.analytics import Answer, Column
from services.analytics.dimensions import is_open
from services.analytics.selling import code
from services.analytics.strands import is_stranded, strands
from services.language import _


def figure_columns(found: Answer) -> list[Column]:
    """The columns that hold figures."""
    return [column for column in found.columns if column.type.is_figure]


def alike(found: Answer) -> list[Column]:
    """The first figure, and those that can stand on the same axis: of its type and unit."""
    first = found.asked.figures[0]
    columns = [column for column in figure_columns(found) if column.name in {one.value for one in found.asked.figures}]
    own = next(column for column in columns if column.name == first.value)
    return [own, *(one for one in columns if one is not own and (one.type, one.unit) == (own.type, own.unit))]


def mark(found: Answer, place: int, column: Column, prefix: str = "") -> Mark:
    """The mark of a row's figure."""
    row = found.rows[place]
    return Mark(
        str(place),
        prefix + figure_words.row_name(found, row),
        row[column.name],
        figure_words.said(row[column.name], column, str(row.get("currency") or found.currency)),
        is_unfinished=is_unfinished(found, row),
    )


def ticks(found: Answer) -> list[str]:
    """The names of steps of time under a chart."""
    of = found.asked.by[0]
    steps = dict.fromkeys(row[of.value] for row in found.rows)
    return [figure_words.tick(of, step, at == 0) for at, step in enumerate(steps)]


def over_time(found: Answer, name: Callable[[Column], str]) -> list[Series]:
    """A series for each figure that can stand on the axis; `name` gives a column's name for people. Told apart by one
    thing more: one for each of the largest, and the rest."""
    columns = alike(found)
    if is_stranded(found):
        return _side_by_side(found, columns[0])
    return [
        Series(
            name(column),
            [
                mark(found, at, column, f"{name(column)} · " if len(columns) > 1 else "")
                for at in range(len(found.rows))
            ],
            Role.NOW,
        )
        for column in columns
    ]


def _side_by_side(found: Answer, column: Column) -> list[Series]:
    of, by = found.asked.by
    steps, made = strands(found, column)
    series = []
    for one in made:
        name = figure_words.part(by, one.row) if one.row else _("All others")
        marks = []
        for step, places, amount in zip(steps, one.places, one.amounts(found, column), strict=True):
            said = figure_words.said(amount, column, found.currency)
            key = str(places[0]) if one.row and places else ""
            is_now = is_open(of, step, clock.day(found.asked_at, found.time_zone))
            marks.append(Mark(key, f"{figure_words.value(of, step)} · {name}", amount, said, is_unfinished=is_now))
        series.append(Series(name, marks, Role.NOW if one.row else Role.REST))
    return series


def field(found: Answer) -> tuple[list[str], list[str], list[list[Mark | None]]]:
    """The names down, the names across and the cells of an answer by two dimensions."""
    down, across = found.asked.by[:2]
    column = alike(found)[0]
    rows, columns = _values(found, down), _values(found, across)
    cells: list[list[Mark | None]] = [[None] * len(columns) for _ in rows]
    for place, row in enumerate(found.rows):
        at = rows[code(down, row)][0], columns[code(across, row)][0]
        cells[at[0]][at[1]] = mark(found, place, column)
    return [name for _at, name in rows.values()], [name for _at, name in columns.values()], cells


def _values(found: Answer, of: Dimension) -> dict[str, tuple[int, str]]:
    """The values of a dimension by code: place and name. Days of the week and hours are all there, in their order."""
    whole: dict[Dimension, Sequence[int]] = {Dimension.WEEKDAY: range(1, 8), Dimension.HOUR: range(24)}
    if of in whole:
        return {str(one): (at, figure_words.value(of, one)) for at, one in enumerate(whole[of])}
    made: dict[str, tuple[int, str]] = {}
    for row in found.rows:
        made.setdefault(code(of, row), (len(made), figure_words.part(of, row)))
    return made


def is_unfinished(found: Answer, row: Mapping[str, Any]) -> bool:
    """Whether the row's step of time is not over."""
    of = found.asked.by[0] if found.asked.by else None
    return of is not None and is_open(of, row[of.value], clock.day(found.asked_at, found.time_zone))
