"""Columns by the million: NumPy arrays as the Arrow columns of `data.incoming`.

Money is whole thousandths (int64), as the store keeps three decimals; moments are microseconds since 1970 (int64),
with `NEVER` for a moment that has not come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.incoming import SCHEMAS

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
NEVER = int(np.iinfo(np.int64).max)

_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), dtype=np.uint8).reshape(256, 2)
# where the 32 hexadecimal digits of an id stand in its 36 characters
_PLACES = np.array([place for place in range(36) if place not in (8, 13, 18, 23)])


def ids(moments: Ints, bits: NDArray[np.uint64]) -> pa.Array:
    """One UUIDv7 per moment, as text; `bits` are 64 random bits for each."""
    count = len(moments)
    raw = np.empty((count, 16), dtype=np.uint8)
    raw[:, :6] = (moments // 1000).astype(">i8").view(np.uint8).reshape(count, 8)[:, 2:]
    micros = (moments % 1000) * 4096 // 1000
    raw[:, 6] = 0x70 | (micros >> 8)
    raw[:, 7] = micros & 0xFF
    raw[:, 8:] = bits.astype(">u8").view(np.uint8).reshape(count, 8)
    raw[:, 8] = 0x80 | (raw[:, 8] & 0x3F)
    letters = np.full((count, 36), ord("-"), dtype=np.uint8)
    letters[:, _PLACES] = _HEX[raw].reshape(count, 32)
    return _fixed_text(letters)


def digits(numbers: Ints, width: int) -> NDArray[np.uint8]:
    """Each number as `width` characters, with leading zeros: one row of bytes per number."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def joined(*parts: NDArray[np.uint8] | str) -> pa.Array:
    """Rows of bytes and constant texts side by side, as text."""
    count = next(len(part) for part in parts if not isinstance(part, str))
    columns = [
        np.broadcast_to(np.frombuffer(part.encode(), dtype=np.uint8), (count, len(part)))
        if isinstance(part, str)
        else part
        for part in parts
    ]
    return _fixed_text(np.concatenate(columns, axis=1))


def _fixed_text(letters: NDArray[np.uint8]) -> pa.Array:
    count, width = letters.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters))]
    )


def texts(numbers: Ints) -> pa.Array:
    """Whole numbers as text."""
    return pa.array(numbers).cast(pa.string())


def chosen(words: Sequence[str], which: Ints) -> pa.Array:
    """The word that each index stands for."""
    return pa.array(list(words), pa.string()).take(pa.array(which))


def money(thousandths: Ints) -> pa.Array:
    """Thousandths as decimal(18,3)."""
    wide = np.empty((len(thousandths), 2), dtype=np.int64)
    wide[:, 0] = thousandths
    wide[:, 1] = thousandths >> 63
    return pa.Array.from_buffers(pa.decimal128(18, 3), len(thousandths), [None, pa.py_buffer(wide)])


def whole(counts: Ints) -> pa.Array:
    """Whole quantities as decimal(18,3)."""
    return money(counts * 1000)


def times(moments: Ints) -> pa.Array:
    """Moments as timestamps; null where a moment never came."""
    return pa.array(moments, mask=moments == NEVER).cast(pa.timestamp("us"))


def table(name: str, count: int, columns: Mapping[str, object]) -> pa.Table:
    """An incoming table of `count` rows. A plain value fills its column; a text column that is absent is empty
    text, any other is null."""
    made = []
    for field in SCHEMAS[name]:
        value = columns.get(field.name)
        if isinstance(value, pa.Array | pa.ChunkedArray):
            made.append(value.cast(field.type) if value.type != field.type else value)
        elif value is not None:
            made.append(pa.repeat(pa.scalar(value, field.type), count))
        elif field.type == pa.string() and field.name not in _MAY_BE_NULL:
            made.append(pa.repeat(pa.scalar("", pa.string()), count))
        else:
            made.append(pa.nulls(count, field.type))
    return pa.table(made, schema=SCHEMAS[name])


_MAY_BE_NULL = {"import_run_id", "event_id"}
