"""Charts of the house: bars over time and bars by size, in the look's colours, with numbers as the language writes
them. Names of customers or products never reach Plotly unescaped: it reads HTML in labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.tokens import DARK, LIGHT, Palette
from services.language import current

LONGEST_LABEL = 28  # characters of a name beside its bar


@dataclass(frozen=True)
class Bar:
    """A bar: its name, how long it is, and how its length is written."""

    name: str
    amount: Decimal
    said: str


def over_time(bars: Sequence[Bar], key: str, alt: str) -> int | None:
    """Upright bars, oldest first. The place of the bar that was clicked, None when none was."""
    figure = go.Figure(
        go.Bar(
            x=list(range(len(bars))),
            y=[float(bar.amount) for bar in bars],
            marker={"color": _palette().accent, "cornerradius": 3},
            customdata=[[escape(bar.name), escape(bar.said)] for bar in bars],
            hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        )
    )
    step = max(1, -(-len(bars) // 12))
    ticks = list(range(len(bars) - 1, -1, -step))[::-1]
    figure.update_xaxes(tickvals=ticks, ticktext=[escape(bars[at].name) for at in ticks], tickangle=0, showgrid=False)
    figure.update_yaxes(showgrid=True, gridcolor=_palette().line, zeroline=False, tickformat=",.0f", nticks=6)
    return _drawn(figure, 320, key, alt)


def by_size(bars: Sequence[Bar], key: str, alt: str) -> int | None:
    """Lying bars, the longest on top, each with its amount beside it. The place of the bar that was clicked."""
    palette = _palette()
    longest = max((float(bar.amount) for bar in bars), default=0.0)
    figure = go.Figure(
        go.Bar(
            x=[float(bar.amount) for bar in bars],
            y=list(range(len(bars))),
            orientation="h",
            marker={"color": palette.accent, "cornerradius": 3},
            text=[escape(bar.said) for bar in bars],
            textposition="outside",
            cliponaxis=False,
            textfont={"color": palette.ink},
            customdata=[[escape(bar.name), escape(bar.said)] for bar in bars],
            hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        )
    )
    figure.update_xaxes(visible=False, range=[min(0.0, *(float(bar.amount) for bar in bars), 0.0), longest * 1.28 or 1])
    names = [escape(_short(bar.name)) for bar in bars]
    figure.update_yaxes(tickvals=list(range(len(bars))), ticktext=names, autorange="reversed", showgrid=False)
    return _drawn(figure, max(140, 40 + 34 * len(bars)), key, alt)


def _drawn(figure: go.Figure, height: int, key: str, alt: str) -> int | None:
    palette = _palette()
    separators = ", " if current() == "fr" else ".,"
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": palette.quiet, "size": 13},
        separators=separators,
        bargap=0.28,
        hoverlabel={"bgcolor": palette.surface, "bordercolor": palette.line, "font": {"color": palette.ink}},
    )
    asked: Any = st.plotly_chart(
        figure,
        key=key,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )
    points = asked.selection["point_indices"] if asked else []
    return int(points[0]) if points else None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"


def _palette() -> Palette:
    return DARK if st.context.theme.type == "dark" else LIGHT
