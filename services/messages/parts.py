"""The parts of a mail that templates make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a mail; also the ending of its template's file."""

    SUBJECT = "subject"
    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Source:
    """The template of a mail: subject, text and HTML. An empty `text` follows from the HTML."""

    subject: str
    text: str
    html: str

    def part(self, part: Part) -> str:
        """The source of one part."""
        return {Part.SUBJECT: self.subject, Part.TEXT: self.text, Part.HTML: self.html}[part]


@dataclass(frozen=True, slots=True)
class Words:
    """A rendered mail."""

    subject: str
    text: str
    html: str
