"""Names and values side by side, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def lines(pairs: Iterable[tuple[str, str]]) -> str:
    """A line for each name and value; a dash where there is none."""
    return lines_of_html((name, escape(value) or "—") for name, value in pairs)


def lines_of_html(pairs: Iterable[tuple[str, str]]) -> str:
    """The same where the values are HTML already."""
    return (
        "<div class='ct-lines'>"
        + "".join(
            f"<div class='ct-line'><span class='ct-quiet'>{escape(name)}</span><span>{value}</span></div>"
            for name, value in pairs
        )
        + "</div>"
    )
