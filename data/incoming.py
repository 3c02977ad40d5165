"""Whole orders on their way into the store: the columns a caller gives, table by table.

What follows from these columns (the shop's day and month, sums over payments, the words for finding) is derived in
one place, `data/intake.py`, for one order and for a million alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

TEXT, BOOL, WHOLE, TIME = pa.string(), pa.bool_(), pa.int32(), pa.timestamp("us")
MONEY = pa.decimal128(18, 3)
WORDS = pa.list_(pa.string())

ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country", "phone")

_ORDER_TEXTS_BEFORE = (
    "payment_status", "fulfilment_status", "source_status_json", "payment_method", "payment_method_label",
    "payment_message", "transaction_id", "email", "name", "phone", "language", "customer_comment",
)  # fmt: skip

SCHEMAS: dict[str, pa.Schema] = {
    "orders": pa.schema(
        [(name, TEXT) for name in ("id", "source", "source_id", "number")]
        + [("placed_at", TIME), ("updated_at", TIME), ("source_updated_at", TIME), ("version", WHOLE)]
        + [(name, TEXT) for name in _ORDER_TEXTS_BEFORE]
        + [("tags", WORDS), ("coupons", WORDS), ("shipping_method", TEXT), ("is_pickup", BOOL)]
        + [(f"{kind}_{part}", TEXT) for kind in ("shipping", "billing") for part in ADDRESS]
        + [("currency", TEXT)]
        + [(name, MONEY) for name in ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")]
        + [("tax_included", BOOL), ("content_hash", TEXT), ("import_run_id", TEXT), ("is_muted", BOOL)]
    ),
    "order_lines": pa.schema(
        [("id", TEXT), ("order_id", TEXT), ("position", WHOLE)]
        + [(name, TEXT) for name in ("sku", "name", "options_json", "kind")]
        + [
            (name, MONEY)
            for name in ("quantity", "unit_price", "discount", "tax", "total", "shipped", "returned", "refunded")
        ]
    ),
    "payments": pa.schema(
        [("id", TEXT), ("order_id", TEXT), ("happened_at", TIME), ("kind", TEXT), ("amount", MONEY)]
        + [
            (name, TEXT)
            for name in ("currency", "method", "provider", "reference", "failure_reason", "source_key", "event_id")
        ]
    ),
    "shipments": pa.schema(
        [("id", TEXT), ("order_id", TEXT), ("happened_at", TIME)]
        + [(name, TEXT) for name in ("carrier", "tracking_number", "tracking_url", "source_key", "event_id")]
        + [("delivered_at", TIME)]
    ),
    "shipment_lines": pa.schema(
        [("shipment_id", TEXT), ("order_id", TEXT), ("line_id", TEXT), ("quantity", MONEY), ("returned", MONEY)]
    ),
    "order_notes": pa.schema(
        [("id", TEXT), ("order_id", TEXT), ("happened_at", TIME)]
        + [(name, TEXT) for name in ("author", "text", "source_key", "event_id")]
    ),
    "order_events": pa.schema(
        [("id", TEXT), ("order_id", TEXT), ("happened_at", TIME)]
        + [(name, TEXT) for name in ("kind", "actor", "before_json", "after_json", "made_json", "reason", "cause")]
    ),
    "order_raws": pa.schema([("order_id", TEXT), ("import_run_id", TEXT), ("happened_at", TIME), ("raw", TEXT)]),
}

# Rows of whole orders, table by table: as dicts, or as an Arrow table.
Batch = Mapping[str, Sequence[Mapping[str, object]] | pa.Table]


def tables(batch: Batch) -> dict[str, pa.Table]:
    """The batch as one Arrow table per store table; a table that is absent comes out empty."""
    return {name: _table(batch.get(name, ()), schema) for name, schema in SCHEMAS.items()}


def _table(rows: Sequence[Mapping[str, object]] | pa.Table, schema: pa.Schema) -> pa.Table:
    if isinstance(rows, pa.Table):
        return rows.select(schema.names).cast(schema)
    return pa.table([[row.get(column) for row in rows] for column in schema.names], schema=schema)
