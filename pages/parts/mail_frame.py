"""A mail as its reader will see it, shut in: no script, no form, no request leaves the frame."""

from __future__ import annotations

from pages.parts.components import component

_frame = component("mail", '<div class="mail"></div>', ("mail.css",), ("mail.js",))


def show(html: str, title: str, key: str) -> None:
    """Draw the HTML body of a mail; `title` is for screen readers."""
    _frame(key=key, data={"html": html, "title": title})
