"""Orders on their way to the store as Arrow columns: for a hundred thousand of them, dicts per row cost too much."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from data.ids import Ids
from data.incoming import ADDRESS, SCHEMAS
from services.imports.reading import Taken
from services.money import stored
from services.orders.draft import Draft
from services.orders.statuses import EventKind

_TEXTS = (
    "source", "source_id", "number", "placed_at", "source_updated_at", "payment_status", "fulfilment_status",
    "payment_method", "payment_method_label", "payment_message", "transaction_id", "email", "name", "phone",
    "language", "customer_comment", "tags", "coupons", "shipping_method", "is_pickup", "currency", "subtotal",
    "discount", "shipping_fee", "handling_fee", "tax", "total", "tax_included", "is_muted",
)  # fmt: skip
_draft_values = attrgetter(*_TEXTS)
_address_values = attrgetter(*ADDRESS)
_line_values = attrgetter("sku", "name", "kind", "quantity", "unit_price", "discount", "tax", "shipped", "returned", "refunded")  # noqa: E501 # fmt: skip
_payment_values = attrgetter("at", "kind", "amount", "method", "provider", "reference", "failure_reason", "key")
_shipment_values = attrgetter("at", "carrier", "tracking_number", "tracking_url", "key", "delivered_at")

# table -> the columns of the tuples gathered below, in their order
_COLUMNS = {
    "orders": (
        "id", "version", "updated_at", "source_status_json", "content_hash", "import_run_id", *_TEXTS,
        *(f"shipping_{part}" for part in ADDRESS), *(f"billing_{part}" for part in ADDRESS),
    ),
    "order_lines": (
        "id", "order_id", "position", "options_json", "total", "sku", "name", "kind", "quantity", "unit_price",
        "discount", "tax", "shipped", "returned", "refunded",
    ),
    "payments": (
        "id", "order_id", "currency", "happened_at", "kind", "amount", "method", "provider", "reference",
        "failure_reason", "source_key",
    ),
    "shipments": (
        "id", "order_id", "happened_at", "carrier", "tracking_number", "tracking_url", "source_key", "delivered_at",
    ),
    "shipment_lines": ("shipment_id", "order_id", "line_id", "quantity", "returned"),
    "order_notes": ("id", "order_id", "happened_at", "author", "text", "source_key"),
    "order_events": (
        "id", "order_id", "happened_at", "kind", "actor", "before_json", "after_json", "made_json", "reason", "cause",
    ),
    "order_raws": ("order_id", "import_run_id", "happened_at", "raw"),
}  # fmt: skip


@dataclass(frozen=True)
class Stamp:
    """What every row of a run bears: when it came in, who brought it, and by which run."""

    now: datetime
    actor: str
    run_id: str


class Gathered:
    """Orders of one batch, table by table."""

    def __init__(self, stamp: Stamp) -> None:
        self._now, self._actor, self._run_id = stamp.now, stamp.actor, stamp.run_id
        self._ids = Ids()
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}

    def add(self, taken: Taken) -> None:
        """One order with all that it holds, its first event and its raw record."""
        draft = taken.draft
        order_id = self._ids.at(draft.placed_at)
        rows, now, run_id, fresh = self._rows, self._now, self._run_id, self._ids.fresh
        rows["orders"].append(
            (
                order_id, 1, now, words_as_json(draft.source_status), draft.content_hash(), run_id,
                *_draft_values(draft), *_address_values(draft.shipping_address),
                *_address_values(draft.billing_address),
            )
        )  # fmt: skip
        line_ids = self._add_lines(draft, order_id)
        for payment in draft.payments:
            values = _payment_values(payment)
            if not payment.method:
                values = (*values[:3], draft.payment_method, *values[4:])
            rows["payments"].append((fresh(), order_id, draft.currency, *values))
        for shipment in draft.shipments:
            shipment_id = fresh()
            rows["shipments"].append((shipment_id, order_id, *_shipment_values(shipment)))
            for index, quantity, returned in shipment.lines:
                rows["shipment_lines"].append((shipment_id, order_id, line_ids[index], quantity, returned))
        for note in draft.notes:
            rows["order_notes"].append((fresh(), order_id, note.at, note.author, note.text, note.key))
        after = _statuses(draft.payment_status, draft.fulfilment_status)
        rows["order_events"].append(
            (fresh(), order_id, now, EventKind.IMPORTED.value, self._actor, "{}", after, "{}", taken.aside, run_id)
        )
        rows["order_raws"].append((order_id, run_id, now, taken.raw))

    def _add_lines(self, draft: Draft, order_id: str) -> list[str]:
        ids = []
        fresh = self._ids.fresh
        for position, line in enumerate(draft.lines, start=1):
            line_id = fresh()
            ids.append(line_id)
            total = line.quantity * line.unit_price - line.discount if line.total is None else line.total
            options = _options(line.options) if line.options else "[]"
            self._rows["order_lines"].append((line_id, order_id, position, options, total, *_line_values(line)))
        return ids

    def tables(self) -> dict[str, pa.Table]:
        """What was gathered, as the staging place takes it."""
        return {name: _table(name, rows) for name, rows in self._rows.items() if rows}


def _table(name: str, rows: list[tuple[Any, ...]]) -> pa.Table:
    schema = SCHEMAS[name]
    given = dict(zip(_COLUMNS[name], zip(*rows, strict=True), strict=True))
    count = len(rows)
    arrays = [
        _array(given[field.name], field.type) if field.name in given else pa.nulls(count, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    first = values[0]
    try:
        if first is values[-1] and values.count(first) == len(values):  # a sum that is zero for all, and the like
            return pa.repeat(pa.scalar(first, kind), len(values))
        return pa.array(values, kind)
    except UnicodeEncodeError:  # half a character, as a JSON text can hold: no text in any file or mail may have it
        whole = [text.encode("utf-8", "replace").decode() if isinstance(text, str) else text for text in values]
        return pa.array(whole, kind)
    except pa.ArrowInvalid:
        return pa.array([stored(v) if isinstance(v, Decimal) else v for v in values], kind)


@lru_cache(maxsize=4096)
def words_as_json(status: tuple[tuple[str, str], ...]) -> str:
    """The words of a source for an order's statuses, as the store keeps them."""
    return json.dumps(dict(status), ensure_ascii=False)


@lru_cache(maxsize=256)
def _statuses(payment: str, fulfilment: str) -> str:
    return json.dumps({"payment_status": payment, "fulfilment_status": fulfilment})


@lru_cache(maxsize=4096)
def _options(options: tuple[tuple[str, str], ...]) -> str:
    return json.dumps([{"name": name, "value": value} for name, value in options], ensure_ascii=False)
