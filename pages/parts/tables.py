"""A table as HTML, for screens that only show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = (), kind: str = "") -> str:
    """A table that scrolls sideways in itself. `heads` are text, cells are HTML already; `numbers` are the places of
    columns that stand at the right."""

    def cells(tag: str, texts: Sequence[str]) -> str:
        scope = " scope='col'" if tag == "th" else ""
        return "".join(
            f"<{tag}{scope} class='{'ct-num' if at in numbers else ''}'>{text}</{tag}>" for at, text in enumerate(texts)
        )

    head = cells("th", [escape(text) for text in heads])
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return (
        f"<div class='ct-scroll'><table class='ct-items {kind}'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
