"""Ids: UUIDv7 (RFC 9562), so that ids follow time and row groups can be skipped by them."""

from __future__ import annotations

import os
import random
import threading
from datetime import UTC, datetime, timedelta

_EPOCH, _MICROSECOND = datetime(1970, 1, 1), timedelta(microseconds=1)
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


def tick() -> int:
    """Now, as the first sixty bits of an id have it, in 4096ths of a millisecond."""
    text = new_id().replace("-", "")
    return int(text[:12] + text[13:16], 16)


class Ids:
    """Ids in great number. Fresh ones are all of about the moment at which this was made, in the order in which they
    are asked for. Not for more than one thread."""

    def __init__(self) -> None:
        self._millis, self._count = divmod(tick(), 4096)
        self._dice = random.Random(os.urandom(16))  # noqa: S311 (an id is unique, not secret)

    def at(self, moment: datetime) -> str:
        """An id that stands for a moment (UTC, naive), as `new_id` makes it."""
        millis, micros = divmod(max(0, (moment - _EPOCH) // _MICROSECOND), 1000)
        fraction = micros * 4096 // 1000
        tail = f"{self._dice.getrandbits(62) | 0x8000000000000000:016x}"
        head = f"{millis:012x}"
        return f"{head[:8]}-{head[8:]}-7{fraction:03x}-{tail[:4]}-{tail[4:]}"

    def fresh(self) -> str:
        """The next id."""
        self._count += 1
        if self._count > 0xFFF:
            self._millis, self._count = self._millis + 1, 0
        tail = f"{self._dice.getrandbits(62) | 0x8000000000000000:016x}"
        head = f"{self._millis:012x}"
        return f"{head[:8]}-{head[8:]}-7{self._count:03x}-{tail[:4]}-{tail[4:]}"
