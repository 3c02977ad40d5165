"""Answers as files: whole, exact, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pyarrow.parquet as parquet
import pytest

from services import workbench
from services.errors import Conflict, NotFound
from services.people import MERCHANT
from services.shop import Shop
from services.workbench import files
from tests.orders.sample import draft, keep
from tests.web.conftest import Web

HOSTILE = ('=cmd("x")', "+1", "-1+1", "@a", "\t=1", "<script>alert(1)</script>", "a,b", 'c"d', "é\n漢")


def file(shop: Shop, text: str, format: str) -> bytes:
    run = workbench.ask(shop, text, MERCHANT)
    assert run.wait(60)
    return b"".join(files.stream(shop, run.id, format).pieces)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_keeps_money_exact_and_formulas_harmless(any_shop: Shop) -> None:
    keep(any_shop, *(draft(str(nth), name=name) for nth, name in enumerate(HOSTILE)))
    found = lines(file(any_shop, "select name, total, placed_on, tags, is_counted from orders order by number", "csv"))
    assert found[0] == ["name", "total", "placed_on", "tags", "is_counted"]
    assert [row[0].lstrip("'") for row in found[1:]] == list(HOSTILE)
    assert all(row[0].startswith("'") for row in found[1:6])
    assert found[1][1:] == ["48.900", "2026-03-14", "[]", "true"]


def test_a_name_of_a_column_is_no_formula_either(shop: Shop) -> None:
    assert lines(file(shop, 'select 1 as "=1+1"', "csv")) == [["'=1+1"], ["1"]]


def test_a_sheet_has_numbers_as_numbers_and_texts_as_texts(shop: Shop) -> None:
    keep(shop, draft("1", name="=1+1"))
    content = file(
        shop, "select name, total, placed_on, 12345678901234567.123::decimal(30,3) as wide from orders", "xlsx"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["name", "total", "placed_on", "wide"]
    name, total, day, wide = sheet[2]
    assert (name.value, name.data_type, total.value, day.is_date) == ("=1+1", "s", 48.9, True)
    assert wide.value == "12345678901234567.123"


def test_a_parquet_has_every_column_with_its_type(shop: Shop) -> None:
    keep(shop, draft("1"))
    table = parquet.read_table(
        io.BytesIO(file(shop, "select id, total, placed_on, tags, 1 as id from orders", "parquet"))
    )
    assert table.column_names == ["id", "total", "placed_on", "tags", "id_2"]
    assert str(table.schema.field("total").type) == "decimal128(18, 3)"
    assert table["total"].to_pylist() == [Decimal("48.900")]


@pytest.mark.parametrize("format", files.FORMATS)
def test_an_answer_without_rows_is_a_file_with_its_columns(shop: Shop, format: str) -> None:
    content = file(shop, "select number, total from orders", format)
    if format == "csv":
        assert lines(content) == [["number", "total"]]
    elif format == "parquet":
        assert parquet.read_table(io.BytesIO(content)).column_names == ["number", "total"]
    else:
        assert openpyxl.load_workbook(io.BytesIO(content)).active is not None


def test_a_file_has_more_rows_than_a_screen_and_still_an_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 25_000)
    assert len(lines(file(shop, "select * from range(100000000)", "csv"))) == 25_001
    assert len(lines(file(shop, "select * from range(12000)", "csv"))) == 12_001


def test_a_file_that_takes_too_long_is_broken_off_with_a_sentence(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    run = workbench.ask(shop, "select count(*) from range(10000000) a, range(10000000) b", MERCHANT, seconds=0.1)
    assert run.wait(60)
    monkeypatch.setattr(files, "TIMES_LONGER", 0.01)
    with pytest.raises(Conflict, match="broken off"):
        b"".join(files.stream(shop, run.id, "csv").pieces)


def test_only_what_was_asked_comes_as_a_file(shop: Shop, web: Web) -> None:
    keep(shop, draft("1"))
    with pytest.raises(NotFound):
        files.stream(shop, "0198c0de-0000-7000-8000-000000000000", "csv")
    run = workbench.ask(shop, "select number from orders", MERCHANT)
    assert run.wait(60)
    found = web.get(files.link(run.id, "csv"))
    assert (found.status_code, found.content) == (200, b"\xef\xbb\xbfnumber\r\n1\r\n")
    assert found.headers["content-disposition"].endswith('.csv"')
    assert web.get(files.link(run.id, "pdf")).status_code == 404
    assert web.get(files.link("x'; drop table orders", "csv")).status_code == 404
    assert web.get(files.link(run.id, "csv"), headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_question_that_the_gate_would_refuse_now_is_no_file(shop: Shop) -> None:
    run = workbench.ask(shop, "select number from orders", MERCHANT)
    assert run.wait(60)
    with shop.store.write() as write:
        write.execute("update workbench_history set text = 'select * from settings'")
    with pytest.raises(workbench.SqlFault, match="no view"):
        b"".join(files.stream(shop, run.id, "csv").pieces)


@pytest.fixture(name="web")
def _web(shop: Shop) -> Iterator[Web]:
    client = Web()
    yield client
    client.close()
