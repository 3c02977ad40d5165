"""The answer to a question in SQL: while it is worked on, as a table, as a chart, as files, and how it is found."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from pages.parts import workbench_chart, workbench_events
from pages.parts.escaping import md
from pages.parts.places import ORDER
from pages.parts.running import acting, drawing
from pages.parts.tables import table
from services.language import _, current, number
from services.shop import Shop
from services.workbench import Answer, Column, Kind, Run, State, Step, explaining, files, rows_in_words

SIZE = 50  # rows of a page
LONGEST = 400  # characters of a cell on the screen
ON_ONE_LINE = 40  # characters of a text that is not broken into lines


def show(shop: Shop) -> bool:
    """Draw what there is of an answer; whether there is something."""
    run, plan = st.session_state.get("sql_run"), st.session_state.get("sql_plan")
    if isinstance(plan, Step):
        _plan(plan)
        return True
    if not isinstance(run, Run):
        return st.session_state.get("sql_fault") is not None
    if run.state is State.RUNNING:
        _waiting()
    elif run.answer is not None:
        _answered(run, run.answer)
    return True


@st.fragment(run_every=0.5)
@drawing
def _waiting() -> None:
    """How long it takes already, with a way to stop it."""
    run = workbench_events.under_way()
    if run is None:
        st.rerun()
        return
    with st.container(key="card_sql_waiting", horizontal=True, vertical_alignment="center"):
        said = _(
            "Working on it: {seconds} s of at most {limit} s.",
            seconds=number(int(run.took)),
            limit=number(int(run.seconds)),
        )
        part = min(100, round(100 * run.took / run.seconds))
        st.html(
            f"<div class='ct-sql-waiting' role='status'><span>{escape(said)}</span>"
            f"<span class='ct-sql-bar'><span style='width:{part}%'></span></span></div>"
        )
        st.button(_("Stop"), key="sql_stop", on_click=_stop)


@acting
def _stop() -> None:
    workbench_events.stop()


def _answered(run: Run, answer: Answer) -> None:
    with st.container(key="card_sql_answer"):
        with st.container(horizontal=True, vertical_alignment="center", key="sql_answer_head"):
            st.segmented_control(
                _("Show as"),
                ["table", "chart"],
                default=st.session_state.get("sql_shown") or "table",
                key="sql_as",
                required=True,
                format_func=lambda one: _("Table") if one == "table" else _("Chart"),
                label_visibility="collapsed",
                on_change=_remember_kind,
            )
            st.html(f"<span class='ct-quiet ct-sql-found'>{escape(_found(answer))}</span>")
            _files(run)
        if not answer.rows:
            st.html(f"<div class='ct-card-empty'>{escape(_('No row fits: loosen a condition.'))}</div>")
        elif st.session_state.get("sql_as") == "chart":
            workbench_chart.show(run.id, answer)
        else:
            _table(answer)


@acting
def _remember_kind() -> None:
    st.session_state["sql_shown"] = st.session_state["sql_as"]


def _found(answer: Answer) -> str:
    took = _("{time} s", time=number(Decimal(str(round(answer.took, 2)))))
    if answer.is_cut:
        return _("{rows}, in {took}; files hold up to a million", rows=rows_in_words(answer), took=took)
    return _("{rows}, in {took}", rows=rows_in_words(answer), took=took)


def _files(run: Run) -> None:
    named = {format: "Parquet" if format == "parquet" else format.upper() for format in files.FORMATS}
    links = "".join(
        f"<a href='{files.link(run.id, format)}' download aria-label='{escape(_('Download as {name}', name=name))}'>"
        f"{name}</a>"
        for format, name in named.items()
    )
    st.html(f"<span class='ct-sql-files'><span class='ct-quiet'>{escape(_('Download'))}</span>{links}</span>")


def _table(answer: Answer) -> None:
    pages = max(1, -(-len(answer.rows) // SIZE))
    page = min(max(1, int(st.session_state.get("sql_page", 1))), pages)
    rows = answer.rows[(page - 1) * SIZE : page * SIZE]
    numbers = [at for at, column in enumerate(answer.columns) if column.kind is Kind.NUMBER]
    cells = [[_cell(cell, column) for cell, column in zip(row, answer.columns, strict=True)] for row in rows]
    st.html(table([column.name for column in answer.columns], cells, numbers=numbers, kind="ct-sql-table"))
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            first, last = (page - 1) * SIZE + 1, (page - 1) * SIZE + len(rows)
            st.caption(md(_("Rows {first} to {last}", first=number(first), last=number(last))))
            st.pagination(pages, key="sql_page")


def _cell(cell: Any, column: Column) -> str:
    """A cell as HTML: exact, in the language's numbers; what is nothing is a dash."""
    text = written(cell)
    if text is None:
        return "<span class='ct-quiet'>—</span>"
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if column.name == "order_id" and column.type == "UUID":
        return f"<a href='{ORDER.address}?id={escape(text)}' target='_self'>{escape(short)}</a>"
    is_long = column.kind in (Kind.OTHER, Kind.TEXT) and len(text) > ON_ONE_LINE
    kind = "ct-sql-long" if is_long else "ct-sql-short"
    return f"<span class='{kind}'>{escape(short)}</span>"


def written(cell: Any) -> str | None:
    """A cell as a person reads it; None for nothing."""
    match cell:
        case None:
            return None
        case bool():
            return _("yes") if cell else _("no")
        case int():
            return _grouped(str(cell))
        case Decimal():
            whole, _dot, part = f"{cell:f}".partition(".")
            return _grouped(whole, part.rstrip("0").ljust(2, "0") if part else "")
        case float():
            return _of_float(cell)
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date():
            return cell.isoformat()
        case list() | tuple():
            return ", ".join(written(part) or "—" for part in cell)
    return str(cell)


def _of_float(value: float) -> str:
    text = f"{value:.10g}"
    if "e" in text or "n" in text:  # very large or small, infinite, or no number at all
        return text
    whole, _dot, part = text.partition(".")
    return _grouped(whole, part)


def _grouped(whole: str, part: str = "") -> str:
    """Digits in threes, with the language's signs."""
    between, dot = ("\u202f", ",") if current() == "fr" else (",", ".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}".replace(",", between) + (dot + part if part else "")


def _plan(last: Step) -> None:
    rows = []
    for depth, step in explaining.in_order(last):
        about = f"<span class='ct-under'>{escape(step.about)}</span>" if step.about else ""
        rows.append(
            f"<li style='--depth:{min(depth, 12)}'><span>{escape(step.sentence)}{about}</span>"
            f"<span class='ct-quiet ct-num'>{escape(explaining.rows_in_words(step))}</span></li>"
        )
    lead = _("So the engine would go about it, first things first. How many rows a step makes is a guess.")
    with st.container(key="card_sql_plan"):
        st.html(
            f"<h2>{escape(_('How it is answered'))}</h2><p class='ct-quiet ct-sql-lead'>{escape(lead)}</p>"
            f"<ol class='ct-sql-plan'>{''.join(rows)}</ol>"
        )
