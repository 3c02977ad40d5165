"""Files that go with messages: put beside them right before they leave, and into the HTML that a person looks at."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from data import attachments
from data.store import Reader, Row
from services.messages.kinds import Template
from services.shop import Shop

WITH_FILES = frozenset({Template.REPORT.value})
"""Kinds of mail that may have files: of others none are looked for."""


def enclosed(shop: Shop, rows: Sequence[Row]) -> list[Row]:
    """Messages with their `attachments`, as rows of the store."""
    ids = [row["id"] for row in rows if row["template"] in WITH_FILES]
    if not ids:
        return list(rows)
    with shop.store.read() as read:
        found = attachments.of(read, ids)
    return [row | {"attachments": found.get(row["id"], [])} for row in rows]


def shown(read: Reader, row: Row) -> str:
    """The HTML of a message with its pictures inside, for a screen that loads nothing."""
    html = str(row["body_html"])
    if row["template"] not in WITH_FILES:
        return html
    for file in attachments.of(read, [row["id"]]).get(row["id"], []):
        if file["content_id"]:
            inside = f'src="data:{escape(file["type"])};base64,{file["content"]}"'
            html = html.replace(f'src="cid:{file["content_id"]}"', inside)
    return html
