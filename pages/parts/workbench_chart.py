"""An answer as a chart: bars, lines or dots, over one column of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.tokens import DARK, LIGHT, Palette
from services.language import _, current, number
from services.workbench import Answer, Column, Kind

KINDS = ("bars", "stacked", "lines", "dots")
MOST_BARS, MOST_POINTS, MOST_SERIES = 120, 5000, 8
_NOTHING = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn: a kind, the column along the foot, those that are measured, and the one that splits them."""

    kind: str
    x: int
    ys: tuple[int, ...]
    split: int | None


def show(run_id: str, answer: Answer) -> None:
    """Draw the choices and the chart."""
    measured = [at for at, column in enumerate(answer.columns) if column.kind is Kind.NUMBER]
    if not measured:
        said = _("There is no number to draw: count or add up something.")
        st.html(f"<div class='ct-card-empty'>{escape(said)}</div>")
        return
    choice = _chosen(answer, measured)
    drawn, notice = _within_bounds(answer, choice)
    if notice:
        st.html(f"<p class='ct-quiet ct-sql-notice' role='status'>{escape(notice)}</p>")
    st.plotly_chart(
        figure(answer.columns, drawn, choice),
        key=f"sql_chart_{run_id}",
        config={"displayModeBar": False},
        alt=_("{measure} by {dimension}", measure=_names(answer, choice.ys), dimension=answer.columns[choice.x].name),
    )


def _chosen(answer: Answer, measured: Sequence[int]) -> Choice:
    """What a person chose, beginning with what suits the columns."""
    names = [column.name for column in answer.columns]
    kept: dict[str, Any] = st.session_state.get("sql_chart", {})
    others = [at for at in range(len(names)) if at not in measured] or list(range(len(names)))
    x_first = names.index(kept["x"]) if kept.get("x") in names else others[0]
    y_first = [names.index(name) for name in kept.get("ys", ()) if name in names] or [
        at for at in measured if at != x_first
    ][:1]
    kind_first = kept.get("kind") if kept.get("kind") in KINDS else _suited(answer.columns[x_first])
    with st.container(horizontal=True, vertical_alignment="bottom", key="sql_choices"):
        kind = st.selectbox(
            _("Kind"), KINDS, KINDS.index(str(kind_first)), format_func=_kind_name, key="sql_c_kind", width=150
        )
        x = st.selectbox(
            _("Along the foot"), range(len(names)), x_first, format_func=lambda at: names[at], key="sql_c_x", width=200
        )
        ys = st.multiselect(
            _("Measured"),
            measured,
            y_first,
            format_func=lambda at: names[at],
            key="sql_c_y",
            max_selections=MOST_SERIES,
            placeholder=_("Choose a number"),
            width=300,
        )
        parts = [None, *(at for at in others if at != x)]
        split = st.selectbox(
            _("Split by"),
            parts,
            parts.index(_split_at_first(answer, kept, names, parts, x)),
            format_func=lambda at: _("nothing") if at is None else names[at],
            key="sql_c_split",
            width=180,
        )
    st.session_state["sql_chart"] = {
        "kind": kind,
        "x": names[x],
        "ys": [names[at] for at in ys],
        "split": names[split] if split is not None else "",
    }
    return Choice(kind, x, tuple(ys) or tuple(measured[:1]), split)


def _split_at_first(
    answer: Answer, kept: dict[str, Any], names: list[str], parts: list[int | None], x: int
) -> int | None:
    """As it was kept; else a column of few values, when a place on the foot would have several points."""
    if kept:
        return next((at for at in parts if at is not None and names[at] == kept.get("split")), None)
    places = [row[x] for row in answer.rows if _is_plain(row[x])]
    if len(places) == len(set(places)):
        return None
    texts = [at for at in parts if at is not None and answer.columns[at].kind is Kind.TEXT]
    return min(texts, key=lambda at: len({row[at] for row in answer.rows}), default=None)


def _suited(column: Column) -> str:
    is_time = column.kind in (Kind.DAY, Kind.MOMENT) or column.name in ("month", "week", "quarter", "placed_month")
    return "lines" if is_time else "dots" if column.kind is Kind.NUMBER else "bars"


def _within_bounds(answer: Answer, choice: Choice) -> tuple[list[tuple[Any, ...]], str]:
    """The rows that a person can still tell apart, and a word on what is left out."""
    rows = [row for row in answer.rows if row[choice.x] is not None and _is_plain(row[choice.x])]
    most = MOST_BARS if choice.kind in ("bars", "stacked") else MOST_POINTS
    places = list(dict.fromkeys(row[choice.x] for row in rows))
    notices = []
    if len(places) > most:
        kept = set(places[:most])
        rows = [row for row in rows if row[choice.x] in kept]
        notices.append(
            _(
                "Drawn are the first {most} of {all}: put the largest first with ORDER BY, or group further.",
                most=number(most),
                all=number(len(places)),
            )
        )
    if choice.split is not None and (parts := len({str(row[choice.split]) for row in rows})) > MOST_SERIES:
        notices.append(
            _(
                "Drawn are the {most} largest of {all} by {column}.",
                most=number(MOST_SERIES),
                all=number(parts),
                column=answer.columns[choice.split].name,
            )
        )
    return rows, " ".join(notices)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, (list, dict))


def figure(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]], choice: Choice) -> go.Figure:
    """The chart. Names are escaped: Plotly reads HTML in labels."""
    palette = _palette()
    made = go.Figure()
    for place, (name, points) in enumerate(_series(columns, rows, choice)):
        colour = palette.charts[place % len(palette.charts)]
        xs = [_along(row[choice.x], columns[choice.x]) for row, _y in points]
        ys = [None if y is None else float(y) for _row, y in points]
        shared = {
            "x": xs,
            "y": ys,
            "name": escape(name)[:60],
            "hovertemplate": "%{x}<br><b>%{y:,}</b><extra>%{fullData.name}</extra>",
        }
        if choice.kind == "lines":
            made.add_trace(
                go.Scatter(
                    **shared, mode="lines+markers" if len(xs) < 60 else "lines", line={"color": colour, "width": 2}
                )
            )
        elif choice.kind == "dots":
            made.add_trace(go.Scatter(**shared, mode="markers", marker={"color": colour, "size": 8, "opacity": 0.75}))
        else:
            made.add_trace(go.Bar(**shared, marker={"color": colour, "cornerradius": 3}))
    is_category = columns[choice.x].kind not in (Kind.NUMBER, Kind.DAY, Kind.MOMENT)
    made.update_layout(
        height=420,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": palette.quiet, "size": 13},
        separators=", " if current() == "fr" else ".,",
        barmode="stack" if choice.kind == "stacked" else "group",
        bargap=0.28,
        showlegend=len(made.data) > 1,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hoverlabel={"bgcolor": palette.surface, "bordercolor": palette.line, "font": {"color": palette.ink}},
    )
    made.update_xaxes(
        showgrid=False,
        title={"text": escape(columns[choice.x].name)},
        automargin=True,
        **({"type": "category"} if is_category else {}),
    )
    title = escape(columns[choice.ys[0]].name) if len(choice.ys) == 1 else None
    made.update_yaxes(
        showgrid=True,
        gridcolor=palette.line,
        zeroline=True,
        zerolinecolor=palette.line,
        title={"text": title},
        automargin=True,
    )
    return made


def _series(
    columns: Sequence[Column], rows: Sequence[tuple[Any, ...]], choice: Choice
) -> list[tuple[str, list[tuple[tuple[Any, ...], Any]]]]:
    """Name and points of each series: one per measured column, or per value of the column that splits."""
    if choice.split is None:
        return [(columns[y].name, [(row, row[y]) for row in rows]) for y in choice.ys]
    y = choice.ys[0]
    parts: dict[str, list[tuple[tuple[Any, ...], Any]]] = {}
    for row in rows:
        name = str(row[choice.split]) if row[choice.split] is not None else _("nothing")
        parts.setdefault(name, []).append((row, row[y]))
    by_size = sorted(parts.items(), key=lambda part: -sum(abs(y or 0) for _row, y in part[1]))
    return by_size[:MOST_SERIES]


def _along(value: Any, column: Column) -> Any:
    if column.kind is Kind.NUMBER:
        return float(value)
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return value
    text = escape(str(value)) or "—"
    return text if len(text) <= 40 else f"{text[:39]}…"


def _names(answer: Answer, places: Sequence[int]) -> str:
    return ", ".join(answer.columns[at].name for at in places)


def _kind_name(kind: str) -> str:
    return {"bars": _("Bars"), "stacked": _("Stacked bars"), "lines": _("Lines"), "dots": _("Dots")}[kind]


def _palette() -> Palette:
    return DARK if st.context.theme.type == "dark" else LIGHT
