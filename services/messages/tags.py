"""The HTML of a mail: whether its tags match, and whether it holds what no mail may hold."""

from __future__ import annotations

from html.parser import HTMLParser

from services.language import _

_PAIRED = frozenset(
    {"a", "b", "blockquote", "body", "center", "div", "em", "font", "h1", "h2", "h3", "h4", "head", "html", "i"}
    | {"ol", "s", "small", "span", "strong", "style", "sub", "sup", "table", "title", "u", "ul"}
)
_FORBIDDEN = frozenset(
    {"applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link", "math"}
    | {"object", "script", "select", "svg", "textarea", "video"}
)
_ADDRESSES = frozenset(("href", "src", "background", "action", "srcset"))
_KNOWN = ("http://", "https://", "mailto:", "tel:", "#", "cid:")


def wrong(html: str) -> list[tuple[str, str]]:
    """What is wrong with rendered HTML: where it begins in the source (such as `<table`), and a sentence."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    left = [(f"<{tag}", _("“<{tag}>” is opened but never closed.", tag=tag)) for tag in reader.open]
    return reader.wrong + left


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self.wrong.append((f"<{tag}", _("Mail programs do not show “<{tag}>”.", tag=tag)))
        for name, value in attrs:
            if name.startswith("on"):
                self.wrong.append((name, _("Mail programs do not run scripts: “{name}”.", name=name)))
            address = (value or "").strip().lower()
            if name in _ADDRESSES and address and not address.startswith(_KNOWN):
                shown = address[:60]
                self.wrong.append(
                    (shown, _("“{address}” is no address for a mail: begin it with https://.", address=shown))
                )
        if tag in _PAIRED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _PAIRED:
            return
        if not self.open or tag not in self.open:
            self.wrong.append((f"</{tag}", _("“</{tag}>” closes nothing.", tag=tag)))
        elif self.open[-1] == tag:
            self.open.pop()
        else:
            between = self.open.pop()
            self.wrong.append(
                (f"<{between}", _("“<{inner}>” is not closed before “</{tag}>”.", inner=between, tag=tag))
            )
            while self.open and self.open.pop() != tag:
                pass
