"""Answers that still hold: what the store was asked since its last change need not be looked for again."""

from __future__ import annotations

from typing import Any

Kept = dict[tuple[str, str], list[tuple[Any, ...]]]

# Questions that are kept, and rows of an answer that are worth it.
MOST, LONGEST = 500, 1000


class Answers:
    """Of one process, which alone has the store. Every commit ends them all."""

    def __init__(self) -> None:
        self._of: tuple[int, Kept] = (0, {})

    def as_of(self, change: int) -> Kept:
        """The answers for snapshots that are taken after so many commits and hold at least those."""
        kept = self._of
        if kept[0] != change or len(kept[1]) > MOST:
            kept = self._of = (change, {})
        return kept[1]


class Forgetful(Answers):
    """Of a shared store, which other processes change: nothing is kept for longer than one snapshot."""

    def as_of(self, change: int) -> Kept:
        return {}
