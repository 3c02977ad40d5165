"""XLSX: money and quantities as numbers, days as days, texts as texts, never a formula or a link.

A sheet holds at most 1,048,576 rows: the rest goes on further sheets. A cell holds at most 32,767 characters: a longer
text is cut and says so.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from data import exports
from data.amounts import Decimals
from data.exported import Column, Kind
from data.filters import Filter
from data.store import Reader
from services.clock import rfc3339
from services.language import _

SHEET_ROWS = 1_048_576
CELL_LETTERS = 32_767
_PIECE = 1 << 18


def pieces(
    read: Reader, filter: Filter, with_lines: bool, decimals: Decimals, sheet_rows: int = SHEET_ROWS
) -> Iterator[bytes]:
    """The file's bytes. It is made in a folder aside first, row by row, as its format wants it."""
    folder = Path(tempfile.mkdtemp(prefix="comptoir-"))
    try:
        path = folder / "export.xlsx"
        _write(path, folder, read, filter, with_lines, decimals, sheet_rows)
        with path.open("rb") as made:
            while piece := made.read(_PIECE):
                yield piece
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(
    path: Path, folder: Path, read: Reader, filter: Filter, with_lines: bool, decimals: Decimals, sheet_rows: int
) -> None:
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False},
    )
    columns = exports.columns(with_lines)
    head = book.add_format({"bold": True})
    shown = {
        Kind.MONEY: book.add_format({"num_format": "0.00#"}),
        Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    title = _("Lines") if with_lines else _("Orders")
    sheets, row = 0, sheet_rows
    sheet: Any = None
    for batch in exports.typed(read, filter, with_lines, decimals):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if row >= sheet_rows:
                sheets += 1
                sheet = _sheet(book, f"{title} {sheets}" if sheets > 1 else title, columns, head)
                row = 1
            for place, (column, value) in enumerate(zip(columns, values, strict=True)):
                _cell(sheet, row, place, value, shown.get(column.kind))
            row += 1
    if sheet is None:
        _sheet(book, title, columns, head)
    book.close()


def _sheet(book: Any, title: str, columns: tuple[Column, ...], head: Any) -> Any:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, head)
    return sheet


def _cell(sheet: Any, row: int, place: int, value: object, shown: Any) -> None:
    match value:
        case None | "":
            return
        case str():
            sheet.write_string(row, place, _fitting(value))
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | Decimal():
            sheet.write_number(row, place, float(value), shown)
        case datetime():
            sheet.write_string(row, place, rfc3339(value))
        case date():
            sheet.write_datetime(row, place, value, shown)
        case list():
            sheet.write_string(row, place, _fitting(", ".join(value)))


def _fitting(text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 <= CELL_LETTERS:
        return text
    said = _(" … (cut here: a cell of a spreadsheet holds no more)")
    return text[: CELL_LETTERS // 2 - len(said)] + said
