"""Which backups are kept: the newest of each of the last days, and of each of the last weeks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def kept(made_on: Mapping[str, tuple[date, str]], daily: int, weekly: int) -> set[str]:
    """The names of the backups to keep of those in `made_on`, name -> (the shop's day, what sorts those of one day).
    Only days and weeks that have a backup count, so that nothing is lost while none are made; the newest always
    stays."""
    newest_first = sorted(made_on, key=lambda name: made_on[name], reverse=True)
    days: dict[date, str] = {}
    weeks: dict[tuple[int, int], str] = {}
    for name in newest_first:
        day = made_on[name][0]
        days.setdefault(day, name)
        weeks.setdefault(day.isocalendar()[:2], name)
    return {*newest_first[:1], *list(days.values())[:daily], *list(weeks.values())[:weekly]}
