"""A file that was dropped on a page, for readers that want a path."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def on_disk(given: BinaryIO, otherwise: str) -> Iterator[Path]:
    """The file under its own name, `otherwise` where it has none, for the length of the block."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(given.name).name or otherwise)
        given.seek(0)
        with path.open("wb") as out:
            shutil.copyfileobj(given, out)
        yield path
