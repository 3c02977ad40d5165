"""The head of a figure card: its title, the figure above the chart, and its tools. What a figure means is told in the
browser at once; a file is made when it is asked for."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.parts import boards_hook, figure_words
from pages.parts.chart_frame import NARROW, is_narrow
from pages.parts.components import component
from pages.parts.figure_marks import alike
from pages.parts.list_address import ListView
from pages.parts.places import SQL, exists
from pages.parts.running import acting
from pages.parts.tiles import Change
from services.analytics import Answer, Asked, files
from services.language import _, moment
from services.query import in_words

_head = component("figure", "<div class='figure'></div>", ("base.css", "figure.css"), ("base.js", "figure.js"))
FILES: dict[str, tuple[str, Callable[[Answer], bytes]]] = {
    "csv": ("text/csv", files.csv_bytes),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.xlsx_bytes),
    "parquet": ("application/vnd.apache.parquet", files.parquet_bytes),
}


@dataclass(frozen=True, slots=True)
class Lead:
    """The figure above a chart, how it moved, and whether the order list agrees: `proof` is a sentence, with a tick
    when it does."""

    figure: str
    changes: tuple[Change, ...] = ()
    proof: str = ""
    is_proven: bool = False


def head(
    title: str, found: Answer, kind: str, wanted: Asked, key: str, lead: Lead | None, orders: str | None, unit: str = ""
) -> bool:
    """Draw it; whether the answer is to be shown as a table. `wanted` is what was asked of the card, `orders` the
    query of the orders behind it, None where no query lists them."""
    as_table, file = f"figure_{key}_table", f"figure_{key}_file"
    is_table = bool(st.session_state.get(as_table))

    @acting
    def turn() -> None:
        st.session_state[as_table] = not is_table

    @acting
    def fetch() -> None:
        sort = str(st.session_state[f"head_{key}"]["file"]).split(":")[0]
        mime, made = FILES[sort]
        content = base64.b64encode(made(found)).decode()
        st.session_state[file] = {"name": f"{found.name[:80]}.{sort}", "type": mime, "content": content}

    @acting
    def narrow() -> None:
        st.session_state[NARROW] = True

    @acting
    def keep() -> None:
        boards_hook.keep(wanted, kind, title)

    _head(
        key=f"head_{key}",
        data={
            "title": title,
            "unit": unit or _unit(found),
            "lead": _said(lead) if lead else None,
            "about": _about(found, wanted),
            "sql": found.sql,
            "bench": f"{SQL.address}?{urlencode({'query': found.sql})}" if exists(SQL) and found.sql else "",
            "orders": ListView(q=orders).link if orders is not None else "",
            "table": is_table,
            "is_chart": kind != "table" and bool(found.rows),
            "lassos": "lasso" if kind in ("heat", "scatter") else "select",
            "files": list(FILES) if found.rows else [],
            "keep": boards_hook.can_keep(),
            "file": st.session_state.pop(file, None),
            "narrow": is_narrow(),
            "words": words(),
        },
        on_table_change=turn,
        on_file_change=fetch,
        on_keep_change=keep,
        on_narrow_change=narrow,
    )
    return is_table


def _unit(found: Answer) -> str:
    return figure_words.unit(alike(found)[0], found.currency) if found.asked.figures else ""


def _said(lead: Lead) -> dict[str, Any]:
    return {
        "figure": lead.figure,
        "changes": [
            {"text": one.text, "role": one.role.value, "against": one.against} for one in lead.changes if one.text
        ],
        "proof": lead.proof,
        "proven": lead.is_proven,
    }


def _about(found: Answer, wanted: Asked) -> list[list[str]]:
    """What there is to know of the figures: a word and what it says, line by line."""
    filter = " · ".join(part.text for part in in_words(wanted.filter))
    lines = [
        (_("Meaning"), found.definition),
        (_("Orders"), filter or _("all orders")),
        (_("Time zone"), found.time_zone),
        (_("Currency"), found.currency),
        (_("Asked"), moment(found.asked_at, found.time_zone)),
    ]
    return [list(line) for line in lines]


def words() -> dict[str, str]:
    """The fixed words of the tools."""
    return {
        "explain": _("What is this?"),
        "orders": _("Show the orders"),
        "table": _("Table"),
        "chart": _("Chart"),
        "more": _("More"),
        "files": _("Download"),
        "picture": _("Picture"),
        "wide": _("Full width"),
        "select": _("Choose several"),
        "keep": _("Keep on a board"),
        "sql": _("Asked as SQL"),
        "bench": _("Open in the SQL workbench"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "close": _("Close"),
        "tools": _("About this figure"),
    }
