"""Ids: UUIDv7 (RFC 9562), so that ids follow time and row groups can be skipped by them."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime

_lock = threading.Lock()
_last = 0


def new_id(at: datetime | None = None) -> str:
    """A fresh id; `at` (UTC, naive) is the moment it stands for, now when absent. Ids made in one process for one
    moment keep the order in which they were made."""
    global _last
    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    ticks = max(0, int(moment.timestamp() * 1_000_000))
    if at is None:
        with _lock:
            ticks = _last = max(_last + 1, ticks)
    millis, micros = divmod(ticks, 1000)
    # 48 bits of milliseconds, then 12 bits that hold the microseconds, then 62 random bits
    fraction = micros * 4096 // 1000
    value = (millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | (int.from_bytes(os.urandom(8), "big") >> 2)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
