"""The editor of the SQL workbench with the views beside it, as a piece of screen of our own."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.workbench_functions import OFFERED
from pages.parts import workbench_events as events
from pages.parts.components import component, written
from services.language import _
from services.shop import Shop
from services.workbench import views

KEYWORDS = (
    "all", "and", "any", "array", "as", "asc", "asof", "between", "by", "case", "collate", "columns", "cross", "cube",
    "current", "date", "desc", "distinct", "else", "end", "escape", "except", "exclude", "exists", "false", "filter",
    "following", "from", "full", "group", "grouping", "having", "ilike", "in", "inner", "intersect", "interval", "is",
    "join", "lateral", "left", "like", "limit", "materialized", "natural", "not", "null", "nulls", "offset", "on", "or",
    "order", "outer", "over", "partition", "pivot", "preceding", "qualify", "range", "recursive", "rename", "replace",
    "right", "rollup", "rows", "sample", "select", "semi", "sets", "similar", "some", "tablesample", "then",
    "timestamp", "to", "true", "unbounded", "union", "unpivot", "using", "values", "when", "where", "window", "with",
)  # fmt: skip

_editor = component("sql", written("sql.html"), ("base.css", "sql.css"), ("base.js", "sql.js"))


def draw(shop: Shop) -> None:
    """Draw it; what a person does with it comes back as events."""
    _editor(
        key=events.EDITOR,
        data=data(shop),
        on_run_change=events.run,
        on_explain_change=events.explain,
        on_text_change=events.told,
    )


def data(shop: Shop) -> dict[str, Any]:
    """What the browser needs: the text, the views, what was wrong."""
    return {
        "text": events.text(),
        "revision": st.session_state.get("sql_revision", 0),
        "fault": events.fault(),
        "is_running": events.under_way() is not None,
        "views": [
            {
                "name": view.name,
                "sentence": view.sentence,
                "columns": [
                    {"name": one.name, "type": _type(one.type), "sentence": one.sentence, "unit": one.unit}
                    for one in view.columns
                ],
            }
            for view in views(shop)
        ],
        "functions": [name for name in OFFERED if name not in KEYWORDS],
        "keywords": list(KEYWORDS),
        "words": {
            "label": _("Question in SQL"),
            "placeholder": "SELECT …",
            "run": _("Run"),
            "explain": _("Explain"),
            "runs": _("runs it"),
            "completes": _("completes a word"),
            "space": _("Space"),
            "find": _("Find a view or a column"),
            "nothing": _("No view and no column is called so."),
            "insert": _("Put {name} into the question", name="{name}"),
            "mend": _("Put “{name}” there", name="{name}"),
            "offers": _("What may stand here"),
            "view": _("view"),
            "function": _("function"),
        },
    }


def _type(type: str) -> str:
    """A type as people read it."""
    if type.endswith("[]"):
        return _("list")
    bare = type.partition("(")[0]
    return {
        "VARCHAR": _("text"),
        "UUID": _("id"),
        "DECIMAL": _("number"),
        "INTEGER": _("number"),
        "BIGINT": _("number"),
        "DOUBLE": _("number"),
        "DATE": _("day"),
        "TIMESTAMP": _("moment"),
        "BOOLEAN": _("yes or no"),
    }.get(bare, bare.lower())
