"""CSV: UTF-8 with a byte-order mark, RFC 4180. The engine makes the texts, Arrow the quotes, two portions at a time."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa
import pyarrow.csv as arrow_csv

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader
from services.exports.columns import GUARDED

MARK = b"\xef\xbb\xbf"
_AT_ONCE = 2
_OPTIONS = arrow_csv.WriteOptions(include_header=False, eol="\r\n", batch_size=exports.BATCH)


def pieces(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[bytes]:
    """The file's bytes."""
    names = [column.name for column in exports.columns(with_lines)]
    yield MARK + (",".join(names) + "\r\n").encode()
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for batch in exports.as_text(read, filter, with_lines, decimals, f"^{GUARDED.pattern}"):
            waiting.append(threads.submit(_written, batch))
            if len(waiting) > _AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _written(batch: pa.RecordBatch) -> bytes:
    out = io.BytesIO()
    arrow_csv.write_csv(batch, out, _OPTIONS)
    return out.getvalue()
