"""Values step by step in time: bars that stand on each other, lines, a curve; with what they are compared with, their
names at their ends, and what is unfinished drawn as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.parts.chart_frame import EDGE, FAINT, HEIGHT, HOVER, Chosen, drawn, is_narrow, label, palette, time_axes
from pages.parts.marks import Role, Series, Shape

# What stands before a name at the end of a line: drawn as the line is.
SIGNS = {Role.NOW: "■", Role.BEFORE: "– –", Role.YEAR_BEFORE: "· · ·"}
FEW_BARS = 4  # up to so many are kept slender


def over_time(
    ticks: Sequence[str],
    series: Sequence[Series],
    key: str,
    alt: str,
    chosen: Chosen | None = None,
    shape: Shape = Shape.BARS,
    height: int = HEIGHT,
) -> None:
    """Values step by step, the oldest first; `ticks` name the steps (a line break is `<br>`). Bars of several series
    stand on each other."""
    figure = go.Figure()
    colours = _colours(series)
    for at, one in enumerate(series):
        if shape is Shape.BARS and not one.role.is_beside:
            figure.add_trace(_bars(one, colours[at]))
        else:
            is_filled = shape is Shape.CURVE and one.role is Role.NOW and len(series) < 4
            if one.role.is_beside and shape is Shape.BARS:
                figure.add_trace(_halo(one))
            for line in _lines(one, colours[at], is_filled, is_on_bars=shape is Shape.BARS):
                figure.add_trace(line)
    parts = [one for one in series if not one.role.is_beside]
    is_stacked = shape is Shape.BARS and len(parts) > 1
    figure.update_layout(barmode="relative" if is_stacked else "group", selectdirection="h")
    least, most = _reach(series, is_stacked)
    time_axes(figure, ticks, least, most)
    right = _named(figure, series, colours, is_stacked, most - least, height)
    drawn(figure, height, key, alt, chosen, right)


def _colours(series: Sequence[Series]) -> list[str]:
    """A colour for each series, in the order of the look; the rest is quiet, what is compared with is lighter."""
    look = palette()
    own = {Role.REST: look.field_line, Role.BEFORE: look.before, Role.YEAR_BEFORE: look.before, Role.AVERAGE: look.ink}
    parts = iter(look.charts)
    return [own.get(one.role) or next(parts, look.field_line) for one in series]


def _bars(one: Series, colour: str) -> go.Bar:
    look = palette()
    return go.Bar(
        x=list(range(len(one.marks))),
        y=[mark.size for mark in one.marks],
        width=0.12 + 0.12 * len(one.marks) if len(one.marks) <= FEW_BARS else None,
        marker={
            "color": colour,
            "opacity": [FAINT if mark.is_faint else 1 for mark in one.marks],
            "pattern": {
                "shape": ["/" if mark.is_unfinished else "" for mark in one.marks],
                "fgcolor": colour,
                "bgcolor": look.surface,
                "size": 6,
                "solidity": 0.45,
            },
            "line": {"width": [1 if mark.is_unfinished else 0 for mark in one.marks], "color": colour},
        },
        customdata=[mark.told for mark in one.marks],
        hovertemplate=HOVER,
        name=label(one.name),
    )


def _lines(one: Series, colour: str, is_filled: bool, *, is_on_bars: bool = False) -> list[go.Scatter]:
    """The line, and where its time is unfinished a dotted end of it."""
    dash = {Role.BEFORE: "dash", Role.YEAR_BEFORE: "dot"}.get(one.role, "solid")
    width = 1.5 if one.role.is_beside and not is_on_bars else 2.25
    is_pointed = not one.role.is_beside and len(one.marks) <= 62
    whole = [None if mark.is_unfinished else mark.size for mark in one.marks]
    lines = [_line(one, whole, colour, dash, width, is_pointed)]
    if is_filled:
        lines[0].update(fill="tozeroy", fillcolor=_veil(colour))
    open_at = next((at for at, mark in enumerate(one.marks) if mark.is_unfinished), None)
    if open_at is not None:
        end = [mark.size if at >= open_at - 1 else None for at, mark in enumerate(one.marks)]
        lines.append(_line(one, end, colour, "dot", width, is_pointed).update(showlegend=False))
    return lines


def _line(one: Series, sizes: list[float | None], colour: str, dash: str, width: float, is_pointed: bool) -> go.Scatter:
    more: dict[str, Any] = {"hoverinfo": "skip"} if one.role is Role.AVERAGE else {"hovertemplate": HOVER}
    return go.Scatter(
        x=list(range(len(sizes))),
        y=sizes,
        mode="lines+markers" if is_pointed or sum(size is not None for size in sizes) < 2 else "lines",
        line={"color": colour, "width": width, "dash": dash},
        marker={"color": colour, "size": 6},
        customdata=[mark.told for mark in one.marks],
        name=label(one.name),
        **more,
    )


def _halo(one: Series) -> go.Scatter:
    """What lets a line be seen on bars."""
    return go.Scatter(
        x=list(range(len(one.marks))),
        y=[mark.size for mark in one.marks],
        mode="lines",
        line={"color": palette().surface, "width": 4.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _veil(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.10)"


def _reach(series: Sequence[Series], is_stacked: bool) -> tuple[float, float]:
    """The lowest and the highest value that is drawn."""
    values = [mark.size for one in series for mark in one.marks if mark.size is not None]
    if is_stacked:
        parts = [one for one in series if not one.role.is_beside]
        columns = [[mark.size or 0.0 for mark in marks] for marks in zip(*(one.marks for one in parts), strict=True)]
        values += [sum(value for value in column if value > 0) for column in columns]
        values += [sum(value for value in column if value < 0) for column in columns]
    return min(values, default=0.0), max(values, default=0.0)


def _named(
    figure: go.Figure, series: Sequence[Series], colours: list[str], is_stacked: bool, reach: float, height: int
) -> int:
    """Write the names of several series at the end of them, none upon another; how much room that takes. On a phone
    a legend above has them."""
    if len(series) < 2 or not series[0].marks:
        return EDGE
    if is_narrow():
        return EDGE + 1
    ends: list[tuple[float, str, str, str]] = []
    base = 0.0
    is_alone = sum(not one.role.is_beside for one in series) == 1  # then the title names it
    for one, colour in zip(series, colours, strict=True):
        if is_alone and not one.role.is_beside:
            continue
        last = next((mark.size for mark in reversed(one.marks) if mark.size is not None), 0.0)
        if is_stacked and not one.role.is_beside:
            last = one.marks[-1].size or 0.0
            ends.append((base + last / 2, one.name, colour, SIGNS[Role.NOW]))
            base += last
        else:
            ends.append((last, one.name, colour, SIGNS.get(one.role, SIGNS[Role.NOW])))
    for at, (name, colour, sign) in _apart(ends, 17 * (reach or 1) / max(1, height - 60)):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=at,
            text=f"<span style='color:{colour}'>{sign}</span> {label(name, 18)}",
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"color": palette().ink, "size": 13},
        )
    return min(160, 34 + 7 * min(18, max(len(name) for _value, name, *_rest in ends)))


def _apart(ends: list[tuple[float, str, str, str]], gap: float) -> list[tuple[float, tuple[str, str, str]]]:
    """Places of names so that none lies on another: pushed up from the lowest, then all of them down by half of it."""
    placed: list[tuple[float, tuple[str, str, str]]] = []
    at = float("-inf")
    pushed = 0.0
    for value, name, colour, sign in sorted(ends, key=lambda end: end[0]):
        at = max(value, at + gap)
        pushed = max(pushed, at - value)
        placed.append((at, (name, colour, sign)))
    return [(place - pushed / 2, said) for place, said in placed]
