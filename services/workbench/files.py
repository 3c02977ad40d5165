"""An answer as a file, asked anew and streamed: CSV, XLSX or Parquet, at most a million rows."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as arrow_parquet
import xlsxwriter

from data import workbench, workbench_kept
from data.errors import SqlRefused
from data.workbench_check import check
from data.workbench_faults import Stopped
from services import clock
from services.errors import Conflict, NotFound, store_errors
from services.exports.columns import guarded
from services.exports.streaming import Stream
from services.exports.xlsx_file import CELL_LETTERS, SHEET_ROWS
from services.language import _, n_
from services.shop import Shop
from services.workbench import answer as answers
from services.workbench import parameters
from services.workbench.answer import Column, Kind
from services.workbench.faults import fault
from services.workbench.running import RULE, watched
from services.workbench.views import words

MOST_ROWS = 1_000_000
TIMES_LONGER = 10  # a file may take so many times as long as an answer on a screen
_BATCH = 10_000
_EXACT = 15  # digits of a number that a spreadsheet keeps

Writer = Callable[[tuple[Column, ...], Iterator[pa.RecordBatch]], Iterator[bytes]]


def link(asked_id: str, format: str) -> str:
    """The address at which the answer of a question that was asked comes as a file."""
    return f"/export/sql/{asked_id}.{format}"


def stream(shop: Shop, asked_id: str, format: str) -> Stream:
    """The answer of a question in somebody's history. Raises `NotFound`, or why the question is not answered."""
    if format not in _WRITERS:
        raise NotFound(
            _("There is no export as {format}. There are: {known}.", format=format, known=", ".join(_WRITERS))
        )
    with store_errors(), shop.store.read() as read:
        row = workbench_kept.one_asked(read, asked_id)
    if row is None:
        raise NotFound(_("This question is not remembered any more. Ask it again."))
    media_type, write = _WRITERS[format]
    name = f"comptoir-sql-{clock.day(row['happened_at'], shop.profile().time_zone)}.{format}"
    return Stream(name, media_type, _pieces(shop, row["text"], json.loads(row["values_json"]), write))


def _pieces(shop: Shop, text: str, kept: dict[str, Any], write: Writer) -> Iterator[bytes]:
    seconds = shop.profile().rule(RULE) * TIMES_LONGER
    values = {name: _value(one) for name, one in kept.items()}
    with store_errors():
        try:
            with (
                workbench.question(shop.store, check(text), values, words(shop)) as asked,
                watched(asked, seconds) as watch,
            ):
                try:
                    columns = answers.columns(asked.ask())
                    yield from write(columns, _most(asked.batches(_BATCH)))
                except Stopped as error:
                    limit = n_("{count} second", "{count} seconds", seconds)
                    raise Conflict(
                        _("The file took longer than {limit} and was broken off.", limit=limit)
                        if watch.why == "too_slow"
                        else _("The question needed too much memory and was broken off. Ask for less at once.")
                    ) from error
        except SqlRefused as error:
            raise fault(error, text) from error


def _most(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    left = MOST_ROWS
    for batch in batches:
        yield batch.slice(0, left) if batch.num_rows > left else batch
        left -= batch.num_rows
        if left <= 0:
            return


def _value(kept: dict[str, str]) -> parameters.Value:
    return parameters.read("", parameters.ParameterType(kept["type"]), kept["value"])


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _csv(columns: tuple[Column, ...], batches: Iterator[pa.RecordBatch]) -> Iterator[bytes]:
    """UTF-8 with a byte-order mark, RFC 4180; texts that a spreadsheet would take for formulas get a `'`."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([guarded(column.name) for column in columns])
    yield b"\xef\xbb\xbf" + out.getvalue().encode()
    texts = [column.kind in (Kind.TEXT, Kind.OTHER) for column in columns]
    for batch in batches:
        out.seek(0)
        out.truncate()
        for row in _rows(batch):
            table.writerow(
                [
                    guarded(answers.plain(cell)) if is_text else answers.plain(cell)
                    for cell, is_text in zip(row, texts, strict=True)
                ]
            )
        yield out.getvalue().encode("utf-8", "replace")


def _xlsx(columns: tuple[Column, ...], batches: Iterator[pa.RecordBatch]) -> Iterator[bytes]:
    """Numbers as numbers where a spreadsheet keeps them exactly, else as text; never a formula or a link."""
    folder = Path(tempfile.mkdtemp(prefix="comptoir-"))
    try:
        path = folder / "answer.xlsx"
        book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False},
        )
        sheet = book.add_worksheet(_("Answer"))
        head = book.add_format({"bold": True})
        shown = {date: book.add_format({"num_format": "yyyy-mm-dd"}), Decimal: book.add_format({"num_format": "0.00#"})}
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name[:CELL_LETTERS], head)
        at = 0
        for batch in batches:
            for row in _rows(batch):
                at += 1
                if at < SHEET_ROWS:
                    for place, cell in enumerate(row):
                        _cell(sheet, at, place, cell, shown)
        book.close()
        with path.open("rb") as made:
            while piece := made.read(1 << 18):
                yield piece
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cell(sheet: Any, row: int, place: int, value: Any, shown: dict[type, Any]) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | Decimal() if len(answers.plain(value).strip("-").replace(".", "").strip("0")) <= _EXACT:
            sheet.write_number(row, place, float(value), shown.get(type(value)))
        case float() if abs(value) < float("inf"):
            sheet.write_number(row, place, value)
        case date() if not isinstance(value, datetime) and value.year >= 1900:
            sheet.write_datetime(row, place, value, shown[date])
        case _:
            sheet.write_string(row, place, answers.plain(value)[: CELL_LETTERS // 2])


class _Out(io.RawIOBase):
    """A file that is read while it is written."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += bytes(data)
        return len(data)

    def taken(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece


def _parquet(columns: tuple[Column, ...], batches: Iterator[pa.RecordBatch]) -> Iterator[bytes]:
    """Every column with its own type."""
    out, writer = _Out(), None
    sink = pa.PythonFile(out, mode="w")
    names = [column.name for column in columns]
    for batch in batches:
        table = pa.Table.from_batches([batch]).rename_columns(names)
        writer = writer or arrow_parquet.ParquetWriter(sink, table.schema)
        writer.write_table(table.cast(writer.schema))
        yield out.taken()
    if writer is None:
        empty = pa.schema([pa.field(name, pa.string()) for name in names])
        writer = arrow_parquet.ParquetWriter(sink, empty)
    writer.close()
    yield out.taken()


_WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "parquet": ("application/vnd.apache.parquet", _parquet),
}
FORMATS = tuple(_WRITERS)
