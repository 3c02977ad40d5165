"""Bytes of an uploaded file on their way to where files lie, under a name of ours: a folder, or a bucket."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO, Protocol

from data.ids import new_id
from services.errors import Conflict, Unavailable
from services.goods import files
from services.goods.bucket import bucket_of
from services.language import _
from services.settings import Settings

SPARE = 200_000_000  # bytes of the disk that an upload leaves free


class Coming(Protocol):
    """A file that is written bit by bit and is there once it is kept, at `place`."""

    @property
    def place(self) -> str:
        """Where it will lie."""

    def write(self, piece: bytes) -> None:
        """The next bytes."""

    def keep(self) -> None:
        """It is whole."""

    def leave(self) -> None:
        """Forget what came so far; nothing to do for one that was kept."""


def coming(settings: Settings, size: int | None) -> Coming:
    """Begin. Raises `Conflict` when the disk has no room for so many bytes."""
    bucket = bucket_of(settings)
    return bucket.upload(_new_place()) if bucket else _ToDisk(settings, size)


def take_away(settings: Settings, place: str) -> None:
    """Let go of a file that lies there for nothing; one that cannot be taken away just now stays."""
    bucket, root = bucket_of(settings), files.folder(settings)
    try:
        if bucket:
            bucket.remove(place)
        elif root:
            (root / place).unlink(missing_ok=True)
    except (OSError, Unavailable):
        return  # it lies there for nothing; who looks after the disk finds it


class _ToDisk:
    """A file on its way to the disk."""

    def __init__(self, settings: Settings, size: int | None) -> None:
        root = files.folder(settings)
        assert root is not None  # else it goes to a bucket  # noqa: S101
        self.place = _new_place()
        self._whole = root / self.place
        try:
            self._whole.parent.mkdir(parents=True, exist_ok=True)
            if size is not None and shutil.disk_usage(self._whole.parent).free < size + SPARE:
                raise Conflict(_("The disk has no room for this file."))
            self._part: Path = self._whole.with_name(f"{self._whole.name}.part")
            self._stream: BinaryIO = self._part.open("xb")
        except OSError as error:
            raise Conflict(_("The file cannot be kept: {reason}.", reason=error.strerror)) from error

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises `Conflict` when the disk takes no more."""
        try:
            self._stream.write(piece)
        except OSError as error:
            raise Conflict(_("The file cannot be kept: {reason}.", reason=error.strerror)) from error

    def keep(self) -> None:
        """On the disk for good, then under its name."""
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._part.rename(self._whole)
        except OSError as error:
            raise Conflict(_("The file cannot be kept: {reason}.", reason=error.strerror)) from error

    def leave(self) -> None:
        """Forget what came so far; nothing to do for one that was kept."""
        self._stream.close()
        try:
            self._part.unlink(missing_ok=True)
        except OSError:
            return  # it lies there for nothing; who looks after the disk finds it


def _new_place() -> str:
    return f"{files.OURS}/{new_id()}"
