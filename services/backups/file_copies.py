"""Files that the shop sells, put into another folder, each proved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.backup import FileBackup, copied, hash_of
from data.errors import BackupRefused
from services.language import _


def refuse_others(root: Path, expected: Mapping[str, FileBackup]) -> None:
    """A file that lies there already stays only if it is the one that would come. Raises `BackupRefused`."""
    for place, file in expected.items():
        there = root / place
        if there.exists() and not _is(there, file):
            raise BackupRefused(
                "{file} already lies in {folder} and is another one. Nothing was written; give another folder.",
                file=place,
                folder=root,
            )


def put(source: Path, root: Path, expected: Mapping[str, FileBackup]) -> None:
    """Copy files from `source` to `root`, those that are not there yet. Raises `BackupRefused`."""
    for place, file in expected.items():
        to = root / place
        part = to.with_name(f".{to.name[-150:]}.part")
        try:
            if not to.exists():
                to.parent.mkdir(parents=True, exist_ok=True)
                if copied(source / place, part) != file:
                    raise OSError(0, _("what arrived is not what was sent"))
                part.rename(to)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise BackupRefused(
                "The file {file} cannot be written to {folder}: {reason}.",
                file=place,
                folder=root,
                reason=error.strerror,
            ) from error


def _is(file: Path, kept: FileBackup) -> bool:
    return file.is_file() and file.stat().st_size == kept.bytes and hash_of(file) == kept.sha256
