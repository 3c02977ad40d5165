"""The words of a mail: templates rendered in a language, from plain values that are safe to place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Template as Compiled
from jinja2.meta import find_undeclared_variables

from services.messages import flattening, sandbox, speaking
from services.messages.kinds import Template
from services.messages.parts import Part, Source, Words

LONGEST_SUBJECT = 200  # characters; mail programs show fewer, RFC 5322 allows 998 octets a line


def render(template: Template, speak: str, values: dict[str, Any], own: Source | None = None) -> Words:
    """The mail in the language `speak`, by our template or by the shop's `own`. Values are placed as text: in the HTML
    they are escaped. Raises what a broken template raises."""
    source = own or _ours(template, speak)
    run = sandbox.run if own else sandbox.run_ours
    subject, html = (run(compiled(source, part, speak), values) for part in (Part.SUBJECT, Part.HTML))
    text = run(compiled(source, Part.TEXT, speak), values) if source.text.strip() else flattening.flat(html)
    return Words(shortened(line(subject), LONGEST_SUBJECT), _settled(text), html.strip() + "\n")


@lru_cache(maxsize=1024)
def compiled(source: Source, part: Part, speak: str) -> Compiled:
    """A part of a mail, ready to run."""
    place = sandbox.markup if part is Part.HTML else sandbox.plain
    return place.from_string(speaking.whole(source.part(part), part, speak))


@lru_cache(maxsize=1024)
def named(template: Template, speak: str, own: Source | None = None) -> frozenset[str]:
    """The values that a mail's templates name: no others need to be written for it."""
    source = own or _ours(template, speak)
    parts = (sandbox.plain.parse(speaking.whole(source.part(part), part, speak)) for part in Part)
    return frozenset(name for part in parts for name in find_undeclared_variables(part))


@lru_cache(maxsize=256)
def _ours(template: Template, speak: str) -> Source:
    return Source(*(speaking.ours(template, part, speak) for part in (Part.SUBJECT, Part.TEXT, Part.HTML)))


def line(text: str) -> str:
    """Text as one line: line breaks and runs of spaces become one space, control characters go. Spaces that do not
    break stay."""
    if text.isprintable():  # nearly every text: no control character, no break
        return (re.sub(" {2,}", " ", text) if "  " in text else text).strip()
    return re.sub(r"[ \t\n\r\v\f\x85\u2028\u2029]+", " ", _printable(text)).strip()


def paragraph(text: str) -> str:
    """Text of several lines, its control characters gone."""
    return "\n".join(part.rstrip() for part in re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", _printable(text))).strip()


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, an ellipsis standing for what is cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def web_link(url: str) -> str:
    """`url` when it is a plain http or https address, else nothing: no other scheme goes into a mail."""
    cleaned = url.strip()
    try:
        parts = urlsplit(cleaned)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return cleaned if is_web and cleaned.isprintable() and not any(c in cleaned for c in " \"'<>\\`") else ""


def _printable(text: str) -> str:
    """Without control characters (line breaks and tabs stay) and halves of characters, which no mail can carry."""
    if text.isprintable():  # as almost every text is; nothing printable is of these kinds
        return text
    return "".join(c for c in text if c in "\n\r\t\v\f\x85" or unicodedata.category(c) not in ("Cc", "Cs"))


def _settled(text: str) -> str:
    """At most one blank line in a row, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
