"""The door to files: `stream(shop, filter, …)` gives a name, a media type and the bytes as they are made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from data import exports
from data.amounts import Decimals
from data.filters import Filter
from data.store import Reader
from services import clock, money
from services.errors import Invalid, store_errors
from services.exports import csv_file, json_file, parquet_file, xlsx_file
from services.language import _
from services.shop import Shop

ROWS = ("orders", "lines")

Writer = Callable[[Reader, Filter, bool, Decimals], Iterator[bytes]]

# format -> (media type, what writes it)
_WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", csv_file.pieces),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file.pieces),
    "json": ("application/json", json_file.pieces),
    "parquet": ("application/vnd.apache.parquet", parquet_file.pieces),
}
FORMATS = tuple(_WRITERS)


class Stream(NamedTuple):
    """A file on its way out. `pieces` are its bytes; the store's snapshot is held until they are all taken."""

    name: str
    media_type: str
    pieces: Iterator[bytes]


def stream(
    shop: Shop, filter: Filter, rows: str = "orders", format: str = "csv", now: datetime | None = None
) -> Stream:
    """Every order of `filter`, not a page of them: one row per order, or with `rows="lines"` one per line, the oldest
    first. Memory stays bounded however many there are. Raises `Invalid` for rows or a format that we do not write."""
    if rows not in ROWS:
        raise Invalid(_("“{given}” is not orders or lines.", given=rows), {"rows": rows})
    if format not in _WRITERS:
        raise Invalid(
            _("“{given}” is not a format that Comptoir writes: {known}.", given=format, known=", ".join(FORMATS)),
            {"format": format},
        )
    media_type, write = _WRITERS[format]
    profile = shop.profile()
    day = clock.day(now or clock.now(), profile.time_zone)
    name = f"{_slug(profile.shop_name)}-{rows}-{day}.{format}"
    return Stream(name, media_type, _pieces(shop, filter, rows == "lines", write))


def _pieces(shop: Shop, filter: Filter, with_lines: bool, write: Writer) -> Iterator[bytes]:
    with store_errors(), shop.store.read() as read:
        decimals = {code: money.decimals(code) for code in exports.currencies(read)}
        yield from write(read, filter, with_lines, decimals)


def _slug(name: str) -> str:
    """A shop's name as the beginning of a file's: letters, digits and dashes only."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:40] or "comptoir"
