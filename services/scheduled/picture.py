"""Charts as pictures for mails: what to draw and where, set into PNG by the press. Pure but for that.

Names of products and customers go to the press as data, so that no text is taken for a command, in any script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, log10
from typing import Any

from data.dimensions import CUTS, Dimension
from services import clock
from services.analytics import Answer, Column, saying
from services.analytics.dimensions import is_open
from services.analytics.strands import is_stranded, strands
from services.language import _
from services.messages.wording import line, shortened
from services.paper import press

WIDTH, MARGIN = 552.0, 12.0  # points; a mail is 600 wide
HEIGHT, ROW, CELL = 230.0, 26.0, 20.0
MOST_BARS, MOST_STEPS, MOST_CELLS = 10, 400, 40
WIDE_BARS = 62  # steps of time that are bars; more are a line
NINE_OF_TEN = "_p90"
WIDEST = 72.0  # points of a bar over time
LEFT, RIGHT, TOP, BOTTOM = 64.0, 8.0, 12.0, 36.0
NAMES, NAMED, LONGEST_NAME = 170.0, 120.0, 34  # room of names at the left and at the right, points
# The light side of the screens' charts.
ACCENT, INK, QUIET, RULE, REST = "#0f6b4f", "#1d1b16", "#6a655a", "#e7e3da", "#938d80"
SERIES = (ACCENT, "#c67a00", "#2f6fb0", "#c4553b", "#7a5aa6")
SIZE = 10.0

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Series:
    """Amounts at each step of time under one name; None where there is none."""

    name: str
    amounts: list[float | None]
    colour: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where values over time are drawn: `pace` points from step to step, from the lowest to the highest value."""

    pace: float
    low: float
    high: float

    def x(self, at: float) -> float:
        """Points from the left."""
        return LEFT + at * self.pace

    def y(self, value: float) -> float:
        """Points from the top."""
        return TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def pictures(answers: Sequence[tuple[Answer | None, str]]) -> list[bytes]:
    """A PNG for each answer and the kind in which it is drawn, empty bytes where there is nothing to draw. Raises
    `Unavailable` when the press fails."""
    drawn = [drawing(answer, kind) if answer else None for answer, kind in answers]
    made = iter(press.pictures("chart", {"charts": [one for one in drawn if one]})) if any(drawn) else iter([])
    return [next(made) if one else b"" for one in drawn]


def drawing(found: Answer, kind: str) -> dict[str, Any] | None:
    """What to draw: a page of `width` by `height` points, and its rectangles, lines and texts. None for a table, a
    single figure, and what has no rows."""
    if not found.asked.figures or not found.rows or not found.asked.by or kind == "table":
        return None
    column = _column(found)
    if not any(isinstance(row[column.name], int | float | Decimal) for row in found.rows):
        return None
    if is_stranded(found) and kind != "heat":
        return _over_time(found, kind)
    if len(found.asked.by) == 1:
        is_of_time = bool(CUTS[found.asked.by[0]].step) or found.asked.by[0] in (Dimension.HOUR, Dimension.WEEKDAY)
        return (
            _over_time(found, kind if kind in ("lines", "curve") else "bars") if is_of_time else _by_size(found, column)
        )
    return _heat(found, column) if kind == "heat" and len(found.asked.by) == 2 else None


def _column(found: Answer) -> Column:
    """The figure that is drawn."""
    return next(one for one in found.columns if one.name == found.asked.figures[0].value)


def _over_time(found: Answer, kind: str) -> dict[str, Any]:
    """Bars that stand on each other, or lines; what is not over is hatched or dotted."""
    steps, series = _series(found, kind)
    is_stacked = kind == "bars" and len(steps) <= WIDE_BARS
    columns = [[one.amounts[at] or 0.0 for one in series] for at in range(len(steps))]
    tops = [sum(max(value, 0.0) for value in own) if is_stacked else max(own) for own in columns]
    feet = [sum(min(value, 0.0) for value in own) if is_stacked else min(own) for own in columns]
    column = _column(found)
    scale = _ticks(min([0.0, *feet]), max([0.0, *tops]))
    names = len(series) > 1
    plot = WIDTH - LEFT - (NAMED if names else RIGHT)
    frame = _Frame(plot / len(steps), scale[0], scale[-1])
    items: list[Item] = []
    for step in scale:
        items.append(_rect(LEFT, frame.y(step) - 0.25, plot, 0.5, RULE))
        items.append(_text(0, frame.y(step) - 7, LEFT - 8, 14, _amount(step, column, found), QUIET, "right"))
    draw = _bars if is_stacked else _lines
    items += draw(series, frame, _open(found, steps), is_filled=kind == "curve")
    items += _ends(series, frame, is_stacked) if names else []
    of = found.asked.by[0]
    shown = _spread(len(steps), 12)
    for at in shown:
        wide = max(plot / len(shown), 30.0)
        x = min(max(frame.x(at + 0.5) - wide / 2, 0.0), WIDTH + MARGIN - wide)
        said = saying.tick(of, steps[at], at == shown[0]).split("\n")
        items.append(_text(x, HEIGHT - BOTTOM + 6, wide, 14, said[0], QUIET, "center"))
        items += [_text(x, HEIGHT - BOTTOM + 19, wide, 14, year, QUIET, "center") for year in said[1:]]
    return {"width": WIDTH, "height": HEIGHT, "items": items}


def _series(found: Answer, kind: str) -> tuple[list[Any], list[_Series]]:
    """Steps of time and what is drawn at each: parts of the figure, or the figures that can stand on one axis."""
    column = _column(found)
    if is_stranded(found):
        by = found.asked.by[1]
        steps, made = strands(found, column)
        names = [_name(saying.part(by, one.row)) if one.row else _("All others") for one in made]
        amounts = [[None if value is None else float(value) for value in one.amounts(found, column)] for one in made]
        colours = [SERIES[at] if one.row else REST for at, one in enumerate(made)]
        own = list(map(_Series, names, amounts, colours))
        cut = max(0, len(steps) - MOST_STEPS)
        return steps[cut:], [replace(one, amounts=one.amounts[cut:]) for one in own]
    rows = found.rows[-MOST_STEPS:]
    asked = {one.value for one in found.asked.figures}
    alike = [one for one in found.columns if one.name in asked and (one.type, one.unit) == (column.type, column.unit)]
    columns = alike[: len(SERIES)] if kind in ("lines", "curve") else [column]
    own = [
        _Series(
            _of_figure(one, columns),
            [None if row[one.name] is None else float(row[one.name]) for row in rows],
            SERIES[at],
        )
        for at, one in enumerate(columns)
    ]
    return [row[found.asked.by[0].value] for row in rows], own


def _of_figure(own: Column, columns: Sequence[Column]) -> str:
    """A figure's name beside its line; what half and what nine of ten take is told apart in a word."""
    names = {one.name for one in columns}
    if own.name.removesuffix(NINE_OF_TEN) + NINE_OF_TEN in names and len(names) == 2:
        return _("9 of 10") if own.name.endswith(NINE_OF_TEN) else _("half")
    return _name(saying.column_name(own))


def _open(found: Answer, steps: Sequence[Any]) -> int:
    """The place of the step that is not over; past the last where all are."""
    today = clock.day(found.asked_at, found.time_zone)
    return next((at for at, step in enumerate(steps) if is_open(found.asked.by[0], step, today)), len(steps))


def _bars(series: Sequence[_Series], frame: _Frame, open_at: int, *, is_filled: bool) -> list[Item]:
    items = []
    wide = min(frame.pace * 0.72, WIDEST)
    for at in range(len(series[0].amounts)):
        above = below = 0.0
        for one in series:
            value = one.amounts[at] or 0.0
            start = above if value >= 0 else below
            top, foot = frame.y(max(start, start + value)), frame.y(min(start, start + value))
            above, below = above + max(value, 0.0), below + min(value, 0.0)
            if value:
                bar = _rect(frame.x(at + 0.5) - wide / 2, top, wide, max(foot - top, 0.4), one.colour)
                items.append(bar | {"open": at >= open_at, "radius": 2 if len(series) == 1 else 0})
    return items


def _lines(series: Sequence[_Series], frame: _Frame, open_at: int, *, is_filled: bool) -> list[Item]:
    items: list[Item] = []
    for one in series:
        points = [
            (at, [frame.x(at + 0.5), frame.y(value)]) for at, value in enumerate(one.amounts) if value is not None
        ]
        whole = [point for at, point in points if at < open_at]
        end = [point for at, point in points if at >= open_at - 1]
        if is_filled and len(whole) > 1:
            foot = frame.y(0.0)
            area = [[whole[0][0], foot], *whole, [whole[-1][0], foot]]
            items.append({"kind": "area", "points": area, "colour": one.colour})
        for part, dash in ((whole, "solid"), (end, "dotted")):
            if len(part) > 1:
                items.append({"kind": "line", "points": part, "colour": one.colour, "dash": dash})
        if len(points) <= WIDE_BARS:
            items += [_rect(x - 2, y - 2, 4, 4, one.colour) | {"radius": 2} for _at, (x, y) in points]
    return items


def _ends(series: Sequence[_Series], frame: _Frame, is_stacked: bool) -> list[Item]:
    """The names of the series at their ends, none upon another."""
    ends, base = [], 0.0
    for one in series:
        last = next((value for value in reversed(one.amounts) if value is not None), 0.0)
        if is_stacked:
            last = one.amounts[-1] or 0.0
            base += last
        ends.append((frame.y(base - last / 2 if is_stacked else last), one))
    items: list[Item] = []
    low = HEIGHT - BOTTOM
    for y, one in sorted(ends, key=lambda end: -end[0]):
        low = min(y, low)
        left = WIDTH - NAMED + 6
        items.append(_rect(left, low - 3, 6, 6, one.colour) | {"radius": 1})
        items.append(
            _text(left + 11, low - 7, NAMED - 17, 14, shortened(one.name, 20).replace(" ", "\u00a0"), INK, "left")
        )
        low -= 14
    return items


def _by_size(found: Answer, column: Column) -> dict[str, Any]:
    rows = found.rows[:MOST_BARS]
    values = [max(float(row[column.name] or 0), 0.0) for row in rows]
    longest = max(values) or 1.0
    room = WIDTH - NAMES - 100
    items: list[Item] = []
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        y = 4 + at * ROW
        wide = max(value / longest * room, 0.6)
        items.append(_text(0, y, NAMES - 10, ROW - 6, _named(found, row), INK, "right"))
        items.append(_rect(NAMES, y, wide, ROW - 6, ACCENT) | {"radius": 2})
        said = saying.said(row[column.name], column, str(row.get("currency") or found.currency))
        items.append(_text(NAMES + wide + 6, y, 100, ROW - 6, said, INK, "left"))
    return {"width": WIDTH, "height": 8 + len(rows) * ROW, "items": items}


def _heat(found: Answer, column: Column) -> dict[str, Any] | None:
    down, across = found.asked.by
    names = {of: [_only(found, of, row) for row in found.rows] for of in (down, across)}
    lines, columns = (list(dict.fromkeys(sorted(names[of], key=_key))) for of in (down, across))
    if len(lines) > MOST_CELLS or len(columns) > MOST_CELLS:
        return None
    top = max(float(row[column.name] or 0) for row in found.rows) or 1.0
    wide = (WIDTH - NAMES) / len(columns)
    items: list[Item] = []
    for at, row in enumerate(found.rows):
        share = max(float(row[column.name] or 0), 0.0) / top
        x, y = columns.index(names[across][at]), lines.index(names[down][at])
        items.append(_rect(NAMES + x * wide + 0.5, y * CELL + 0.5, wide - 1, CELL - 1, _mixed(share)))
    for at, (_value, name) in enumerate(lines):
        items.append(_text(0, at * CELL, NAMES - 10, CELL, name, INK, "right"))
    for place in range(0, len(columns), max(1, -(-len(columns) // 8))):
        left = min(NAMES + (place + 0.5) * wide - 30, WIDTH - 60)
        items.append(_text(left, len(lines) * CELL + 3, 60, 15, columns[place][1], QUIET, "center"))
    return {"width": WIDTH, "height": len(lines) * CELL + 22, "items": items}


def _only(found: Answer, of: Dimension, row: dict[str, Any]) -> tuple[Any, str]:
    value = row.get(of.value)
    return ("" if value is None else value), shortened(line(saying.part(of, row)), LONGEST_NAME)


def _key(value: tuple[Any, str]) -> tuple[bool, Any, str]:
    """Numbers and days in their order, before texts in theirs."""
    return isinstance(value[0], str), value[0] if not isinstance(value[0], str) else 0, str(value[0]) or value[1]


def _named(found: Answer, row: dict[str, Any]) -> str:
    return _name(saying.row_name(found, row))


def _name(text: str) -> str:
    return shortened(line(text), LONGEST_NAME)


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from below `low` to above `high`, four or five of them."""
    reach = high - low or 1.0
    rough = reach / 4
    size = 10 ** floor(log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough * 0.999999)
    first = floor(low / step)
    made = [first * step]
    while made[-1] < high - step * 1e-9:
        made.append((first + len(made)) * step)
    return made if len(made) > 1 else [*made, made[0] + step]


def _amount(value: float, column: Column, found: Answer) -> str:
    own = Decimal(str(round(value, 6)))
    return saying.at_axis(own, column, found.currency)


def _spread(count: int, most: int) -> list[int]:
    """Places of at most so many of `count`, evenly, the last among them."""
    return list(range(count - 1, -1, -max(1, -(-count // most))))[::-1]


def _mixed(share: float) -> str:
    """The accent over white, the more the deeper; nothing is a trace of it."""
    own = 0.06 + 0.94 * share
    accent = (0x0F, 0x6B, 0x4F)
    return "#" + "".join(f"{round(255 + (one - 255) * own):02x}" for one in accent)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> Item:
    return {"kind": "rect", "x": x, "y": y, "width": width, "height": height, "colour": colour}


def _text(x: float, y: float, width: float, height: float, said: str, colour: str, side: str) -> Item:
    place = {"x": x, "y": y, "width": width, "height": height}
    return {"kind": "text", **place, "text": said, "colour": colour, "side": side, "size": SIZE}
