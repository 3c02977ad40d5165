"""Our own export read back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from data.filters import Filter
from services.exports.streaming import stream
from services.imports.runs import run
from services.orders import reading
from services.settings import Settings
from services.shop import Shop, open_shop
from tests.conftest import NOW
from tests.imports.invented import file, line, order

OWN_IDS = {"id", "line_id", "payments", "shipments", "notes"}


@pytest.fixture
def full(shop: Shop, tmp_path: Path) -> Shop:
    """A shop with orders of several kinds."""
    rows = [
        order(subtotal="60.00", total="65.00", tags="vip, gift", notes="=1+1\nthanks", discount_code="A,B"),
        line(), line(lineitem_name="@home"),
        order("#1002", financial_status="partially_refunded", refunded_amount="10.00", billing_name="-O'Neil"),
        order("#1003", fulfillment_status="fulfilled", fulfilled_at="2024-03-02 08:00:00 +0100", currency="KWD",
              lineitem_price="1.125", subtotal="2.250", total="7.250"),
        order("#1004", financial_status="voided", paid_at="", cancelled_at="2024-03-02 10:00:00 +0100"),
    ]  # fmt: skip
    assert run(shop, file(tmp_path, rows, name="source.csv"), now=NOW).new == 4
    return shop


def exported(shop: Shop, folder: Path, rows: str, format: str) -> Path:
    """A file of everything."""
    path = folder / f"{rows}.{format}"
    path.write_bytes(b"".join(stream(shop, Filter(), rows, format, NOW).pieces))
    return path


def told(shop: Shop) -> list[dict[str, str]]:
    """What an export of lines says, without the ids that each shop makes itself."""
    content = b"".join(stream(shop, Filter(), "lines", "csv", NOW).pieces).decode("utf-8-sig")
    rows = [{k: v for k, v in row.items() if k not in OWN_IDS} for row in csv.DictReader(io.StringIO(content))]
    return sorted(rows, key=lambda row: (row["number"], row["line_position"]))


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "parquet"])
def test_a_file_of_lines_gives_the_same_orders_in_another_shop(full, settings: Settings, tmp_path, format):
    path = exported(full, tmp_path, "lines", format)
    other = open_shop(replace(settings, store=str(tmp_path / "other.duckdb")))
    try:
        first, again = run(other, path, now=NOW), run(other, path, now=NOW)
        assert (first.format, first.new, first.rejected, first.warnings) == ("comptoir", 4, 0, 0)
        assert (again.new, again.changed, again.same) == (0, 0, 4)
        assert told(other) == told(full)
        mine, theirs = reading.order(full, "#1002"), reading.order(other, "#1002")
        assert [(p.kind, p.amount, p.at) for p in theirs.payments] == [(p.kind, p.amount, p.at) for p in mine.payments]
        assert [p.at for p in reading.order(other, "#1003").shipments] == [
            p.at for p in reading.order(full, "#1003").shipments
        ]
    finally:
        other.close()


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "parquet"])
@pytest.mark.parametrize("rows", ["orders", "lines"])
def test_a_file_of_this_shop_changes_nothing_in_it(full, tmp_path, rows, format):
    before = told(full)
    result = run(full, exported(full, tmp_path, rows, format), now=NOW)
    assert (result.new, result.changed, result.same, result.rejected) == (0, 0, 4, 0)
    assert told(full) == before


def test_a_corrected_cell_changes_its_order_only(full, tmp_path):
    path = exported(full, tmp_path, "orders", "csv")
    path.write_text(path.read_text(encoding="utf-8").replace("ines@example.com", "i@example.com", 1), encoding="utf-8")
    result = run(full, path, now=NOW)
    assert (result.changed, result.same) == (1, 3)
    assert len(reading.order(full, "#1001").lines) == 3
