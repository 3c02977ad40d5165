"""A backup of the whole shop: its tables, and the files that it sells. Its secret is not in it: keep that elsewhere."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from data import event_chain
from data.backup import Manifest, write_backup
from services.goods import files
from services.language import _
from services.settings import Settings
from services.shop import Shop
from services.version import VERSION


def make(shop: Shop, folder: Path, now: datetime, told: Callable[[], None] = lambda: None) -> Manifest:
    """Write a backup of one moment to `folder`, which must be new or empty, while people go on working. `told` is
    called between its parts. Raises the store's errors."""
    root = files.folder(shop.settings)
    with shop.store.read() as read:
        return write_backup(
            read,
            folder,
            now,
            files=root if root and root.is_dir() else None,
            version=VERSION,
            secret=secret_mark(shop.settings),
            log=event_chain.head(read).text,
            told=told,
        )


def left_out(settings: Settings) -> str:
    """What no backup of this shop holds though it is sold, in a sentence; empty where nothing is missing."""
    if files.folder(settings) is not None:
        return ""
    return _(
        "The files that the shop sells lie in {address} and are in no backup: switch on the bucket's own versions.",
        address=files.address(settings),
    )


def secret_mark(settings: Settings) -> str:
    """What the shop's secret is known again by. It says nothing about the secret, which is too long to guess."""
    return hmac.new(settings.secret.encode(), b"backup", hashlib.sha256).hexdigest()[:16]
