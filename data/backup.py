"""Backups: every table as a Parquet file, the shop's own files, and a manifest that says what must be in them.

A backup is a folder with `manifest.json`, one `<table>.parquet` per table, the shop's files under `files/`, and
`SHA256SUMS`, by which `sha256sum --check` proves it without us. It is of one snapshot, does not depend on the home (a
backup of the embedded store can be restored to a shared one), and any tool that reads Parquet reads it.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from data.errors import BackupRefused
from data.ids import new_id
from data.proofs import Columns, Proof, columns_of, engine, proof, quoted
from data.store import Reader

MANIFEST, SUMS, FILES = "manifest.json", "SHA256SUMS", "files"
FORMAT = 2

# Seconds after which what a backup left that was broken off is let go by the next one to the same place.
_ABANDONED = 3600
_PIECE = 1 << 20
# Rows in a group of a Parquet file, and the bytes of text in one that the engine's memory has room for.
_LEAST, _MOST, _PACKED = 2048, 30_720, 8_000_000
_TEXTS = ("VARCHAR", "JSON")


@dataclass(frozen=True)
class FileBackup:
    """One file of a backup: its length and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class TableBackup(Proof):
    """One table of a backup: what it held, and the SHA-256 of its file. Backups of format 1 have neither sums, content
    nor length."""

    sha256: str = ""
    bytes: int = 0


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `schema` is the number of the newest migration, `made_at` is UTC, `version` that of
    Comptoir, `engine` that of the engine, `secret` a mark by which the shop's secret is known again, not the
    secret, `log` the newest link of the log of events."""

    format: int
    schema: int
    made_at: str
    tables: dict[str, TableBackup]
    version: str = ""
    engine: str = ""
    secret: str = ""
    log: str = ""
    files: dict[str, FileBackup] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def bytes(self) -> int:
        """The length of all its files."""
        return sum(one.bytes for one in self.tables.values()) + sum(one.bytes for one in self.files.values())


def write_backup(
    read: Reader,
    folder: Path,
    now: datetime,
    *,
    files: Path | None = None,
    version: str = "",
    secret: str = "",
    log: str = "",
    told: Callable[[], None] = lambda: None,
) -> Manifest:
    """Write all tables as `read` sees them, and what lies under `files`, to `folder`, which must not hold anything yet.
    It appears whole or not at all: until it is whole it lies beside under a name that begins with a dot. `told` is
    called between two tables or files. Raises `BackupRefused`, or `StoreFull` when the disk is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused("{folder} already holds something. Give a new or an empty folder.", folder=folder)
    part = folder.with_name(f".{folder.name}.{new_id()[-6:]}.part")
    try:
        _let_go_of_abandoned(folder)
        part.mkdir(parents=True)
        tables = {}
        for name, columns in columns_of(read).items():
            tables[name] = _write_table(read, name, columns, part / f"{name}.parquet")
            told()
        schema = int(read.value("select max(number) from migrations"))
        made_at = f"{now.replace(microsecond=0).isoformat()}Z"
        kept = _copy_files(files, part / FILES, told) if files else {}
        manifest = Manifest(FORMAT, schema, made_at, tables, version, engine(read), secret, log, kept)
        _seal(part, manifest)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        _folder_to_disk(folder.parent)
    except OSError as error:
        raise BackupRefused(
            "The backup cannot be written to {folder}: {reason}.", folder=folder, reason=error.strerror
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def copied(source: Path, to: Path) -> FileBackup:
    """Copy a file and have it on the disk; what was written."""
    hashed, length = sha256(), 0
    with source.open("rb") as given, to.open("wb") as taken:
        while piece := given.read(_PIECE):
            hashed.update(piece)
            length += taken.write(piece)
        taken.flush()
        os.fsync(taken.fileno())
    return FileBackup(length, hashed.hexdigest())


def hash_of(file: Path) -> str:
    """The SHA-256 of a file."""
    hashed = sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def hashes_under(root: Path) -> dict[str, FileBackup]:
    """What lies under a folder, by its place there."""
    return {place: FileBackup(file.stat().st_size, hash_of(file)) for place, file in _lying(root)}


def _write_table(read: Reader, name: str, columns: Columns, file: Path) -> TableBackup:
    size = _rows_in_a_group(read, name, columns)
    read.value(f"copy {name} to '{quoted(file)}' (format parquet, compression zstd, row_group_size {size})")
    _to_disk(file)
    return TableBackup(**asdict(proof(read, name, columns)), sha256=hash_of(file), bytes=file.stat().st_size)


def _rows_in_a_group(read: Reader, name: str, columns: Columns) -> int:
    """How many rows the engine packs at once, so that long texts fit into its memory too: told by the first rows."""
    texts = [f"coalesce(strlen({column}::varchar), 0)" for column, kind in columns if kind in _TEXTS]
    long = float(read.value(f"select avg({' + '.join(texts)}) from (from {name} limit {_LEAST})") or 0) if texts else 0
    return max(_LEAST, min(_MOST, int(_PACKED / (long + 1)) // _LEAST * _LEAST))


def _copy_files(root: Path, to: Path, told: Callable[[], None]) -> dict[str, FileBackup]:
    """What lies under `root`, by its place there. What is taken away meanwhile is none of the shop's any more."""
    kept = {}
    for place, source in _lying(root):
        (to / place).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            kept[place] = copied(source, to / place)
        told()
    return kept


def _lying(root: Path) -> list[tuple[str, Path]]:
    found = (file for file in sorted(root.rglob("*")) if file.is_file() and not file.is_symlink())
    return [(file.relative_to(root).as_posix(), file) for file in found]


def _seal(part: Path, manifest: Manifest) -> None:
    """Write the manifest and, last, the list of every file with its hash."""
    words = json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n"
    (part / MANIFEST).write_text(words, encoding="utf-8", errors="surrogateescape")
    hashes = {
        MANIFEST: hash_of(part / MANIFEST),
        **{f"{name}.parquet": table.sha256 for name, table in manifest.tables.items()},
        **{f"{FILES}/{place}": file.sha256 for place, file in manifest.files.items()},
    }
    lines = "".join(f"{_sum_line(found, place)}\n" for place, found in hashes.items())
    (part / SUMS).write_text(lines, encoding="utf-8", errors="surrogateescape")
    for file in (part / MANIFEST, part / SUMS):
        _to_disk(file)
    _folder_to_disk(part)


def _sum_line(found: str, place: str) -> str:
    """A line as `sha256sum` writes it."""
    escaped = place.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{'' if escaped == place else chr(92)}{found}  {escaped}"


def _to_disk(file: Path) -> None:
    """Wait until what was written is on the disk."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _folder_to_disk(folder: Path) -> None:
    """The same of the names in a folder, where the system has such a thing."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _let_go_of_abandoned(folder: Path) -> None:
    with suppress(OSError):
        for part in folder.parent.iterdir():
            is_ours = part.name.startswith(f".{folder.name}.") and part.name.endswith(".part")
            if is_ours and part.stat().st_mtime < time.time() - _ABANDONED:
                shutil.rmtree(part)
