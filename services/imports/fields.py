"""Values of JSON orders, read with suspicion: any key may be absent, null, or of another type than promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.imports.amounts import amount
from services.imports.finding import Reject
from services.imports.moments import moment
from services.language import _
from services.money import ZERO

Record = Mapping[str, Any]


def text(record: Record, key: str) -> str:
    """A text or number as text; empty for what is absent, null or nested."""
    value = record.get(key)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return str(value)


def money(record: Record, key: str, default: Decimal = ZERO) -> Decimal:
    """An amount, to three decimals. Raises `Reject` for what is no number."""
    value = record.get(key)
    if value is None or value == "":
        return default
    try:
        if isinstance(value, bool | dict | list):
            raise ValueError
        return amount(str(value))
    except ValueError as error:
        raise Reject(key, str(value), _("“{value}” is no number.", value=value)) from error


def required_money(record: Record, key: str) -> Decimal:
    """An amount without which there is no order, and that is not negative."""
    if record.get(key) in (None, ""):
        raise Reject(key, "", _("“{value}” is no number.", value=""))
    value = money(record, key)
    if value < 0:
        raise Reject(key, str(record.get(key)), _("“{value}” is negative.", value=record.get(key)))
    return value


def at(record: Record, key: str, zone: str = "UTC") -> datetime | None:
    """A moment in UTC; a time without an offset is on the clock of `zone`. Raises `Reject` for what is none."""
    value = text(record, key)
    if not value:
        return None
    try:
        return moment(value, zone)
    except ValueError as error:
        raise Reject(key, value, _("“{value}” is no date that can be read.", value=value)) from error


def records(record: Record, key: str) -> list[dict[str, Any]]:
    """The objects of an array; empty when it is none."""
    value = record.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def part(record: Record, key: str) -> dict[str, Any]:
    """An object inside; empty when it is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def is_true(record: Record, key: str) -> bool:
    """Whether a flag is set, however it is written."""
    value = record.get(key)
    return value is True or (isinstance(value, str) and value.lower() in ("true", "yes", "1"))
