"""Files of digital goods: where they lie, what they are called, and how they come in by folder.

Under `COMPTOIR_FILES/digital` a merchant puts `<SKU>/any name.pdf` or `<SKU>.pdf`; what is uploaded in Settings lies in
a folder of ours there, under names of ours. `COMPTOIR_FILES` is a folder of this machine, or a bucket; what lies in a
bucket is known here as it was listed last, so that no transaction waits for it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath

from data import goods
from data.ids import new_id
from data.store import Reader, Row, Writer
from services.goods.bucket import InBucket, bucket_of
from services.goods.lying import Lying, OnDisk
from services.orders.order import Line
from services.people import SYSTEM
from services.settings import Settings

FOLDER, OURS = "digital", ".kept"
LONGEST_NAME = 120  # characters of a file's name; most file systems take 255 bytes
MOST_FILES = 5000  # that one look at the folder takes in
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF}


def folder(settings: Settings) -> Path | None:
    """Where digital goods lie; None where `COMPTOIR_FILES` is no folder of this machine (s3://…)."""
    return None if "://" in settings.files else Path(settings.files) / FOLDER


def address(settings: Settings) -> str:
    """Where a merchant puts files, for people."""
    bucket = bucket_of(settings)
    return bucket.address if bucket else str(folder(settings))


def product_of(sku: str, name: str) -> str:
    """What a line's product is known by here."""
    return (sku.strip() or name.strip()).lower()


def product(line: Line) -> str:
    """The same of an order's line."""
    return product_of(line.sku, line.name)


def clean_name(given: str) -> str:
    """A name that any system takes and no reader is misled by: no path, no control signs, none that turn the text
    around, nothing that a shell or Windows keeps for itself; the ending stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and ord(c) not in _BIDI)
    kept = re.sub(r'[<>:"|?*]', "_", " ".join(kept.split())).strip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        ending = f"{dot}{ending}" if dot and len(ending) <= 10 else ""
        kept = (stem if ending else kept)[: LONGEST_NAME - len(ending)].rstrip() + ending
    return kept or "file"


def path_of(settings: Settings, place: str) -> Path | None:
    """The file at a place under the folder; None when it is not there, or leads out of it."""
    root = folder(settings)
    if root is None or not place:
        return None
    try:
        found, home = (root / place).resolve(), root.resolve()
        return found if found.is_relative_to(home) and found.is_file() else None
    except (OSError, ValueError):
        return None


def lying(settings: Settings, place: str) -> Lying | None:
    """The file at a place, to be asked for; None when it is known not to be there."""
    bucket = bucket_of(settings)
    if bucket:
        return InBucket(bucket, place) if is_there(settings, place) else None
    path = path_of(settings, place)
    return OnDisk(path) if path else None


def is_there(settings: Settings, place: str) -> bool:
    """Whether a file lies at a place; of a bucket that could not be listed yet it is taken for granted."""
    bucket = bucket_of(settings)
    if bucket is None:
        return path_of(settings, place) is not None
    return bucket.known is None or place in bucket.known


def look(settings: Settings) -> None:
    """Look anew at what lies in the bucket; a folder is looked at whenever it is asked for. Raises `Away`."""
    bucket = bucket_of(settings)
    if bucket:
        bucket.listed()


def pick_up(write: Writer, settings: Settings, now: datetime, only: set[str] | None = None) -> int:
    """Take note of files that were put into the folder, of `only` some products when named; how many are new."""
    rows = fresh(write, settings, now, only)
    for row in rows:
        goods.add_file(write, row)
    return len(rows)


def fresh(read: Reader, settings: Settings, now: datetime, only: set[str] | None = None) -> list[Row]:
    """What `pick_up` would take note of, as rows."""
    found = _found(settings, only)
    if not found:
        return []
    known = {(row["product"], row["place"]) for row in goods.files_of(read, sorted({one[0] for one in found}))}
    return [
        file_row(new_id(), of, clean_name(place), place, size, now, SYSTEM.name, is_ours=False)
        for of, place, size in found
        if (of, place) not in known
    ]


def is_anything_new(settings: Settings, known: set[str]) -> bool:
    """Whether something lies in the folder that is not known by its place."""
    return any(place not in known for _of, place, _size in _found(settings, None))


def file_row(
    file_id: str, of: str, name: str, place: str, size: int, now: datetime, actor: str, *, is_ours: bool
) -> Row:
    """A new file of a product."""
    return {
        "id": file_id,
        "product": of,
        "name": name,
        "place": place,
        "size": size,
        "version": 1,
        "link_days": None,
        "link_downloads": None,
        "is_ours": is_ours,
        "added_at": now,
        "updated_at": now,
        "actor": actor,
        "removed_at": None,
    }


def _found(settings: Settings, only: set[str] | None) -> list[tuple[str, str, int]]:
    """(product, place, size) of what a merchant put there."""
    root = folder(settings)
    return _in_bucket(settings, only) if root is None else _in_folder(root, only)


def _in_bucket(settings: Settings, only: set[str] | None) -> list[tuple[str, str, int]]:
    bucket = bucket_of(settings)
    found: list[tuple[str, str, int]] = []
    for place, size in (bucket.known or {}).items() if bucket else ():
        parts = PurePosixPath(place).parts
        if not 1 <= len(parts) <= 2 or place.endswith("/") or any(part.startswith(".") for part in parts):
            continue
        of = (parts[0] if len(parts) == 2 else PurePosixPath(place).stem).strip().lower()
        if only is None or of in only:
            found.append((of, place, size))
    return found


def _in_folder(root: Path, only: set[str] | None) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    try:
        entries = sorted(root.iterdir())
        for entry in entries:
            if entry.name.startswith(".") or len(found) >= MOST_FILES:
                continue
            of = (entry.name if entry.is_dir() else entry.stem).strip().lower()
            if only is not None and of not in only:
                continue
            inside = sorted(entry.iterdir()) if entry.is_dir() else [entry]
            found += [
                (of, str(file.relative_to(root)), file.stat().st_size)
                for file in inside
                if file.is_file() and not file.name.startswith(".") and _is_inside(file, root)
            ]
    except OSError:
        return found  # a folder that comes and goes: what could be seen
    return found


def _is_inside(file: Path, root: Path) -> bool:
    return file.resolve().is_relative_to(root.resolve())
