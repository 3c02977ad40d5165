"""Tables as rows of text, whatever file they lie in: delimited, XLSX, Parquet, JSON.

JSON objects are laid flat: `geoip.country` for what is nested, and an array of objects inside makes one row per member
with the outer values repeated (`products.sku`). So an order with its lines inside becomes one row per line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from services.errors import Invalid
from services.imports import documents
from services.imports.opening import Opened
from services.imports.recognition import Recognised, Shape
from services.imports.records import Ending, records
from services.language import _

_Row = TypeVar("_Row")
_LOOKED_AT = 1_000  # objects of a JSON file from which its columns are known


@dataclass(frozen=True)
class Grid:
    """A table: its header, and its rows again and again. `cut` tells the first line of a broken last row."""

    name: str
    header: tuple[str, ...]
    source: Recognised
    ending: Ending
    is_laid_out: bool = True

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(first line in the file, cells as long as the header) of every row that is not blank."""
        width = len(self.header)
        for row, cells in _rows(self.source, self.header, self.ending, self.is_laid_out):
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            yield row, cells[:width]

    def sample(self, count: int) -> list[list[str]]:
        """The cells of the first rows."""
        return [cells for _row, cells in islice(self.rows(), count)]


def grid_of(found: Recognised, is_laid_out: bool = True) -> Grid:
    """The table in a recognised file. Unless `is_laid_out`, arrays of objects stay one cell of JSON."""
    if found.layout:
        header: list[str] = list(found.layout.header)
    else:
        header = header_of(found.file, found.shape, found.keys, is_laid_out)
    named = [name.strip() or f"column {place}" for place, name in enumerate(header, start=1)]
    return Grid(found.file.path.name.split(".")[0], tuple(named), found, Ending(), is_laid_out)


def whole(rows: Iterable[_Row], name: str, most: int) -> tuple[_Row, ...]:
    """The rows of a file that is taken at once. Raises `Invalid` where there is none, or more than `most`."""
    taken = tuple(islice(rows, most + 1))
    if not taken:
        raise Invalid(_("The file “{name}” holds no rows.", name=name))
    if len(taken) > most:
        raise Invalid(_("The file “{name}” has more than {count} rows.", name=name, count=most))
    return taken


def header_of(opened: Opened, shape: Shape, keys: tuple[str, ...] = (), is_laid_out: bool = True) -> list[str]:
    """The names of the columns."""
    if shape is Shape.PARQUET:
        return list(_parquet(opened).schema_arrow.names)
    if shape is Shape.XLSX:
        return [_cell(value) for value in next(_sheet_rows(opened), ())]
    names: dict[str, None] = {}
    for value, _text in islice(documents.items(opened, keys), _LOOKED_AT):
        for row in _flat(value, is_laid_out=is_laid_out):
            names.update(dict.fromkeys(row))
    return list(names)


def _rows(
    found: Recognised, header: tuple[str, ...], ending: Ending, is_laid_out: bool
) -> Iterator[tuple[int, list[str]]]:
    match found.shape:
        case Shape.DELIMITED:
            if found.layout:
                yield from records(found.file, found.layout, ending)
        case Shape.XLSX:
            for place, values in enumerate(_sheet_rows(found.file), start=1):
                cells = [_cell(value) for value in values]
                if place > 1 and any(cells):
                    yield place, cells
        case Shape.PARQUET:
            place = 0
            for batch in _parquet(found.file).iter_batches(5_000):
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    place += 1
                    yield place, [_cell(value) for value in values]
        case _:
            for place, (value, text) in enumerate(documents.items(found.file, found.keys), start=1):
                ending.characters += len(text)
                for row in _flat(value, is_laid_out=is_laid_out):
                    yield place, [row.get(name, "") for name in header]


def _parquet(opened: Opened) -> Any:
    import pyarrow.parquet as parquet  # it brings half a second and forty megabytes, which most files do not need

    try:
        return parquet.ParquetFile(opened.path)
    except (OSError, ValueError) as error:
        raise Invalid(_("The packed file “{name}” is damaged or cut off.", name=opened.name)) from error


def _sheet_rows(opened: Opened) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet, and of further sheets of the same header without it."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(opened.path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, InvalidFileException) as error:
        raise Invalid(_("The packed file “{name}” is damaged or cut off.", name=opened.name)) from error
    try:
        header: tuple[Any, ...] | None = None
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            first = next(rows, None)
            if header is None:
                if first is None:
                    continue
                header = first
                yield first
            elif first != header:
                continue
            yield from rows
    finally:
        book.close()


def _cell(value: Any) -> str:
    """A value of a typed file as text that reads back to it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
        case datetime():
            offset = value.utcoffset()
            plain = value.replace(tzinfo=None) - offset if offset is not None else value
            return plain.isoformat(" ") + ("Z" if offset is not None else "")
        case date() | time():
            return value.isoformat()
        case list():
            return ", ".join(_cell(one) for one in value)
        case dict():
            return json.dumps(value, default=str, ensure_ascii=False)
        case Decimal():
            return f"{value:f}"
    return str(value)


def _flat(value: Any, prefix: str = "", is_laid_out: bool = True) -> list[dict[str, str]]:
    """An object as rows: one, or one per member of the first array of objects in it."""
    if not isinstance(value, dict):
        return [{prefix.rstrip(".") or "value": _cell(value)}]
    outer: dict[str, str] = {}
    inner: list[dict[str, str]] = []
    for key, one in value.items():
        name = f"{prefix}{key}"
        is_table = isinstance(one, list) and one and all(isinstance(member, dict) for member in one)
        if is_table and not is_laid_out:
            outer[name] = json.dumps(one, default=str, ensure_ascii=False)
        elif isinstance(one, dict):
            outer.update(_flat(one, f"{name}.", is_laid_out)[0])
        elif is_table and not inner:
            inner = [row for member in one for row in _flat(member, f"{name}.", is_laid_out)]
        else:
            outer[name] = _cell(one)
    return [{**outer, **row} for row in inner] or [outer]
