"""Customers as a file: formulas are harmless, sums are the order list's, segments are those of their rule."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from services import customer_files, customers, query
from services.analytics import answer
from services.customers import LAPSED, Segment, Wanted
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal
NOW = datetime(2026, 8, 31, 12)
FORMULA = '=HYPERLINK("https://evil.example.com")'


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def shop_of_three(shop: Shop) -> None:
    keep(
        shop,
        draft("1", placed_at=datetime(2025, 12, 31, 23, 30), total=D("10.10")),
        draft("2", placed_at=datetime(2026, 1, 5), total=D("0.05")),
        draft("3", placed_at=datetime(2026, 8, 1), email="eve@example.com", name=FORMULA, total=D(5)),
        draft("4", placed_at=datetime(2026, 8, 2), email="eve@example.com", name=FORMULA, currency="JPY", total=D(500)),
    )


def test_a_file_has_a_row_for_each_customer_and_currency(shop: Shop) -> None:
    shop_of_three(shop)
    rows = read(customer_files.csv_bytes(shop, Wanted(), NOW))
    assert [
        (row["email"], row["currency"], row["orders"], row["placed"], row["first_on"], row["last_on"]) for row in rows
    ] == [
        ("eve@example.com", "JPY", "1", "500", "2026-08-02", "2026-08-02"),
        ("ines@example.com", "EUR", "2", "10.15", "2026-01-01", "2026-01-05"),
        ("eve@example.com", "EUR", "1", "5.00", "2026-08-01", "2026-08-01"),
    ]
    assert rows[0]["name"] == f"'{FORMULA}"


def test_a_spreadsheet_holds_numbers_days_and_no_formula(shop: Shop) -> None:
    shop_of_three(shop)
    sheet = openpyxl.load_workbook(io.BytesIO(customer_files.xlsx_bytes(shop, Wanted(), NOW))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in rows[0]] == ["s", "s", "s", "s", "n", "n", "d", "d"]
    assert rows[0][1].value == FORMULA


def test_the_file_of_a_segment_has_its_customers_only(shop: Shop) -> None:
    shop_of_three(shop)
    assert [row["email"] for row in read(customer_files.csv_bytes(shop, Wanted(group=LAPSED), NOW))] == [
        "ines@example.com"
    ]
    loyal = read(customer_files.csv_bytes(shop, Wanted(group=Segment.LOYAL), NOW))
    assert [(row["email"], row["currency"]) for row in loyal] == [
        ("eve@example.com", "JPY"),
        ("eve@example.com", "EUR"),
    ]


def test_segments_listed_and_segments_counted_agree(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.clock.now", lambda: NOW)
    shop_of_three(any_shop)
    filter = query.parse("currency:EUR month:2026")
    for row in answer(any_shop, "rfm", filter).rows:
        listed = customers.page(any_shop, Wanted(filter=filter, group=row["segment"])).sums[0]
        assert (listed.customers, listed.orders, listed.spent) == (row["customers"], row["orders"], row["placed"])
