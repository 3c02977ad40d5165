"""To another screen, as a link would go: the address that is left stays in the browser's history as it was."""

from __future__ import annotations

from pages.parts.components import component

_go = component("going", "<span></span>", ("base.css",), ("base.js", "going.js"))


def to(href: str, key: str) -> None:
    """Go to an address of ours now; `key` is another one at each going."""
    _go(key=key, data={"href": href})
