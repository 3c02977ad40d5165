"""Parquet: every column with its own type; money decimal(18,3), moments in UTC."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as arrow_parquet

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader

_GROUP = 5  # batches in a row group


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
    """The file's bytes."""
    out = _Out()
    writer: arrow_parquet.ParquetWriter | None = None
    held: list[pa.RecordBatch] = []
    for batch in exports.typed(read, filter, with_lines, decimals):
        writer = writer or arrow_parquet.ParquetWriter(out, batch.schema)
        held.append(batch)
        if len(held) == _GROUP:
            writer.write_table(pa.Table.from_batches(held))
            held.clear()
            yield out.taken()
    if writer is None:
        schema = exports.empty(read, with_lines, decimals).schema
        writer = arrow_parquet.ParquetWriter(out, schema)
    if held:
        writer.write_table(pa.Table.from_batches(held))
    writer.close()
    yield out.taken()
