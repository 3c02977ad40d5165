"""The plain text of a mail, from its HTML: for merchants' templates that say no text of their own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = {"p", "div", "h1", "h2", "h3", "h4", "tr", "table", "ul", "ol", "blockquote", "hr"}
_SILENT = {"style", "script", "title", "head"}


def flat(html: str) -> str:
    """What a reader without HTML gets: paragraphs, table rows as lines, links with their address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.made).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SILENT or (tag == "div" and (self._hidden or "display:none" in (given.get("style") or ""))):
            self._hidden.append(tag)
        elif tag == "br":
            self.made.append("\n")
        elif tag == "li":
            self.made.append("\n- ")
        elif tag == "td":
            self.made.append("  ")
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self.made)))
        elif tag in _BREAKS:
            self.made.append("\n" if tag == "tr" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            if address.startswith(("http://", "https://", "mailto:")) and address not in "".join(self.made[start:]):
                self.made.append(f" ({address})")
        elif tag in _BREAKS:
            self.made.append("\n" if tag == "tr" else "\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.made.append(re.sub(r"[ \t\r\n]+", " ", data))
