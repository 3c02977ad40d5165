"""A question in SQL that is not answered: one sentence, the place it is about, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from data.errors import SqlRefused
from services.errors import Invalid
from services.language import _


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a text: character from 0, how many of them, line and column from 1, and the line as it stands."""

    position: int
    length: int
    line: int
    column: int
    text: str


class SqlFault(Invalid):
    """A question that is not understood or not allowed. `proposal` is the whole text as it was probably meant."""

    def __init__(self, sentence: str, place: Place | None = None, proposal: str = "") -> None:
        super().__init__(sentence)
        self.place, self.proposal = place, proposal


def fault(error: SqlRefused, text: str) -> SqlFault:
    """The store's refusal as ours, in the language in use."""
    place = None if error.at is None else _place(text, error.at, error.word)
    sentence = _(error.template, **error.values).strip()
    if error.nearest:
        sentence = _("{sentence} Did you mean {names}?", sentence=sentence, names=" / ".join(error.nearest))
    if place:
        sentence = _(
            "{sentence} (line {line}, character {column})", sentence=sentence, line=place.line, column=place.column
        )
    return SqlFault(sentence, place, _meant(text, place, error))


@contextmanager
def refusals(text: str) -> Iterator[None]:
    """Turn refusals of a text into `SqlFault`."""
    try:
        yield
    except SqlRefused as error:
        raise fault(error, text) from error


def _place(text: str, at: int, word: str) -> Place:
    """From a byte of the text to characters and lines; the engine sometimes points at what stands around the word."""
    position = len(text.encode()[:at].decode(errors="ignore"))
    if word and (found := text.lower().find(word.lower(), position)) >= 0 and found - position < 80:
        position = found
    length = len(word) if text[position : position + len(word)].lower() == word.lower() and word else 1
    before = text[:position]
    start = before.rfind("\n") + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    return Place(position, length, before.count("\n") + 1, position - start + 1, line)


def _meant(text: str, place: Place | None, error: SqlRefused) -> str:
    """The text with the nearest name in the place of the wrong one, or nothing."""
    if not place or not error.nearest or not error.word:
        return ""
    if text[place.position : place.position + place.length].lower() != error.word.lower():
        return ""
    return text[: place.position] + error.nearest[0] + text[place.position + place.length :]
