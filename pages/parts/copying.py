"""A small button that copies a text."""

from __future__ import annotations

from pages.parts.components import component
from services.language import _

_button = component("copy", '<button type="button" class="copy"></button>', ("copy.css",), ("copy.js",))


def show(text: str, key: str, what: str) -> None:
    """Draw it; `what` says to screen readers what is copied."""
    _button(key=key, data={"text": text, "word": _("Copy"), "done": _("Copied"), "what": what})
