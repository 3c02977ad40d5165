"""Rows of orders that do not stand together, gathered by key with bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a process that only reads has no need of an engine
    from data.staging import Staging

_HELD = 5_000


class Spread:
    """Rows by key; they lie in the store's staging place until they are asked for."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._held: list[tuple[str, int, str]] = []
        self._count = 0

    def put(self, key: str, row: int, content: str) -> None:
        """Keep a row for later."""
        self._count += 1
        self._held.append((key, self._count, content))
        if len(self._held) >= _HELD:
            self._flush()

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """(key, contents in the order in which they were put) of every key, in the order of first appearance."""
        self._flush()
        for group in self._staging.groups():
            yield group.key, [content for _row, content in group.rows]

    def _flush(self) -> None:
        if self._held:
            self._staging.append_rows(self._held)
            self._held = []
