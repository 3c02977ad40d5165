"""JSON: an array of orders, whole as the API writes them; or of lines, flat, with the columns of the CSV."""

from __future__ import annotations

from collections.abc import Iterator

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader


def pieces(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[bytes]:
    """The file's bytes."""
    source = exports.line_records if with_lines else exports.whole_orders
    before = b"[\n"
    for batch in source(read, filter, decimals):
        if batch.num_rows:
            yield before + ",\n".join(batch.column(0).to_pylist()).encode()
            before = b",\n"
    yield b"\n]\n" if before != b"[\n" else b"[]\n"
