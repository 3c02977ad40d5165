"""Dates and times as files write them, to UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from services import clock


class DateOrder(StrEnum):
    """Which part of 03/04/2024 is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


_ISO_GAP = re.compile(
    r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\Z", re.IGNORECASE
)
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\Z")
_PARTED = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?:,?\s+(\d{1,2})[:h](\d\d)(?::(\d\d))?\s*([AaPp]\.?[Mm]\.?)?)?\Z"
)
_SERIAL = re.compile(r"\d{5}([.,]\d+)?\Z")
_EPOCH = datetime(1899, 12, 30)  # day 0 of a spreadsheet
EARLIEST_SERIAL, LATEST_SERIAL = 20_000, 80_000


def moment(text: str, zone: str, order: DateOrder | None = None) -> datetime:
    """The UTC moment of a text; one without an offset is read on the clock of `zone`. Raises ValueError for what is
    no date, and for 03/04/2024 when `order` is not known."""
    if is_full(text):  # the form of a Shopify CSV, hence first
        return datetime.fromisoformat(text[:19]) - _offset(text[20:])
    return _moment(text.strip(), zone, order)


def is_full(text: str) -> bool:
    """Whether a text has the form of 2024-03-01 10:00:00 +0100."""
    return len(text) == 25 and text[10] == " " and text[19] == " "


@lru_cache(maxsize=256)
def _offset(text: str) -> timedelta:
    return datetime.strptime(text, "%z").utcoffset() or timedelta()


def has_offset(text: str) -> bool:
    """Whether a time says its own zone."""
    found = _ISO_GAP.match(text.strip())
    return bool(found and found[2])


def has_seconds(text: str) -> bool:
    """Whether a text tells more than the minute (or is a serial, which tells all)."""
    return text.count(":") >= 2 or bool(_SERIAL.match(text.strip()))


@lru_cache(maxsize=16_384)
def _moment(text: str, zone: str, order: DateOrder | None) -> datetime:
    if found := _ISO_GAP.match(text):
        at = datetime.fromisoformat(found[1])
        if not found[2]:
            return _fits(clock.from_local(at, zone))
        if found[2].upper() in ("Z", "UTC", "GMT"):
            return _fits(at)
        sign = found[2].replace(":", "")
        offset = timedelta(hours=int(sign[1:3]), minutes=int(sign[3:5]))
        return _fits(at - offset if sign[0] == "+" else at + offset)
    if found := _ISO_DAY.match(text):
        hour, minute, second = (int(part or 0) for part in found.groups()[3:])
        return _fits(
            clock.from_local(datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, second), zone)
        )
    if found := _PARTED.match(text):
        return _fits(clock.from_local(_parted(found, order), zone))
    if _SERIAL.match(text) and EARLIEST_SERIAL <= float(text.replace(",", ".")) <= LATEST_SERIAL:
        days = float(text.replace(",", "."))
        at = _EPOCH + timedelta(seconds=round(days * 86_400))
        return clock.from_local(at, zone)
    raise ValueError(text)


def _parted(found: re.Match[str], order: DateOrder | None) -> datetime:
    first, second = int(found[1]), int(found[2])
    if order is None:
        if first > 12 >= second:
            order = DateOrder.DAY_FIRST
        elif second > 12 >= first:
            order = DateOrder.MONTH_FIRST
        elif first != second:
            raise ValueError(found[0])
    day, month = (second, first) if order is DateOrder.MONTH_FIRST else (first, second)
    year = int(found[3])
    if len(found[3]) == 2:
        year += 2000 if year <= 68 else 1900
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7][0] in "pP" else 0)
    return datetime(year, month, day, hour, int(found[5] or 0), int(found[6] or 0))


def _fits(at: datetime) -> datetime:
    if not 1970 <= at.year <= 2200:
        raise ValueError(str(at))
    return at


def date_order(values: Iterable[str]) -> DateOrder | None:
    """The order of day and month that the values of one column agree on; None when all could be either. Raises
    ValueError when they contradict each other."""
    says: set[DateOrder] = set()
    for text in values:
        if found := _PARTED.match(text.strip()):
            if int(found[1]) > 12:
                says.add(DateOrder.DAY_FIRST)
            if int(found[2]) > 12:
                says.add(DateOrder.MONTH_FIRST)
    if len(says) > 1:
        raise ValueError("mixed")
    return says.pop() if says else None


def is_parted(text: str) -> bool:
    """Whether a text has the form of 03/04/2024."""
    return bool(_PARTED.match(text.strip()))


def from_timestamp(seconds: int) -> datetime:
    """The UTC moment of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
