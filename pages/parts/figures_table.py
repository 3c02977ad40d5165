"""An analytic answer as a table, for screen readers and for whoever wants the exact figures, with its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from pages.parts.tables import table
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
    rows = [
        [escape(name(found, row)), *(escape(said(row[one], one, found.currency)) for one in measures)]
        for row in found.rows
    ]
    heads = ["", *(title(measure) for measure in measures)]
    with st.expander(_("As a table")):
        st.html(table(heads, rows, numbers=range(1, len(heads))))
        st.download_button(
            _("Download as CSV"),
            files.csv_bytes(found),
            f"{found.name}.csv",
            "text/csv",
            key=f"csv_{found.name}",
            on_click="ignore",
        )
