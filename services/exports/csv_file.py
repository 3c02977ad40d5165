"""CSV: UTF-8 with a byte-order mark, RFC 4180. The engine makes the texts, Arrow the quotes, two portions at a time."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader
from services.exports.columns import GUARDED, Kind

MARK = b"\xef\xbb\xbf"
_AT_ONCE = 2
_OPTIONS = arrow_csv.WriteOptions(include_header=False, eol="\r\n", batch_size=exports.BATCH)


def pieces(read: Reader, filter: Filter, with_lines: bool, decimals: Decimals) -> Iterator[bytes]:
    """The file's bytes."""
    columns = exports.columns(with_lines)
    names = [column.name for column in columns]
    guarded = [place for place, column in enumerate(columns) if column.kind in (Kind.TEXT, Kind.LIST)]
    yield MARK + (",".join(names) + "\r\n").encode()
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for batch in exports.as_text(read, filter, with_lines, decimals):
            waiting.append(threads.submit(_written, batch, guarded))
            if len(waiting) > _AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _written(batch: pa.RecordBatch, guarded: list[int]) -> bytes:
    columns = batch.columns
    for place in guarded:
        columns[place] = _guarded(columns[place])
    out = io.BytesIO()
    arrow_csv.write_csv(pa.RecordBatch.from_arrays(columns, schema=batch.schema), out, _OPTIONS)
    return out.getvalue()


def _guarded(texts: pa.Array) -> pa.Array:
    """The texts with a `'` before those that a spreadsheet would take for formulas. Nearly all begin with a letter
    or a digit: only columns in which some text begins otherwise are looked at closely."""
    if not _SUSPECT[_first_bytes(texts)].any():
        return texts
    is_formula = pc.match_substring_regex(texts, f"^{GUARDED.pattern}")
    return pc.if_else(is_formula, pc.binary_join_element_wise("'", texts, ""), texts)


def _first_bytes(texts: pa.Array) -> np.ndarray:
    """The first byte of every text that has one."""
    _, places, letters = texts.buffers()
    ends = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    starts = ends[:-1][ends[1:] > ends[:-1]]
    return np.frombuffer(letters, np.uint8)[starts] if len(starts) else np.empty(0, np.uint8)


# bytes with which a text begins that `GUARDED` may match
_SUSPECT = np.zeros(256, dtype=np.bool_)
_SUSPECT[list("\t\r\n '+-=@＝".encode())] = True
