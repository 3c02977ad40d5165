"""Backups: every table as a Parquet file, and a manifest that says what must be in them.

A backup is a folder with `manifest.json` and one `<table>.parquet` per table. It is of one snapshot, does not depend
on the home (a backup of the embedded store can be restored to a shared one), and any tool that reads Parquet reads it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.errors import BackupRefused
from data.store import Reader

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class TableBackup:
    """One table of a backup: its rows, and the SHA-256 of its file."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `schema` is the number of the newest migration, `made_at` is UTC."""

    format: int
    schema: int
    made_at: str
    tables: dict[str, TableBackup]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def tables_of(read: Reader) -> list[str]:
    """The names of the store's tables."""
    found = read.rows(
        "select table_name from information_schema.tables where table_catalog = current_catalog() "
        "and table_schema = 'main' and table_type = 'BASE TABLE' order by table_name"
    )
    return [row["table_name"] for row in found]


def write_backup(read: Reader, folder: Path, now: datetime) -> Manifest:
    """Write all tables as `read` sees them to `folder`, which must not hold anything yet. It appears whole or not at
    all. Raises `BackupRefused`, or `StoreFull` when the disk is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused("{folder} already holds something. Give a new or an empty folder.", folder=folder)
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        kept = {name: _write_table(read, name, part / f"{name}.parquet") for name in tables_of(read)}
        schema = int(read.value("select max(number) from migrations"))
        manifest = Manifest(FORMAT, schema, f"{now.replace(microsecond=0).isoformat()}Z", kept)
        (part / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise BackupRefused(
            "The backup cannot be written to {folder}: {reason}.", folder=folder, reason=error.strerror
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What the backup in `folder` says it holds, each file compared with it. Raises `BackupRefused`."""
    try:
        given: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        kept = {str(name): TableBackup(**table) for name, table in given["tables"].items()}
        manifest = Manifest(int(given["format"]), int(given["schema"]), str(given["made_at"]), kept)
    except FileNotFoundError as error:
        raise BackupRefused("{folder} is not a backup: it has no {file}.", folder=folder, file=MANIFEST) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupRefused("{folder} is not a backup: its {file} cannot be read.", folder=folder, file=MANIFEST) from (
            error
        )
    if manifest.format > FORMAT:
        raise BackupRefused("The backup {folder} was made by a newer Comptoir.", folder=folder)
    for name, table in manifest.tables.items():
        file = folder / f"{name}.parquet"
        if not file.is_file() or _hash(file) != table.sha256:
            raise BackupRefused(
                "The backup {folder} is damaged: {file} is not what was written. Nothing was restored.",
                folder=folder,
                file=file.name,
            )
    return manifest


def _write_table(read: Reader, name: str, file: Path) -> TableBackup:
    read.value(f"copy {name} to '{_quoted(file)}' (format parquet, compression zstd)")
    return TableBackup(int(read.value(f"select count(*) from {name}")), _hash(file))


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
