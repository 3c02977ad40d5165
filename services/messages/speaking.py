"""Templates put into a language and dressed: what a merchant edits, and what is made from it.

Our templates say their texts with `_("…")`. Put into a language once, they are plain templates that anybody can read
and change, and that cost nothing to translate at every mail.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path

from services import language
from services.language import _
from services.messages.kinds import Template
from services.messages.parts import Part

FOLDER = Path(__file__).parent / "templates"
_SAID = re.compile(r'\{\{ _\("([^"]*)"((?:, \w+=[\w.]+)*)\) \}\}')
_TITLE = re.compile(r'_\("([^"]*)"\)')
_GAP = re.compile(r", (\w+)=([\w.]+)")
_PREVIEW = re.compile(r"<preview>(.*?)</preview>\s*", re.DOTALL)
_INK = 'class="ink" dir="auto" style="'
# bare tags, as a merchant writes them, and how every mail program shows them
_DRESS = {
    "<h1>": f'<h1 {_INK}margin:8px 0 16px;font-size:22px;line-height:1.3;font-weight:600;color:#1d1b16;">',
    "<h2>": f'<h2 {_INK}margin:20px 0 4px;font-size:16px;line-height:1.3;font-weight:600;color:#1d1b16;">',
    "<p>": f'<p {_INK}margin:0 0 12px;color:#1d1b16;">',
    "<ul>": f'<ul {_INK}margin:0 0 12px;padding-left:20px;color:#1d1b16;">',
    "<ol>": f'<ol {_INK}margin:0 0 12px;padding-left:20px;color:#1d1b16;">',
    "<blockquote>": '<blockquote class="ink" dir="auto" style="margin:0 0 12px;padding:0 0 0 12px;'
    'border-left:3px solid #0f6b4f;color:#1d1b16;">',
    "<hr>": '<hr class="rule" style="margin:16px 0;border:0;border-top:1px solid #e7e3da;">',
}
_LINK = re.compile(r'<a (href="[^"]*")>')
# what mail programs show beside the subject; the blank signs keep them from reading on into the mail
_HIDDEN = (
    '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">{}' + "&#8199;&#65279;&#847; " * 30 + "</div>"
)


@lru_cache(maxsize=256)
def ours(template: Template, part: Part, speak: str) -> str:
    """Our template for a part of a mail, in a language: where a merchant's own begins."""
    return _spoken(f"{template}.{part}.j2", speak, is_markup=part is Part.HTML)


@lru_cache(maxsize=8)
def _layout(part: Part, speak: str) -> str:
    return _spoken(f"_layout.{part}.j2", speak, is_markup=part is Part.HTML)


def whole(source: str, part: Part, speak: str) -> str:
    """The template of the whole mail around a body. An HTML page of the merchant's own stays as it is."""
    if part is Part.SUBJECT or (part is Part.HTML and "<html" in source.lower()):
        return source
    if part is Part.TEXT:
        return _layout(part, speak).replace("<!-- body -->", source.strip("\n"))
    preview = _PREVIEW.search(source)
    hidden = _HIDDEN.format(preview[1].strip()) if preview else ""
    layout = _layout(part, speak).replace("<!-- preview -->", hidden)
    return layout.replace("<!-- body -->", _dressed(_PREVIEW.sub("", source)).strip("\n"))


def _dressed(source: str) -> str:
    for tag, dressed in _DRESS.items():
        source = source.replace(tag, dressed)
    return _LINK.sub(r'<a \1 class="accent" style="color:#0f6b4f;">', source)


def _spoken(file: str, speak: str, *, is_markup: bool) -> str:
    source = (FOLDER / file).read_text(encoding="utf-8")
    with language.use(speak):
        source = _SAID.sub(lambda said: _filled(said, is_markup), source)
        return _TITLE.sub(lambda said: '"' + _(said[1]).replace('"', "”") + '"', source)


def _filled(said: re.Match[str], is_markup: bool) -> str:
    """A sentence in the language in use, its gaps as places of the template."""
    text = _(said[1])
    text = escape(text, quote=False) if is_markup else text
    for name, value in _GAP.findall(said[2]):
        text = text.replace("{" + name + "}", "{{ " + value + " }}")
    return text
