"""An answer as a file: CSV as `contracts` has it, XLSX with numbers, or Parquet with exact decimals."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import xlsxwriter

from services.analytics.answering import Answer, as_json
from services.analytics.measures import ColumnType

MONEY = pa.decimal128(38, 3)
CELL_LETTERS = 32_767  # what a cell of a sheet can hold
TYPES = {
    **{kind: MONEY for kind in ColumnType if kind.is_figure},
    ColumnType.COUNT: pa.int64(),
    ColumnType.NUMBER: pa.int64(),
    ColumnType.DAY: pa.date32(),
    ColumnType.WEEK: pa.date32(),
}


def csv_bytes(answer: Answer) -> bytes:
    """UTF-8 with a byte-order mark, RFC 4180; money with a dot."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([column.name for column in answer.columns])
    for row in as_json(answer)["rows"]:
        table.writerow([_harmless(row[column.name]) for column in answer.columns])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(answer: Answer) -> bytes:
    """One sheet: figures as numbers, days as days, texts as texts, never a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    formats = {
        ColumnType.MONEY: book.add_format({"num_format": "0.00#"}),
        ColumnType.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        ColumnType.WEEK: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for at, column in enumerate(answer.columns):
        sheet.write_string(0, at, column.name, bold)
        for line, row in enumerate(answer.rows, 1):
            value = row[column.name]
            if isinstance(value, str):
                sheet.write_string(line, at, value[:CELL_LETTERS])
            elif value is not None:
                sheet.write(line, at, value, formats.get(column.type))
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def parquet_bytes(answer: Answer) -> bytes:
    """Money, quantities, shares and hours as decimals, days as dates, all else as text or whole numbers."""
    columns = {}
    for column in answer.columns:
        kind = TYPES.get(column.type, pa.string())
        values = [row[column.name] for row in answer.rows]
        if kind is MONEY:
            values = [None if v is None else Decimal(v).quantize(Decimal("0.001")) for v in values]
        columns[column.name] = pa.array(values, kind)
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets a leading apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and not _is_number(cell) else cell


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
