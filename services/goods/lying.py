"""A file of digital goods where it lies: what is known of it there, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Told:
    """A file as it is now: bytes, and a mark that is another one when its bytes are."""

    size: int
    mark: str


class Away(Unavailable):
    """The place where files lie does not answer just now."""


class Stream(Protocol):
    """Bytes of a file from one place to another, read one after the other."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; empty when there are no more. Raises `OSError` or `Away`."""

    def close(self) -> None:
        """Let go of it."""


class Lying(Protocol):
    """A file, wherever it lies."""

    def told(self) -> Told | None:
        """What is known of it now; None when it is not there. Raises `Away`."""

    def opened(self, first: int, last: int, told: Told) -> Stream:
        """Its bytes from first to last, both included, of the version that was `told`. Raises `OSError` or `Away`."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of this machine."""

    path: Path

    def told(self) -> Told | None:
        """Its size and when it was written."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return Told(found.st_size, f"{found.st_mtime_ns:x}")

    def opened(self, first: int, last: int, told: Told) -> Stream:
        """The file at its byte `first`; it may become longer or shorter meanwhile."""
        stream = self.path.open("rb")
        try:
            stream.seek(first)
        except OSError:
            stream.close()
            raise
        return stream
