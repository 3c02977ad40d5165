"""Standing checks on the data itself: what must be true of every store, as questions for the rows that break it.

A room for each noun. Most checks are one question each; those that would not fit into memory go through the store some
thousand orders at a time. `services/soundness.py` says what each means and how it is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import finding, goods, history, kept, keys, log, messages, papers, statuses, sums, work
from data.checks.looking import Checked, asked
from data.store import Reader

__all__ = ["CHECKS", "NAMES", "Checked", "check", "checking"]

# name -> SQL for the rows that break it, with a column `number` that tells which
CHECKS: dict[str, str] = {
    name: sql
    for room in (sums, keys, goods, statuses, messages, work, papers, finding)
    for name, sql in room.CHECKS.items()
}
NAMES = (*CHECKS, *papers.NAMES, *history.NAMES, *finding.NAMES, *kept.NAMES, *log.NAMES)


def check(read: Reader, zone: str) -> list[Checked]:
    """Every check over the whole store; `zone` is the shop's time zone."""
    return list(checking(read, zone))


def checking(read: Reader, zone: str) -> Iterator[Checked]:
    """The same, one after the other."""
    for name, broken in CHECKS.items():
        yield asked(read, name, broken, zone)
    for room in (papers, history, finding, kept, log):
        yield from room.broken(read)
