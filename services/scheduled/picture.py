"""Charts as pictures for mails: what to draw and where, set into PNG by the press. Pure but for that.

Names of products and customers go to the press as data, so that no text is taken for a command, in any script.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import floor, log10
from typing import Any

from data.dimensions import CUTS, Dimension
from services.analytics import Answer, Column, saying
from services.messages.wording import line, shortened
from services.paper import press

WIDTH = 552.0  # points; a mail is 600 wide
HEIGHT, ROW, CELL = 230.0, 26.0, 20.0
MOST_BARS, MOST_STEPS, MOST_CELLS = 10, 400, 40
WIDE_BARS = 62  # steps of time that are bars; more are a line
LEFT, RIGHT, TOP, BOTTOM = 64.0, 8.0, 12.0, 24.0
NAMES, LONGEST_NAME = 170.0, 34
ACCENT, INK, QUIET, RULE = "#0f6b4f", "#1d1b16", "#6a655a", "#e7e3da"
SIZE = 10.0

Item = dict[str, Any]


def pictures(answers: Sequence[tuple[Answer | None, str]]) -> list[bytes]:
    """A PNG for each answer and the kind in which it is drawn, empty bytes where there is nothing to draw. Raises
    `Unavailable` when the press fails."""
    drawn = [drawing(answer, kind) if answer else None for answer, kind in answers]
    made = iter(press.pictures("chart", {"charts": [one for one in drawn if one]})) if any(drawn) else iter([])
    return [next(made) if one else b"" for one in drawn]


def drawing(found: Answer, kind: str) -> dict[str, Any] | None:
    """What to draw: a page of `width` by `height` points, and its rectangles, lines and texts. None for a table, a
    single figure, and what has no rows."""
    column = next((one for one in found.columns if one.name == found.asked.figures[0].value), None)
    if column is None or not found.rows or not found.asked.by or kind == "table":
        return None
    known = [row for row in found.rows if isinstance(row[column.name], int | float | Decimal)]
    if not known:
        return None
    if len(found.asked.by) == 1:
        is_of_time = bool(CUTS[found.asked.by[0]].step) or found.asked.by[0] in (Dimension.HOUR, Dimension.WEEKDAY)
        return _over_time(found, column) if is_of_time else _by_size(found, column)
    return _heat(found, column) if kind == "heat" and len(found.asked.by) == 2 else None


def _over_time(found: Answer, column: Column) -> dict[str, Any]:
    rows = found.rows[-MOST_STEPS:]
    values = [float(row[column.name] or 0) for row in rows]
    steps = _ticks(min([0.0, *values]), max([0.0, *values]))
    low, high = steps[0], steps[-1]
    plot, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * tall

    items: list[Item] = []
    for step in steps:
        items.append(_rect(LEFT, y(step) - 0.25, plot, 0.5, RULE))
        items.append(_text(0, y(step) - 6, LEFT - 8, _amount(step, column, found), QUIET, "right"))
    pace = plot / len(values)
    if len(values) <= WIDE_BARS:
        for at, value in enumerate(values):
            top, foot = y(max(value, 0.0)), y(min(value, 0.0))
            items.append(_rect(LEFT + at * pace + pace * 0.14, top, pace * 0.72, max(foot - top, 0.4), ACCENT))
    else:
        items.append({"kind": "line", "points": [[LEFT + (at + 0.5) * pace, y(v)] for at, v in enumerate(values)]})
    for at in _spread(len(values), 6):
        wide = plot / min(len(values), 6)
        x = min(max(LEFT + (at + 0.5) * pace - wide / 2, LEFT), LEFT + plot - wide) if len(values) > 1 else LEFT
        items.append(_text(x, HEIGHT - BOTTOM + 7, wide, _named(found, rows[at]), QUIET, "center"))
    return {"width": WIDTH, "height": HEIGHT, "items": items}


def _by_size(found: Answer, column: Column) -> dict[str, Any]:
    rows = found.rows[:MOST_BARS]
    values = [max(float(row[column.name] or 0), 0.0) for row in rows]
    longest = max(values) or 1.0
    room = WIDTH - NAMES - 100
    items: list[Item] = []
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        y = 4 + at * ROW
        wide = max(value / longest * room, 0.6)
        items.append(_text(0, y + 4, NAMES - 10, _named(found, row), INK, "left"))
        items.append(_rect(NAMES, y, wide, ROW - 6, ACCENT))
        said = saying.said(row[column.name], column, str(row.get("currency") or found.currency))
        items.append(_text(NAMES + wide + 6, y + 4, 100, said, QUIET, "left"))
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
        items.append(_text(0, at * CELL + 4, NAMES - 10, name, INK, "left"))
    for place in _spread(len(columns), 8):
        left = min(NAMES + place * wide, WIDTH - 60)
        items.append(_text(left, len(lines) * CELL + 4, 60, columns[place][1], QUIET, "left"))
    return {"width": WIDTH, "height": len(lines) * CELL + 22, "items": items}


def _only(found: Answer, of: Dimension, row: dict[str, Any]) -> tuple[Any, str]:
    value = row.get(of.value)
    return ("" if value is None else value), shortened(line(saying.part(of, row)), LONGEST_NAME)


def _key(value: tuple[Any, str]) -> tuple[bool, Any, str]:
    """Numbers and days in their order, before texts in theirs."""
    return isinstance(value[0], str), value[0] if not isinstance(value[0], str) else 0, str(value[0]) or value[1]


def _named(found: Answer, row: dict[str, Any]) -> str:
    return shortened(line(saying.row_name(found, row)), LONGEST_NAME)


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
    """Places of at most so many of `count`, evenly."""
    if count <= most:
        return list(range(count))
    return [int((at + 0.5) * count / most) for at in range(most)]


def _mixed(share: float) -> str:
    """The accent over white, the more the deeper; nothing is a trace of it."""
    own = 0.06 + 0.94 * share
    accent = (0x0F, 0x6B, 0x4F)
    return "#" + "".join(f"{round(255 + (one - 255) * own):02x}" for one in accent)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> Item:
    return {"kind": "rect", "x": x, "y": y, "width": width, "height": height, "colour": colour}


def _text(x: float, y: float, width: float, said: str, colour: str, side: str) -> Item:
    return {"kind": "text", "x": x, "y": y, "width": width, "text": said, "colour": colour, "side": side, "size": SIZE}
