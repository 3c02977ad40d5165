"""The words of a mail: templates rendered in a language, from plain values that are safe to place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services import language
from services.messages.kinds import Template

FOLDER = Path(__file__).parent / "templates"
LONGEST_SUBJECT = 200  # characters; mail programs show fewer, RFC 5322 allows 998 octets a line


@dataclass(frozen=True, slots=True)
class Words:
    """A rendered mail."""

    subject: str
    text: str
    html: str


def render(template: Template, speak: str, values: dict[str, Any]) -> Words:
    """The mail in the language `speak`. Values are placed as text: in the HTML they are escaped."""
    with language.use(speak):
        subject = _plain.get_template(f"{template}.subject.j2").render(values)
        text = _plain.get_template(f"{template}.text.j2").render(values)
        html = _markup.get_template(f"{template}.html.j2").render(values)
    return Words(shortened(line(subject), LONGEST_SUBJECT), _settled(text), html.strip() + "\n")


def line(text: str) -> str:
    """Text as one line: line breaks and runs of spaces become one space, control characters go. Spaces that do not
    break stay."""
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
    return "".join(c for c in text if c in "\n\r\t\v\f\x85" or unicodedata.category(c) not in ("Cc", "Cs"))


def _settled(text: str) -> str:
    """At most one blank line in a row, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _environment(*, markup: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=markup,  # noqa: S701 - subjects and plain text are no markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = language._
    made.globals["n_"] = language.n_
    return made


_plain = _environment(markup=False)
_markup = _environment(markup=True)
