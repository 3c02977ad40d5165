"""An answer of the workbench: columns, rows, and how it came about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.workbench import Column as StoreColumn


class Kind(StrEnum):
    """What a column holds, as far as showing and drawing it goes."""

    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name (no other has the same), its kind, and the engine's type."""

    name: str
    kind: Kind
    type: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in the order of `columns`: numbers exact, days and moments as such. `is_cut` says that there are more rows
    than these; `took` is seconds."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool
    took: float


def columns(found: tuple[StoreColumn, ...]) -> tuple[Column, ...]:
    """The columns with a name of its own each: `a`, `a_2`."""
    names: list[str] = []
    for column in found:
        name, again = column.name, 1
        while name in names:
            again += 1
            name = f"{column.name}_{again}"
        names.append(name)
    return tuple(Column(name, kind(one.type), one.type) for name, one in zip(names, found, strict=True))


def kind(type: str) -> Kind:
    """The kind of an engine's type."""
    if type.endswith("]"):
        return Kind.OTHER
    bare = type.partition("(")[0]
    if bare in ("DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "UHUGEINT") or bare.endswith(("INT", "INTEGER")):
        return Kind.NUMBER
    if bare in ("VARCHAR", "UUID", "ENUM", "JSON"):
        return Kind.TEXT
    if bare.startswith("TIMESTAMP"):
        return Kind.MOMENT
    return {"DATE": Kind.DAY, "BOOLEAN": Kind.YES_NO}.get(bare, Kind.OTHER)


def plain(value: Any) -> str:
    """A cell as text that a program can read again: exact, with a dot, ISO days; nothing is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case timedelta():
            return str(value)
        case list() | dict() | tuple():
            return json.dumps(value, default=plain, ensure_ascii=False)
    return str(value)


def size(value: Any) -> int:
    """About how many characters a cell holds."""
    if isinstance(value, (str, bytes)):
        return len(value)
    return 8 * _parts(value) if isinstance(value, (list, dict)) else 16


def _parts(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_parts(part) for part in value.values()) + len(value)
    if isinstance(value, list):
        return sum(_parts(part) for part in value[:1000]) * max(1, len(value) // 1000) + 1
    return max(1, len(value) // 8) if isinstance(value, str) else 1
