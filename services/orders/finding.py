"""Finding orders: the list, its count and sums, counts beside choices, and what has to be done now."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from data import finding
from data.filters import Field, Filter, Sort
from data.store import Row
from services.errors import Invalid
from services.language import _
from services.orders.around import (
    Coverage,
    History,
    Neighbours,
    change_mark,
    coverage,
    customer_history,
    neighbours,
)  # fmt: skip
from services.orders.todo import Heap, Todo, todo_counts, todo_filters
from services.orders.view import LARGEST_PAGE, View
from services.query.wording import matched_name
from services.shop import Shop

__all__ = [
    "LARGEST_PAGE", "View", "Found", "find", "Choice", "facets", "why",
    "Todo", "Heap", "todo_counts", "todo_filters",
    "Neighbours", "neighbours", "History", "customer_history", "Coverage", "coverage", "change_mark",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list. `rows` have the columns of `data.orders.COLUMNS`; `total` counts all that match, `sums` adds
    up their totals by currency (empty unless asked for); `next` is the cursor of the page after, None at the end."""

    rows: list[Row]
    total: int
    sums: dict[str, Decimal]
    next: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field has among the orders in question, how many have it, and the shop's word for it if any."""

    value: str
    label: str
    count: int


def find(shop: Shop, view: View, with_sums: bool = True) -> Found:
    """The orders of a view. Raises `Invalid` for a page past the end or a cursor of another list."""
    size = max(1, min(view.size, LARGEST_PAGE))
    with shop.store.read() as read:
        asked = finding.asked(read, view.filter)
        if with_sums:
            by_currency = finding.sums(read, asked)
            total = sum(row["orders"] for row in by_currency)
        else:
            by_currency, total = [], finding.count(read, asked)
        pages = max(1, -(-total // size))
        if view.cursor is None and not 1 <= view.page <= pages:
            raise Invalid(
                _("There is no page {page}; the last one is {pages}.", page=view.page, pages=pages),
                {"page": str(pages)},
            )
        after = _place(view.cursor, view.sort) if view.cursor else None
        skip = 0 if after else (view.page - 1) * size
        rows = finding.rows(read, asked, view.sort, size + 1, after, skip)
    following = _cursor(rows[size - 1], view.sort) if len(rows) > size else None
    return Found(rows[:size], total, {row["currency"]: row["total"] for row in by_currency}, following, pages)


def facets(shop: Shop, filter: Filter, fields: Sequence[Field]) -> dict[Field, list[Choice]]:
    """For each field its choices among the orders of the filter, as if the filter asked nothing of that field."""
    with shop.store.read() as read:
        return {
            field: [
                Choice(str(row["value"]), row["label"], row["orders"])
                for row in finding.facet(read, filter.without_field(field), field)
            ]
            for field in fields
        }


def why(shop: Shop, filter: Filter, order_ids: Sequence[str]) -> dict[str, list[str]]:
    """Why orders match: id -> what people call the fields in which words of the filter were found."""
    with shop.store.read() as read:
        rows = finding.why(read, filter, order_ids)
    found: dict[str, list[str]] = {order_id: [] for order_id in order_ids}
    for row in rows:
        found[row["order_id"]].append(matched_name(row["field"]))
    return found


def _cursor(row: Row, sort: Sort) -> str:
    key = row["sort_key"]
    kept: Any = key.isoformat() if isinstance(key, datetime) else str(key)
    return base64.urlsafe_b64encode(json.dumps([sort.value, kept, row["id"]]).encode()).decode().rstrip("=")


def _place(cursor: str, sort: Sort) -> finding.Place:
    try:
        made_for, key, order_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if made_for != sort.value:
            raise ValueError(made_for)
        value = datetime.fromisoformat(key) if sort in (Sort.NEWEST, Sort.OLDEST) else Decimal(key)
        return finding.Place(value, str(UUID(order_id)))
    except (ValueError, ArithmeticError, TypeError, AttributeError) as error:
        sentence = _("This cursor does not belong to this list; start again without it.")
        raise Invalid(sentence, {"cursor": sentence}) from error
