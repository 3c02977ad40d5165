"""Reading a backup: what it says it holds, and whether that is what lies there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from data.backup import FILES, FORMAT, MANIFEST, SUMS, FileBackup, Manifest, TableBackup, hash_of
from data.errors import BackupRefused


def read_manifest(folder: Path, told: Callable[[], None] = lambda: None) -> Manifest:
    """What the backup in `folder` says it holds, every file compared with it; `told` is called between two. Raises
    `BackupRefused`: no backup, of a newer Comptoir, not whole, damaged."""
    manifest = look_at(folder)
    if manifest.format > 1:
        _compare(folder, MANIFEST, _hash_of_manifest(folder))
    for name, table in manifest.tables.items():
        _compare(folder, f"{name}.parquet", table.sha256)
        told()
    for place, file in manifest.files.items():
        _compare(folder, f"{FILES}/{place}", file.sha256)
        told()
    return manifest


def look_at(folder: Path) -> Manifest:
    """The manifest alone, nothing compared with it. Raises `BackupRefused`."""
    if not folder.is_dir():
        raise BackupRefused("There is no folder {folder}.", folder=folder)
    try:
        given: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8", errors="surrogateescape"))
        if int(given["format"]) > FORMAT:
            raise BackupRefused("The backup {folder} was made by a newer Comptoir.", folder=folder)
        return _understood(given)
    except FileNotFoundError as error:
        raise BackupRefused("{folder} is not a backup: it has no {file}.", folder=folder, file=MANIFEST) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupRefused("{folder} is not a backup: its {file} cannot be read.", folder=folder, file=MANIFEST) from (
            error
        )


def _understood(given: dict[str, Any]) -> Manifest:
    """Raises ValueError and the like where it is no manifest; names are used in SQL and as paths."""
    tables = {str(name): TableBackup(**table) for name, table in given["tables"].items()}
    files = {str(place): FileBackup(**file) for place, file in given.get("files", {}).items()}
    if not all(name.isidentifier() and name.isascii() for name in tables):
        raise ValueError
    if any(PurePosixPath(place).is_absolute() or ".." in PurePosixPath(place).parts for place in files):
        raise ValueError
    texts = {name: str(given.get(name, "")) for name in ("version", "engine", "secret", "log")}
    return Manifest(
        int(given["format"]), int(given["schema"]), str(given["made_at"]), tables=tables, files=files, **texts
    )


def _hash_of_manifest(folder: Path) -> str:
    """What the list of hashes says of the manifest, which has no place for its own."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        lines = []
    found = [line.split("  ", 1)[0] for line in lines if line.endswith(f"  {MANIFEST}")]
    if not found:
        raise _not_whole(folder, SUMS)
    return found[0]


def _compare(folder: Path, file: str, expected: str) -> None:
    if not (folder / file).is_file():
        raise _not_whole(folder, file)
    try:
        is_same = hash_of(folder / file) == expected
    except OSError as error:
        raise BackupRefused(
            "The backup {folder} is damaged: {file} cannot be read ({reason}). Nothing was restored.",
            folder=folder,
            file=file,
            reason=error.strerror,
        ) from error
    if not is_same:
        raise BackupRefused(
            "The backup {folder} is damaged: {file} is not what was written. Nothing was restored.",
            folder=folder,
            file=file,
        )


def _not_whole(folder: Path, file: str) -> BackupRefused:
    return BackupRefused(
        "The backup {folder} is not whole: {file} is missing. Nothing was restored.", folder=folder, file=file
    )
