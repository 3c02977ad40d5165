"""The rejected records of a run as a file that can be corrected and imported again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from data import import_runs
from data.doors import Row
from services.errors import store_errors
from services.imports.history import found_row
from services.imports.mapping import REASON
from services.imports.recognition import Format
from services.shop import Shop

# what stands around JSON orders so that the file is recognised again
_AROUND = {
    Format.SHOPIFY: ('{"orders": [', "]}"),
    Format.ECWID: ('{"total": 0, "count": 0, "offset": 0, "limit": 100, "items": [', "]}"),
}


def rejects_file(shop: Shop, run_id: str) -> tuple[str, Iterator[bytes]]:
    """Name and bytes: the header and rows of the source with the reason in a column of its own (which an import
    leaves aside), or a JSON file of the source's kind. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        run = found_row(import_runs.one(read, run_id))
    told = json.loads(run["mapping_json"] or "{}")
    stem = PurePath(str(run["file_name"]).split(",")[0]).name.split(".")[0] or "import"
    if told.get("header"):
        return f"{stem}-rejected.csv", _as_csv(shop, run_id, told)
    return f"{stem}-rejected.json", _as_json(shop, run)


def _as_csv(shop: Shop, run_id: str, told: dict[str, Any]) -> Iterator[bytes]:
    header = [name for name in told["header"] if name != REASON]
    width = len(header)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=told.get("delimiter") or ",")
    writer.writerow([*header, REASON])
    yield "\ufeff".encode()
    with store_errors(), shop.store.read() as read:
        for row in import_runs.rejected_raws(read, run_id):
            for place, cells in enumerate(json.loads(row["raw"])):
                kept = (cells + [""] * width)[:width]
                writer.writerow([*kept, row["reason"] if place == 0 else ""])
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _as_json(shop: Shop, run: Row) -> Iterator[bytes]:
    before, after = _AROUND.get(Format(run["format"]), ("[", "]"))
    yield before.encode()
    with store_errors(), shop.store.read() as read:
        for place, row in enumerate(import_runs.rejected_raws(read, run["id"])):
            raw = row["raw"].strip()
            reason = json.dumps(row["reason"], ensure_ascii=False)
            if raw.startswith("{") and raw != "{}":
                raw = f'{{"{REASON}": {reason}, {raw[1:].lstrip()}'
            yield (",\n" if place else "\n").encode() + raw.encode()
    yield f"\n{after}\n".encode()
