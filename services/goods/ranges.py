"""Bytes of a file as runs of first and last: which were asked for, which were delivered. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ONE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)
_DIGITS = 18  # more than any file has

Runs = tuple[tuple[int, int], ...]
"""Runs of bytes, first and last included, in order and apart."""


class Unsatisfiable(Exception):
    """Not one byte of what was asked for is there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The bytes of an answer, first and last included; `is_part` when a part was asked for. An empty file has last
    one below first."""

    first: int
    last: int
    is_part: bool

    @property
    def count(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


def wanted(header: str, size: int) -> Wanted:
    """What a `Range` header asks of a file. One that is none, or asks for several parts, gets the whole file. Raises
    `Unsatisfiable`."""
    whole = Wanted(0, size - 1, is_part=False)
    found = _ONE.fullmatch(header.strip())
    if not found or max(map(len, found.groups())) > _DIGITS:
        return whole
    first, last = found.groups()
    if not first and not last:
        return whole
    if not first:  # the last so many
        count = min(int(last), size)
        if count == 0:
            raise Unsatisfiable
        return Wanted(size - count, size - 1, is_part=True)
    if last and int(last) < int(first):
        return whole
    if int(first) >= size:
        raise Unsatisfiable
    return Wanted(int(first), min(int(last), size - 1) if last else size - 1, is_part=True)


def merged(runs: Iterable[tuple[int, int]]) -> Runs:
    """Runs put together where they touch."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(run for run in runs if run[1] >= run[0]):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def is_whole(runs: Runs, size: int) -> bool:
    """Every byte of the file is there."""
    return size == 0 or runs == ((0, size - 1),)


def overlap(runs: Iterable[tuple[int, int]], first: int, last: int) -> bool:
    """Some byte from first to last is among them."""
    return any(one <= last and first <= other for one, other in runs)


def lead(runs: Iterable[tuple[int, int]], first: int) -> int | None:
    """How many bytes lie between what is there and `first`: 0 when a run reaches it; None when all lies behind."""
    gaps = [max(0, first - 1 - last) for start, last in runs if start <= first]
    return min(gaps, default=None)
