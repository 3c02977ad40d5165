"""Files hold everything that matches, exactly, and a spreadsheet takes no text of theirs for a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as arrow_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import exports as data_exports
from data.filters import Filter
from services import demo, exports, query
from services.errors import Invalid
from services.exports.columns import FACT_COLUMNS, LINE_COLUMNS, ORDER_COLUMNS, guarded, unguarded
from services.orders import reading, taking
from services.orders.draft import Address, Draft, DraftLine, DraftNote
from services.orders.order import as_json
from services.people import API
from services.settings import read_settings
from services.shop import Shop, open_shop
from tests.conftest import NOW

FORMULAS = (
    "=1+1",
    "+33 6 39 98 00 01",
    "-2",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "''+1",
    "＝1",
)
PLAIN = ("", "Inès", "12 rue des Lilas", "'tis", "a=1", "1-2", 'say "hi", twice\r\nand again', "☠", "  spaced  ")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A demo shop that the tests below only look at."""
    folder = tmp_path_factory.mktemp("exports")
    shop = open_shop(read_settings({"COMPTOIR_STORE": str(folder / "shop.duckdb"), "COMPTOIR_SECRET": "s"}, folder))
    demo.make(shop, 250, 1, None, NOW)
    yield shop
    shop.close()


def written(shop: Shop, format: str, rows: str = "orders", filter: Filter | None = None) -> bytes:
    return b"".join(exports.stream(shop, filter or Filter(), rows, format, NOW).pieces)


def csv_rows(shop: Shop, rows: str = "orders", filter: Filter | None = None) -> list[dict[str, str]]:
    text = written(shop, "csv", rows, filter).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def order(number: str, text: str, currency: str = "EUR", price: str = "12.5") -> Draft:
    """An order in which every free text is `text`."""
    price_ = Decimal(price)
    address = Address(*[text] * 9)
    line = DraftLine(text or "Mug", Decimal(1), price_, sku=text, options=(("Engraving", text),))
    return Draft(
        "api", number, number, NOW, currency, (line,), subtotal=price_, total=price_, email="ines@example.com",
        name=text, phone=text, customer_comment=text, payment_method_label=text, transaction_id=text,
        tags=(text,) if text else (), shipping_address=address, billing_address=address,
        notes=(DraftNote(text, NOW, "Élise"),),
    )  # fmt: skip


def test_a_csv_has_a_mark_crlf_and_the_columns_in_order(filled: Shop) -> None:
    found = written(filled, "csv")
    assert found.startswith(b"\xef\xbb\xbfid,number,source,source_id,placed_at,")
    assert found.endswith(b"\r\n")
    assert list(csv_rows(filled)[0]) == [column.name for column in ORDER_COLUMNS]
    assert list(csv_rows(filled, "lines")[0]) == [c.name for c in (*ORDER_COLUMNS, *LINE_COLUMNS, *FACT_COLUMNS)]


def test_every_order_that_matches_is_there_not_a_page_of_them(filled: Shop) -> None:
    assert len(csv_rows(filled)) == 250
    paypal = query.parse("payment_method:paypal")
    with filled.store.read() as read:
        numbers = {row["number"] for row in read.rows("select number from orders where payment_method = 'paypal'")}
    assert {row["number"] for row in csv_rows(filled, filter=paypal)} == numbers


def test_a_csv_says_each_order_as_the_api_does(filled: Shop) -> None:
    for row in csv_rows(filled)[::10]:
        whole = as_json(reading.order(filled, row["id"]))
        for name, value in row.items():
            if name in whole and isinstance(whole[name], str):
                assert unguarded(value) == whole[name], name
            elif name in ("tags", "coupons"):
                assert value == ", ".join(whole[name])
            elif name.startswith(("shipping_", "billing_")) and name not in ("shipping_method", "shipping_fee"):
                kind, _, part = name.partition("_")
                assert unguarded(value) == whole[f"{kind}_address"][part]
        assert row["tax_included"] == "true"
        assert row["item_count"] == str(sum(line["quantity"] for line in whole["lines"]))


def test_a_row_per_line_holds_every_line_and_what_happened_once(filled: Shop) -> None:
    rows = csv_rows(filled, "lines")
    by_order: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_order.setdefault(row["id"], []).append(row)
    assert len(by_order) == 250
    for order_id, lines in list(by_order.items())[::10]:
        whole = as_json(reading.order(filled, order_id))
        assert [line["line_id"] for line in lines] == [line["id"] for line in whole["lines"]]
        assert [line["line_total"] for line in lines] == [line["total"] for line in whole["lines"]]
        for name in ("payments", "shipments", "notes"):
            assert json.loads(lines[0][name] or "[]") == whole[name]
            assert {line[name] for line in lines[1:]} <= {""}


def test_json_holds_whole_orders_as_the_api_writes_them(filled: Shop) -> None:
    found = json.loads(written(filled, "json"))
    assert len(found) == 250
    for one in found[::7]:
        assert one == as_json(reading.order(filled, one["id"]))


def test_json_by_line_is_flat(filled: Shop) -> None:
    found = json.loads(written(filled, "json", "lines"))
    assert list(found[0]) == [column.name for column in (*ORDER_COLUMNS, *LINE_COLUMNS, *FACT_COLUMNS)]
    assert isinstance(found[0]["tags"], list)
    assert isinstance(found[0]["total"], str)


def test_parquet_keeps_types_and_sums_to_the_cent(filled: Shop) -> None:
    table = arrow_parquet.read_table(io.BytesIO(written(filled, "parquet")))
    assert str(table.schema.field("total").type) == "decimal128(18, 3)"
    assert str(table.schema.field("placed_at").type) == "timestamp[us, tz=UTC]"
    with filled.store.read() as read:
        assert sum(table["total"].to_pylist()) == read.value("select sum(total) from orders")


def test_a_spreadsheet_has_numbers_days_and_texts(filled: Shop) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(filled, "xlsx"))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert list(head) == [column.name for column in ORDER_COLUMNS]
    first = dict(zip(head, rows[0], strict=True))
    whole = as_json(reading.order(filled, first["id"]))
    assert f"{first['total']:.2f}" == whole["total"]
    assert first["placed_at"] == whole["placed_at"]
    assert first["placed_on"].date().isoformat() == whole["placed_on"]
    assert len(rows) == 250


def test_a_spreadsheet_too_long_for_one_sheet_goes_on_in_the_next(filled: Shop) -> None:
    from services.exports import xlsx_file

    with filled.store.read() as read:
        made = b"".join(xlsx_file.pieces(read, Filter(), False, {"EUR": 2}, sheet_rows=101))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [sheet.max_row for sheet in book.worksheets] == [101, 101, 51]
    assert book.worksheets[2]["A1"].value == "id"


@pytest.mark.parametrize("format", exports.FORMATS)
@pytest.mark.parametrize("rows", exports.ROWS)
def test_a_file_without_orders_is_a_file_still(shop: Shop, format: str, rows: str) -> None:
    found = written(shop, format, rows)
    if format == "csv":
        assert found.count(b"\r\n") == 1
    elif format == "json":
        assert json.loads(found) == []
    elif format == "parquet":
        assert arrow_parquet.read_table(io.BytesIO(found)).num_rows == 0
    else:
        assert openpyxl.load_workbook(io.BytesIO(found)).active.max_row == 1


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN])
def test_hostile_text_comes_out_as_it_went_in(shop: Shop, text: str) -> None:
    taking.place(shop, order("1", text), API, silent=True, now=NOW)
    row = csv_rows(shop, "lines")[0]
    assert {unguarded(row[name]) for name in ("name", "customer_comment", "shipping_city", "line_sku")} == {text}
    assert row["name"].startswith("'") == (text in FORMULAS or text.startswith("'"))
    assert json.loads(row["line_options"]) == [{"name": "Engraving", "value": text}]
    assert json.loads(row["notes"])[0]["text"] == text
    assert json.loads(written(shop, "json"))[0]["name"] == text
    assert arrow_parquet.read_table(io.BytesIO(written(shop, "parquet")))["name"].to_pylist() == [text]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_shows_a_formula_as_text(shop: Shop, text: str) -> None:
    taking.place(shop, order("1", text), API, silent=True, now=NOW)
    cells = openpyxl.load_workbook(io.BytesIO(written(shop, "xlsx"))).active[2]
    names = [column.name for column in ORDER_COLUMNS]
    cell = cells[names.index("customer_comment")]
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r").strip() == text.strip()


@given(st.text())
def test_what_is_guarded_can_be_taken_back_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("currency", "price", "shown"),
    [("EUR", "12.5", "12.50"), ("EUR", "12.345", "12.345"), ("JPY", "1200", "1200"), ("JPY", "1200.5", "1200.5"),
     ("KWD", "1.25", "1.250"), ("USD", "0", "0.00")],
)  # fmt: skip
def test_money_has_the_decimals_of_its_currency(shop: Shop, currency: str, price: str, shown: str) -> None:
    taking.place(shop, order("1", "Mug", currency, price), API, silent=True, now=NOW)
    taking.place(shop, order("2", "Mug", "EUR", "10"), API, silent=True, now=NOW)
    rows: dict[str, dict[str, Any]] = {row["number"]: row for row in csv_rows(shop, "lines")}
    assert (rows["1"]["total"], rows["1"]["line_unit_price"]) == (shown, shown)
    assert rows["2"]["total"] == "10.00"


def test_orders_out_of_their_order_come_out_the_oldest_first(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_exports, "SPAN", 2)
    for day in (5, 3, 9, 1, 7, 2):
        draft = order(str(day), "Mug")
        taking.place(shop, _placed(draft, day), API, silent=True, now=NOW)
    assert [row["number"] for row in csv_rows(shop)] == ["1", "2", "3", "5", "7", "9"]
    assert [row["number"] for row in csv_rows(shop, "lines")] == ["1", "2", "3", "5", "7", "9"]


def test_the_file_is_named_after_the_shop_and_its_day(filled: Shop) -> None:
    assert exports.stream(filled, Filter(), "lines", "xlsx", NOW).name == "chez-elise-lines-2026-03-14.xlsx"


@pytest.mark.parametrize(("rows", "format"), [("orders", "pdf"), ("customers", "csv")])
def test_what_we_do_not_write_is_refused_with_what_we_do(filled: Shop, rows: str, format: str) -> None:
    with pytest.raises(Invalid) as refused:
        exports.stream(filled, Filter(), rows, format)
    assert refused.value.fields


def _placed(draft: Draft, day: int) -> Draft:
    from dataclasses import replace

    return replace(draft, placed_at=NOW.replace(day=day))
