"""Parquet: every column with its own type; money decimal(18,3), moments in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as arrow_parquet

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader

_GROUP = 8  # batches in a row group

# columns in which few words come again and again: only there a dictionary pays
_FEW_WORDS = {
    "source", "placed_month", "payment_status", "fulfilment_status", "payment_method", "payment_method_label",
    "payment_message", "language", "customer_comment", "shipping_method", "shipping_company", "shipping_city",
    "shipping_region", "shipping_postal_code", "shipping_country", "billing_company", "billing_city",
    "billing_region", "billing_postal_code", "billing_country", "currency", "sku", "name", "kind", "options",
}  # fmt: skip


class _Out:
    """A file that is read while it is written."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._place = 0
        self.closed = False

    def write(self, data: bytes | memoryview) -> int:
        piece = bytes(data)
        self._held.append(piece)
        self._place += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last call."""
        piece = b"".join(self._held)
        self._held.clear()
        return piece

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


def pieces(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[bytes]:
    """The file's bytes. A portion is packed while the next one is read."""
    out = _Out()
    schema = _in_utc(exports.empty(read, with_lines, decimals).schema)
    words = [name for name in schema.names if name.removeprefix("line_") in _FEW_WORDS]
    writer = arrow_parquet.ParquetWriter(out, schema, use_dictionary=words)
    packing: Future[None] | None = None
    held: list[pa.RecordBatch] = []

    def pack(batches: list[pa.RecordBatch]) -> None:
        writer.write_table(pa.Table.from_batches(batches).cast(schema))

    with ThreadPoolExecutor(1) as thread:
        for batch in exports.typed(read, filter, with_lines, decimals):
            held.append(batch)
            if len(held) == _GROUP:
                if packing:
                    packing.result()
                    yield out.taken()
                packing, held = thread.submit(pack, held), []
        if packing:
            packing.result()
    if held:
        pack(held)
    writer.close()
    yield out.taken()


def _in_utc(schema: pa.Schema) -> pa.Schema:
    """The store's naive timestamps are UTC; a reader of the file shall know it."""
    return pa.schema(
        pa.field(field.name, pa.timestamp("us", "UTC")) if pa.types.is_timestamp(field.type) else field
        for field in schema
    )
