"""Customers as a file, for a mailing or a spreadsheet: who, how many orders, for how much, since and until when."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from data import customers
from data.customers import CustomerSort
from services import money
from services.customers import Wanted, chosen
from services.exports.columns import guarded
from services.exports.xlsx_file import CELL_LETTERS
from services.shop import Shop

COLUMNS = ("email", "name", "country", "currency", "orders", "placed", "first_on", "last_on")
# Rows of a file, those that placed most: more take longer to make than anybody waits.
MOST_CSV, MOST_XLSX = 1_000_000, 100_000

Row = tuple[str, str, str, str, int, Decimal, date, date]


def csv_bytes(shop: Shop, wanted: Wanted, now: datetime) -> bytes:
    """UTF-8 with a byte-order mark; money with a dot; a text that a spreadsheet would take for a formula gets a leading
    apostrophe."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for email, name, country, currency, orders, placed, first_on, last_on in _rows(shop, wanted, now, MOST_CSV):
        texts = [guarded(text) for text in (email, name, country, currency)]
        table.writerow([*texts, orders, money.plain(placed, currency), first_on.isoformat(), last_on.isoformat()])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(shop: Shop, wanted: Wanted, now: datetime) -> bytes:
    """Numbers as numbers, days as days, texts as texts: never a formula or a link."""
    with tempfile.TemporaryDirectory(prefix="comptoir-") as folder:
        path = Path(folder) / "customers.xlsx"
        safe = {"strings_to_formulas": False, "strings_to_urls": False}
        with closing(xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder, **safe})) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            day, amount = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.00#"})
            for place, name in enumerate(COLUMNS):
                sheet.write_string(0, place, name, book.add_format({"bold": True}))
            for at, row in enumerate(_rows(shop, wanted, now, MOST_XLSX), start=1):
                for place, text in enumerate(row[:4]):
                    sheet.write_string(at, place, str(text)[:CELL_LETTERS])
                sheet.write_number(at, 4, row[4])
                sheet.write_number(at, 5, float(row[5]), amount)
                sheet.write_datetime(at, 6, row[6], day)
                sheet.write_datetime(at, 7, row[7], day)
        return path.read_bytes()


def _rows(shop: Shop, wanted: Wanted, now: datetime, most: int) -> Iterator[Row]:
    own = chosen(shop, wanted, now)
    with shop.store.read() as read:
        for batch in customers.all_of(read, own, CustomerSort.SPENT, most):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
