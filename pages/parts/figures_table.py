"""An analytic answer as a table, for screen readers and for whoever wants the exact figures, with its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from services.analytics import Answer, files
from services.language import _


def show(
    found: Answer,
    measures: Sequence[str],
    title: Callable[[str], str],
    name: Callable[[Answer, dict[str, Any]], str],
    said: Callable[[Any, str, str], str],
) -> None:
    """Draw it folded away: a row for each row of the answer, a column for each measure."""
    heads = "".join(f"<th scope='col' class='ct-num'>{escape(title(measure))}</th>" for measure in measures)
    body = "".join(
        f"<tr><td>{escape(name(found, row))}</td>"
        + "".join(f"<td class='ct-num'>{escape(said(row[one], one, found.currency))}</td>" for one in measures)
        + "</tr>"
        for row in found.rows
    )
    table = f"<table class='ct-items'><thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table>"
    with st.expander(_("As a table")):
        st.html(f"<div class='ct-scroll'>{table}</div>")
        st.download_button(
            _("Download as CSV"),
            files.csv_bytes(found),
            f"{found.name}.csv",
            "text/csv",
            key=f"csv_{found.name}",
            on_click="ignore",
        )
