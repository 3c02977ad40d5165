"""A query cut into tokens: words, phrases, and fields with their values. Knows nothing of what fields mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.language import _
from services.query.mistakes import Misread

_FIELD = re.compile(r"-?([^\W\d]\w*):")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value as written: its text, where it stands, and whether it was in quotation marks."""

    text: str
    position: int
    length: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A word or phrase (`field` empty, one piece), or a field with its pieces."""

    field: str
    pieces: tuple[Piece, ...]
    is_negated: bool
    position: int


def tokens(query: str) -> list[Token]:
    """The tokens of a query, in their order. Raises `Misread` for a quotation mark that is not closed."""
    found = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        token, at = _token(query, at)
        found.append(token)
    return found


def _token(query: str, start: int) -> tuple[Token, int]:
    named = _FIELD.match(query, start)
    if named:
        pieces, at = _values(query, named.end())
        return Token(named[1], pieces, query[start] == "-", start), at
    is_negated = (
        query[start] == "-" and start + 1 < len(query) and (query[start + 1] == '"' or query[start + 1].isalpha())
    )
    at = start + is_negated
    piece, at = _quoted(query, at) if query[at] == '"' else _bare(query, at, "")
    return Token("", (piece,), is_negated, start), at


def _values(query: str, at: int) -> tuple[tuple[Piece, ...], int]:
    """The values after `field:`, parted by commas; an empty one has an empty text."""
    pieces = []
    while True:
        is_quote = at < len(query) and query[at] == '"'
        piece, at = _quoted(query, at) if is_quote else _bare(query, at, ",")
        pieces.append(piece)
        if at < len(query) and query[at] == ",":
            at += 1
            continue
        return tuple(pieces), at


def _bare(query: str, start: int, ends: str) -> tuple[Piece, int]:
    at = start
    while at < len(query) and not query[at].isspace() and query[at] not in ends:
        at += 1
    return Piece(query[start:at], start, at - start, False), at


def _quoted(query: str, start: int) -> tuple[Piece, int]:
    """A text in quotation marks; inside, a backslash takes the meaning from a mark or a backslash."""
    text = []
    at = start + 1
    while at < len(query) and query[at] != '"':
        if query[at] == "\\" and query[at + 1 : at + 2] in ('"', "\\"):
            at += 1
        text.append(query[at])
        at += 1
    if at >= len(query):
        raise Misread(
            _("The quotation mark at character {place} is not closed.", place=start + 1),
            query, start, len(query) - start, query + '"',
        )  # fmt: skip
    return Piece("".join(text), start, at + 1 - start, True), at + 1
