"""Parts of orders (an answer to a query for some fields): what they tell of orders that the shop knows whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from data import import_merge
from data.doors import Reader
from services.imports.fields import text
from services.imports.finding import Reject
from services.imports.reading import Context, Read, Sparse, Taken, refused
from services.imports.shopify_rest import read_order


def completed(read: Reader, context: Context, parts: Sequence[Sparse]) -> Iterator[Read]:
    """Each part as the whole order it becomes: its fields over those of the record by which the shop knows the order.
    A part of an order that is not known, that came as a table, or that this run brings whole, stays a part."""
    ids, numbers = [text(one.record, "id") for one in parts], [one.number for one in parts]
    kept = import_merge.newest_raws(read, context.source, ids, numbers)
    by_number = {row["number"]: row for row in kept}
    by_id = {row["source_id"]: row for row in kept}
    for one in parts:
        row = by_id.get(text(one.record, "id")) or (by_number.get(one.number) if not one.record.get("id") else None)
        known = _record(row["raw"]) if row else None
        yield _whole(known, one, context) if known else one


def _record(raw: str) -> dict[str, Any] | None:
    found = json.loads(raw)
    return found if isinstance(found, dict) and "line_items" in found else None


def _whole(known: dict[str, Any], part: Sparse, context: Context) -> Read:
    record = {**known, **part.record}
    raw = json.dumps(record, ensure_ascii=False, default=str)
    try:
        found = read_order(record, part.row, context)
    except Reject as error:
        return refused(error, part.row, part.number, raw)
    return replace(found, raw=raw) if isinstance(found, Taken) else part
