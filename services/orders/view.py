"""A list of orders as a screen or a program asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from data.filters import Filter, Sort

LARGEST_PAGE = 200
EVERY_ORDER = Filter()


@dataclass(frozen=True, slots=True)
class View:
    """A list as asked for: which orders, in which order, how many at a time, from where. `cursor` goes on after an
    earlier answer and rules over `page`; pages count from 1."""

    filter: Filter = EVERY_ORDER
    sort: Sort = Sort.NEWEST
    size: int = 50
    cursor: str | None = None
    page: int = 1
