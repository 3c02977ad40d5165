"""What lies about of work that was broken off."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path


def sweep(place: Path, pattern: str, older_than: float) -> None:
    """Take away folders of `place` that nobody has touched for so many seconds; what cannot be taken away stays."""
    for left in place.glob(pattern):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - older_than:
                shutil.rmtree(left, ignore_errors=True)
