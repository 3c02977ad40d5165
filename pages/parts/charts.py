"""Charts of the house: over time (bars, lines, curve), by size, heat, scatter. Names of customers and products are
escaped before they reach Plotly, which reads HTML in labels.

Each takes what it shows as data, and `chosen`, which is told the keys of marks that were clicked or drawn around.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.parts.chart_frame import (
    EDGE,
    FAINT,
    HEIGHT,
    HOVER,
    LONGEST_LABEL,
    Chosen,
    drawn,
    is_narrow,
    label,
    palette,
    scale,
)
from pages.parts.chart_over_time import over_time
from pages.parts.marks import Mark, Point, Role, Series, Shape

NARROW_LABEL = 20  # characters of a name beside a bar, on a phone
LETTER = 7.2  # pixels of a letter beside a bar, at most

__all__ = ["Chosen", "Mark", "Point", "Role", "Series", "Shape", "by_size", "heat", "over_time", "scatter"]


def by_size(marks: Sequence[Mark], key: str, alt: str, chosen: Chosen | None = None) -> None:
    """Lying bars from top to bottom as they come, each with its amount beside it, and a stroke where it stood
    before."""
    look = palette()
    sizes = [mark.size or 0.0 for mark in marks]
    beside = [_beside(mark) for mark in marks]
    befores = [float(mark.before) for mark in marks if mark.before is not None]
    places = list(range(len(marks)))
    figure = go.Figure(
        go.Bar(
            x=sizes,
            y=places,
            orientation="h",
            marker={"color": look.accent, "opacity": [FAINT if mark.is_faint else 1 for mark in marks]},
            customdata=[mark.told for mark in marks],
            hovertemplate=HOVER,
        )
    )
    if befores:
        figure.add_trace(
            go.Scatter(
                x=[mark.before for mark in marks],
                y=places,
                mode="markers",
                marker={"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": look.before}},
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[max(mark.size or 0.0, float(mark.before or 0), 0.0) for mark in marks],
            y=places,
            mode="text",
            text=[f" {label(text, 40)}" for text in beside],
            textposition="middle right",
            cliponaxis=False,
            textfont={"color": look.ink, "size": 12},
            hoverinfo="skip",
        )
    )
    longest = max([*sizes, *befores, 0.0])
    written = LETTER * max((min(40, len(text)) for text in beside), default=0)
    figure.update_xaxes(visible=False, fixedrange=True, range=[min([*sizes, 0.0]), longest or 1])
    figure.update_yaxes(
        tickvals=places,
        ticktext=[label(mark.name, NARROW_LABEL if is_narrow() else LONGEST_LABEL) for mark in marks],
        range=[len(marks) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"color": look.ink},
    )
    figure.update_layout(selectdirection="v")
    drawn(figure, max(100, 24 + 34 * len(marks)), key, alt, chosen, beyond=int(written) + EDGE)


def _beside(mark: Mark) -> str:
    """What stands beside a bar; on a phone the amount alone, so that its name has room."""
    text = mark.short or mark.said
    return text.split(" · ")[0] if is_narrow() else text


def heat(
    down: Sequence[str],
    across: Sequence[str],
    cells: Sequence[Sequence[Mark | None]],
    key: str,
    alt: str,
    chosen: Chosen | None = None,
) -> None:
    """A field of cells, `cells[row][column]`, the more the deeper; a cell without a mark stays empty, one that is
    chosen has a frame."""
    look = palette()
    shown = [cell for row in cells for cell in row if cell is not None and cell.amount is not None]
    most = max((cell.size or 0.0 for cell in shown), default=1.0)
    figure = go.Figure(
        go.Heatmap(
            z=[[cell.size if cell else None for cell in row] for row in cells],
            customdata=[[cell.told if cell else ["", "", ""] for cell in row] for row in cells],
            colorscale=[[0, look.hover], [1, look.accent]],
            zmin=min([0.0, *(cell.size or 0.0 for cell in shown)]),
            zmax=most or 1,
            xgap=2,
            ygap=2,
            hoverongaps=False,
            hovertemplate=HOVER,
            showscale=False,
        )
    )
    # A heat map cannot be chosen from: marks of no colour lie on its cells.
    on = [(x, y, cell) for y, row in enumerate(cells) for x, cell in enumerate(row) if cell is not None]
    figure.add_trace(
        go.Scatter(
            x=[x for x, _y, _cell in on],
            y=[y for _x, y, _cell in on],
            mode="markers",
            marker={"size": 22, "symbol": "square", "opacity": 0},
            customdata=[cell.told for _x, _y, cell in on],
            hovertemplate=HOVER,
        )
    )
    for x, y, cell in on:
        if cell.is_chosen:
            figure.add_shape(
                type="rect", x0=x - 0.47, x1=x + 0.47, y0=y - 0.46, y1=y + 0.46, line={"color": look.ink, "width": 2}
            )
    ticks = [at for at in range(len(across)) if len(across) <= 14 or at % 3 == 0]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[label(across[at]) for at in ticks],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        range=[-0.5, len(across) - 0.5],
    )
    figure.update_yaxes(
        tickvals=list(range(len(down))),
        ticktext=[label(name) for name in down],
        range=[len(down) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"color": look.ink},
    )
    drawn(figure, max(140, 40 + 32 * len(down)), key, alt, chosen)


def scatter(points: Sequence[Point], across: str, up: str, key: str, alt: str, chosen: Chosen | None = None) -> None:
    """Marks by two figures, whose names with their units stand at the axes."""
    look = palette()
    figure = go.Figure(
        go.Scatter(
            x=[point.across for point in points],
            y=[point.up for point in points],
            mode="markers",
            marker={
                "size": [point.size for point in points],
                "color": look.accent,
                "opacity": [FAINT if point.mark.is_faint else 0.8 for point in points],
                "line": {"width": 1, "color": look.surface},
            },
            customdata=[point.mark.told for point in points],
            hovertemplate=HOVER,
        )
    )
    for axis, title, values in (
        (figure.update_xaxes, across, [point.across for point in points]),
        (figure.update_yaxes, up, [point.up for point in points]),
    ):
        places, texts = scale(min(values, default=0), max(values, default=1))
        axis(
            title={"text": label(title, 60), "font": {"size": 13, "color": look.quiet}},
            tickvals=places,
            ticktext=texts,
            gridcolor=look.line,
            zeroline=False,
            fixedrange=True,
        )
    drawn(figure, HEIGHT, key, alt, chosen)
