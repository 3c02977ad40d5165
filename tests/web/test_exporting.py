"""Files of orders over HTTP."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as parquet
import pytest

from services.exports import FORMATS
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.web.conftest import Web


@pytest.fixture
def two(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", name='=cmd("x")'))


def test_a_file_has_every_order_that_matches_and_a_name(web: Web, two: None) -> None:
    answer = web.get("/api/v1/orders/export.csv?payment_method=card")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="chez-elise-orders-')
    rows = answer.content.decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith("id,number,")
    assert len(rows) == 3
    assert "'=cmd" in rows[1]


def test_lines_are_a_row_each(web: Web, two: None) -> None:
    assert len(json.loads(web.get("/api/v1/orders/export.json?rows=lines").content)) == 4
    assert len(json.loads(web.get("/api/v1/orders/export.json").content)) == 2


def test_parquet_and_xlsx_come_as_what_they_are(web: Web, two: None) -> None:
    table = parquet.read_table(io.BytesIO(web.get("/api/v1/orders/export.parquet").content))
    assert table.num_rows == 2
    assert web.get("/api/v1/orders/export.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    "path", ["export.pdf", "export.csv?rows=colours", "export.csv?q=colour:blue", "export.csv?x=1"]
)
def test_a_file_that_cannot_be_is_a_problem_and_no_broken_file(web: Web, path: str) -> None:
    answer = web.get(f"/api/v1/orders/{path}")
    assert answer.status_code == (404 if "pdf" in path else 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("format", FORMATS)
def test_a_button_of_ours_downloads_without_a_key(web: Web, two: None, format: str) -> None:
    mine = web.get(f"/export/orders.{format}?q=payment_method:card", headers={"Authorization": ""})
    assert mine.status_code == 200
    assert "attachment" in mine.headers["content-disposition"]


def test_a_download_with_a_query_that_is_not_understood_says_so(web: Web) -> None:
    assert web.get("/export/orders.csv?q=colour:blue").status_code == 422
    assert web.get("/export/orders.csv?rows=colours").status_code == 422
    assert web.get("/export/orders.doc").status_code == 404


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Host": "evil.example.com"}]
)
def test_another_site_cannot_take_the_file(web: Web, two: None, headers: dict[str, str]) -> None:
    answer = web.get("/export/orders.csv", headers=headers)
    assert answer.status_code == 403
    assert "ines" not in answer.text


def test_a_file_is_not_packed_on_its_way(web: Web, two: None) -> None:
    answer = web.get("/api/v1/orders/export.csv", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
