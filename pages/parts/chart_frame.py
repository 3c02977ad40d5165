"""What all charts of the house share: colours, type, axes with our own numbers, and what a click or a lasso chose."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.running import acting
from pages.parts.tokens import DARK, LIGHT, Palette
from services.language import number

LONGEST_LABEL = 28  # characters of a name beside its mark
MOST_TICKS, FEW_TICKS = 12, 5  # names under a chart, on a wide screen and on a phone
NARROW = "charts_are_narrow"
HEIGHT = 320
EDGE = 8  # pixels around a chart
HOVER = "%{customdata[1]}<br><b>%{customdata[2]}</b><extra></extra>"
FAINT = 0.35  # how much is left of a mark that was not chosen while others were
Chosen = Callable[[tuple[str, ...]], None]  # is told the keys of the marks that were clicked or lassoed


def palette() -> Palette:
    """The side of the look that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def is_narrow() -> bool:
    """Whether the reader looks on a phone: a figure card of this session told so."""
    return bool(st.session_state.get(NARROW))


def label(name: str, longest: int = LONGEST_LABEL) -> str:
    """A name of ours or of others as Plotly shows it as it is: it reads HTML in labels."""
    return escape(name if len(name) <= longest else name[: longest - 1].rstrip() + "…")


def scale(least: float, most: float) -> tuple[list[float], list[str]]:
    """Four or five round values from `least` to `most`, always with zero, and how they are written."""
    low, high = min(0.0, least), max(0.0, most)
    rough = (high - low) / 4 or 1
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    count = round((high - low) / step + 0.4999)
    values = [round(low // step * step + step * at, 9) for at in range(count + 2)]
    kept = [value for value in values if low - step * 0.01 <= value <= high + step * 0.51]
    return kept, [_said(value) for value in kept]


def _said(value: float) -> str:
    return number(int(value)) if value == int(value) else number(round(value, 3))  # type: ignore[arg-type]


def some(count: int) -> list[int]:
    """The places of the names that fit under a chart, the last among them."""
    most = FEW_TICKS if is_narrow() else MOST_TICKS
    return list(range(count - 1, -1, -max(1, -(-count // most))))[::-1]


def time_axes(figure: go.Figure, ticks: Sequence[str], least: float, most: float) -> None:
    """Steps of time below, round values at the left with the quietest lines."""
    shown = some(len(ticks))
    figure.update_xaxes(
        tickvals=shown,
        ticktext=[ticks[at] for at in shown],
        tickangle=0,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        range=[-0.6, len(ticks) - 0.4],
    )
    values, texts = scale(least, most)
    top = max(values[-1], most * 1.03) if most > 0 else values[-1]
    figure.update_yaxes(
        tickvals=values,
        ticktext=texts,
        gridcolor=palette().line,
        zeroline=False,
        fixedrange=True,
        range=[min(values[0], least * 1.03), top or 1],
    )


def drawn(
    figure: go.Figure,
    height: int,
    key: str,
    alt: str,
    chosen: Chosen | None,
    right: int = EDGE,
    beyond: int = 0,
) -> None:
    """Put the chart on the screen. `alt` says to a screen reader what it shows; a click, or an area drawn around
    marks, tells `chosen` their keys before anything else of the screen is drawn. `right` is the room of names at the
    end of lines, which stand above on a phone; `beyond` that of what is written there on a phone too."""
    look = palette()
    figure.update_layout(
        height=height,
        margin={"l": EDGE, "r": beyond or (EDGE if is_narrow() else right), "t": 8, "b": 8},
        showlegend=is_narrow() and right > EDGE,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": look.quiet, "size": 13},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False, "traceorder": "normal"},
        bargap=0.28,
        barcornerradius=3,
        hoverlabel={"bgcolor": look.surface, "bordercolor": look.line, "font": {"color": look.ink}, "align": "left"},
        modebar={"bgcolor": "rgba(0,0,0,0)"},
    )
    more: dict[str, Any] = {}
    visit = st.session_state.setdefault(f"{key}_visit", 0)  # a fresh chart after a choice: nothing is chosen in it
    if chosen:
        more = {"on_select": _choosing(key, visit, chosen), "selection_mode": ("points", "box", "lasso")}
    st.plotly_chart(
        figure,
        key=f"{key}_{visit}",
        config={"displayModeBar": True, "toImageButtonOptions": {"filename": key, "scale": 2}},
        alt=alt,
        **more,
    )


def _choosing(key: str, visit: int, chosen: Chosen) -> Callable[[], None]:
    @acting
    def choose() -> None:
        asked: Any = st.session_state.get(f"{key}_{visit}")
        points = asked.selection["points"] if asked else []
        keys = tuple(dict.fromkeys(str(point["customdata"][0]) for point in points if point.get("customdata")))
        if any(keys):
            st.session_state[f"{key}_visit"] = visit + 1
            chosen(tuple(one for one in keys if one))

    return choose
