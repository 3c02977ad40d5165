"""What is said of a query that is not understood: where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from services.errors import Invalid


class Misread(Invalid):
    """A query that is not understood. `position` counts characters from 0, `length` is of the wrong piece;
    `proposal` is the whole query as it was probably meant, or empty."""

    def __init__(self, sentence: str, query: str, position: int, length: int, proposal: str = "") -> None:
        super().__init__(sentence, {"q": f"{sentence}\n{query}\n{' ' * position}{'^' * max(1, length)}"})
        self.position = position
        self.length = length
        self.proposal = proposal


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, or an empty text."""
    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.5)
    return found[0] if found else ""
