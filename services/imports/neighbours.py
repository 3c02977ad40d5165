"""Rows grouped by key over whole files. Rows of one key mostly stand together, so groups are given as they come by;
a key that turns up again is noted, and all its rows are gathered in a second turn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.imports.spreading import Spread

Row = tuple[int, list[str]]
Turn = Callable[[], Iterator[tuple[str, Row]]]


class Seen:
    """Which keys have gone by, in 16 MB at most. It may take a new key for a known one (about once in a million at
    a million keys), never the other way round; that costs a second look at the files, no more. `size` is that of the
    files in bytes, of which a small one takes less."""

    _BITS, _PLACES = 1 << 27, 4  # places that a key marks

    def __init__(self, size: int = _BITS) -> None:
        self._last = min(self._BITS, 1 << max(16, size.bit_length() - 1)) - 1
        self._marks = bytearray(self._last + 1 >> 3)

    def before(self, key: str) -> bool:
        """Whether the key was here; it is from now on."""
        place = hash(key)
        step = (place >> 32) | 1
        known = True
        for _ in range(self._PLACES):
            place = place + step & self._last
            if not self._marks[place >> 3] >> (place & 7) & 1:
                known = False
                self._marks[place >> 3] |= 1 << (place & 7)
        return known


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Rows of one key. `is_again` says that a part of them was given before."""

    key: str
    rows: list[Row]
    is_again: bool = False


def grouped(turn: Turn, spread: Spread) -> Iterator[Neighbours]:
    """The groups of everything that `turn` yields; it is called a second time only when keys are scattered."""
    seen = Seen()
    scattered: set[str] = set()
    held = Neighbours("", [])
    for key, row in turn():
        if key == held.key and held.rows:
            held.rows.append(row)
            continue
        if held.rows:
            if seen.before(held.key):
                scattered.add(held.key)
            else:
                yield held
        held = Neighbours(key, [row])
    if held.rows:
        if seen.before(held.key):
            scattered.add(held.key)
        else:
            yield held
    if scattered:
        for key, (number, cells) in turn():
            if key in scattered:
                spread.put(key, number, json.dumps([number, cells], ensure_ascii=False))
        for key, contents in spread.groups():
            yield Neighbours(key, [(number, cells) for number, cells in map(json.loads, contents)], True)
