"""Answers that still hold: what the store was asked since its last change need not be looked for again."""

from __future__ import annotations

from typing import Any

Kept = dict[tuple[str, str], list[tuple[Any, ...]]]

# Questions that are kept, and rows of an answer that are worth it.
MOST, LONGEST = 500, 1000


class Answers:
    """Of one process. Every commit ends them all."""

    def __init__(self) -> None:
        self._of: tuple[int, Kept] = (0, {})

    def as_of(self, change: int) -> Kept:
        """The answers for the snapshot that a commit made, by its number; or for snapshots that hold at least it, when
        nobody needs them newer."""
        kept = self._of
        if kept[0] != change or len(kept[1]) > MOST:
            kept = self._of = (change, {})
        return kept[1]


class Hints:
    """Where answers ended, which later answers of the same question may begin by. Whoever takes a hint must see by the
    answer whether it was good."""

    def __init__(self) -> None:
        self._of: dict[tuple[Any, ...], Any] = {}

    def get(self, question: tuple[Any, ...]) -> Any:
        """The hint for a question, None when there is none."""
        return self._of.get(question)

    def put(self, question: tuple[Any, ...], hint: Any) -> None:
        """Keep a hint; when there are many, the others go."""
        if len(self._of) > MOST:
            self._of = {}
        self._of[question] = hint
