"""An answer as a file: CSV as `contracts` has it, or Parquet with exact decimals."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from services.analytics.answering import Answer, as_json
from services.analytics.measures import ColumnType

MONEY = pa.decimal128(38, 3)
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
