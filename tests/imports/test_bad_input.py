"""Files that are not what they should be: one clear sentence, the good orders in, nothing lost."""

from __future__ import annotations

import gzip
import random
import zipfile

import pytest

from services.errors import Invalid
from services.imports.runs import run
from services.orders import reading
from tests.conftest import NOW
from tests.imports.invented import COLUMNS_79, file, line, order, text

HOSTILE = (
    "=cmd|' /C notepad'!'A1'", "<script>alert(1)</script>", "'; drop table orders; --", "#☠1☢\n---\n4321\n",
    "\u202etest\u202e", "田中さんにあげて下さい", "Ω≈ç√∫˜µ≤≥÷", "${7*7}", "{0}", "%s", "NULL", "null", "undefined",
    "\ttab", "  blanks  ", "👾 🙇 💁", "a\x00b", '"', "''", "\\", "../../etc/passwd%00",
)  # fmt: skip


@pytest.mark.parametrize(
    "content,sentence",
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"  \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "xls"),
        (b"PK\x03\x04not really a zip", "damaged"),
        (b"\x1f\x8bnot really gzip", "damaged"),
        (b'{"orders": [', "JSON"),
        (b"just a word", "no columns"),
        (b'{"customer": {"id": 1}}', "no orders"),
        (b"\0\1\2\3\4\5\6" * 50, "no text"),
        (b"a,b,c\n1,2,3\n", "no column for"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_orders_is_refused_in_one_sentence(shop, tmp_path, content, sentence):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        run(shop, path, now=NOW)
    assert sentence in refused.value.sentence
    assert "\n" not in refused.value.sentence


@pytest.mark.parametrize("seed", range(30))
def test_noise_is_refused_in_one_sentence(shop, tmp_path, seed):
    path = tmp_path / "noise.csv"
    path.write_bytes(random.Random(seed).randbytes(700))
    with pytest.raises(Invalid) as refused:
        run(shop, path, now=NOW)
    assert "\n" not in refused.value.sentence


def test_line_ends_of_old_computers_are_line_ends(shop, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(text([order(), order("#1002")]).replace("\r\n", "\n").replace("\n", "\r").encode())
    assert run(shop, path, now=NOW).new == 2


def test_a_missing_file_is_named(shop, tmp_path):
    with pytest.raises(Invalid, match=r"nothing\.csv"):
        run(shop, tmp_path / "nothing.csv", now=NOW)


def test_a_file_cut_inside_a_quoted_cell_gives_its_good_orders(shop, tmp_path):
    whole = text([order(), order("#1002"), order("#1003", notes="A long note, said at length")])
    path = tmp_path / "cut.csv"
    path.write_text(whole[: whole.index("said at")], encoding="utf-8")
    result = run(shop, path, now=NOW)
    assert (result.new, result.rejected) == (2, 1)
    assert result.rejects[0].row == 4
    assert "breaks off" in result.rejects[0].reason


def test_a_cut_further_line_keeps_its_whole_order_out(shop, tmp_path):
    whole = text([order(), order("#1002", subtotal="50.00", total="55.00"), line("#1002")])
    path = tmp_path / "cut.csv"
    path.write_text(whole[:-60], encoding="utf-8")
    result = run(shop, path, now=NOW)
    assert (result.new, result.rejected) == (1, 1)


def test_a_cut_gzip_is_refused_in_one_sentence(shop, tmp_path):
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(text([order()]).encode())[:-30])
    with pytest.raises(Invalid, match="damaged or cut off"):
        run(shop, path, now=NOW)


@pytest.mark.parametrize("packed", ["gzip", "zip", "utf-16", "sep", "utf-8-sig"])
def test_a_file_may_be_packed_or_encoded_otherwise(shop, tmp_path, packed):
    plain = text([order(billing_name="Zoë")])
    path = tmp_path / "orders.csv"
    match packed:
        case "gzip":
            path.write_bytes(gzip.compress(plain.encode()))
        case "zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("orders.csv", plain)
        case "sep":
            path.write_text(f"sep=;\n{text([order(billing_name='Zoë')], delimiter=';')}", encoding="utf-8")
        case encoding:
            path.write_bytes(plain.encode(encoding))
    assert run(shop, path, now=NOW).new == 1
    assert reading.order(shop, "#1001").billing_address.name == "Zoë"


@pytest.mark.parametrize(
    "cells,column",
    [
        ({"lineitem_quantity": "-1"}, "Lineitem quantity"),
        ({"total": "-5.00"}, "Total"),
        ({"currency": "EURO"}, "Currency"),
        ({"created_at": "2024-13-01 10:00:00 +0100"}, "Created at"),
        ({"created_at": "2024-02-30 10:00:00 +0100"}, "Created at"),
        ({"created_at": ""}, "Created at"),
        ({"total": "a lot"}, "Total"),
        ({"lineitem_price": ""}, "Lineitem price"),
    ],
)
def test_a_bad_value_keeps_one_order_out_and_says_where(shop, tmp_path, cells, column):
    result = run(shop, file(tmp_path, [order(), order("#1002", **cells), order("#1003")]), now=NOW)
    assert (result.new, result.rejected) == (2, 1)
    [found] = result.rejects
    assert (found.row, found.column, found.order_number) == (3, column, "#1002")


def test_a_row_of_too_many_cells_is_rejected(shop, tmp_path):
    path = file(tmp_path, [order()])
    path.write_text(path.read_text() + ",".join(["#1002"] * (len(COLUMNS_79) + 3)) + "\n")
    result = run(shop, path, now=NOW)
    assert (result.new, result.rejected) == (1, 1)


def test_rows_are_counted_by_lines_of_the_file(shop, tmp_path):
    rows = [order(notes="two\nlines\nmore"), order("#1002", total="x")]
    assert run(shop, file(tmp_path, rows), now=NOW).rejects[0].row == 5


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_in_as_it_is(shop, tmp_path, words):
    rows = [order(notes=words, billing_name=words, lineitem_name=words, shipping_city=words)]
    assert run(shop, file(tmp_path, rows), now=NOW).new == 1
    found = reading.order(shop, "#1001")
    assert (found.customer_comment, found.billing_address.name, found.lines[0].name, found.shipping_address.city) == (
        words, words, words, words,
    )  # fmt: skip
