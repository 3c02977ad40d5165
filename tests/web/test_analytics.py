"""Figures over HTTP, as JSON and as files."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pyarrow.parquet as parquet
import pytest

from services.analytics import REPORTS
from services.shop import Shop
from services.web.shapes import AnalyticAnswer
from tests.orders.sample import NOW, draft, keep
from tests.web.conftest import Web


@pytest.fixture
def three(shop: Shop) -> None:
    keep(
        shop,
        draft("1", placed_at=NOW - timedelta(days=60)),
        draft("2", payment_method="card", payment_method_label="Carte"),
        draft("3", currency="JPY", total=Decimal("5000"), payments=()),
    )


def test_revenue_by_month_has_a_row_for_each_month(web: Web, three: None) -> None:
    told = web.get("/api/v1/analytics/revenue_by_month").json()
    AnalyticAnswer.model_validate(told)
    assert list(told) == ["name", "definition", "filter", "time_zone", "currency", "columns", "rows", "sql"]
    assert told["rows"][0] == {
        "month": "2026-01", "orders": 1, "placed": "48.90", "paid": "48.90", "refunded": "0.00", "net": "48.90",
    }  # fmt: skip
    assert told["rows"][1] == {
        "month": "2026-02", "orders": 0, "placed": "0.00", "paid": "0.00", "refunded": "0.00", "net": "0.00",
    }  # fmt: skip
    assert (told["currency"], told["time_zone"]) == ("EUR", "Europe/Paris")


def test_the_filters_of_the_list_narrow_a_figure(web: Web, three: None) -> None:
    told = web.get("/api/v1/analytics/revenue_by_month?payment_method=card&q=ines").json()
    assert [(row["month"], row["orders"]) for row in told["rows"]] == [("2026-03", 1)]
    assert told["filter"] == "ines payment_method:card"


def test_currencies_are_never_mixed(web: Web, three: None) -> None:
    told = web.get("/api/v1/analytics/revenue_by_month?currency=JPY").json()
    assert [row["placed"] for row in told["rows"]] == ["5000"]
    assert web.get("/api/v1/analytics/revenue_by_month?currency=USD").json()["rows"] == []
    assert web.get("/api/v1/analytics/revenue_by_month?currency=EURO").status_code == 422


def test_money_may_count_on_its_own_day(web: Web, three: None) -> None:
    rows = web.get("/api/v1/analytics/revenue_by_month?clock=event").json()["rows"]
    assert [(row["month"], row["orders"], row["paid"]) for row in rows] == [
        ("2026-01", 1, "0.00"),
        ("2026-02", 0, "0.00"),
        ("2026-03", 1, "97.80"),
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_every_answer_has_the_described_shape_also_without_orders(web: Web, name: str) -> None:
    told = web.get(f"/api/v1/analytics/{name}").json()
    AnalyticAnswer.model_validate(told)
    assert told["rows"] == []


def test_an_unknown_name_is_answered_with_the_nearest(web: Web) -> None:
    answer = web.get("/api/v1/analytics/revenu_by_mont")
    assert answer.status_code == 404
    assert "revenue_by_month" in answer.json()["detail"]
    assert web.get("/api/v1/analytics/xyz.csv").status_code == 404


def test_an_answer_as_csv_has_the_same_figures(web: Web, three: None) -> None:
    answer = web.get("/api/v1/analytics/revenue_by_payment_method.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "revenue_by_payment_method.csv" in answer.headers["content-disposition"]
    assert answer.content.decode("utf-8") == (
        "\ufeffpayment_method,orders,placed,paid,refunded,net\r\n"
        "card,1,48.90,48.90,0.00,48.90\r\npaypal,1,48.90,48.90,0.00,48.90\r\n"
    )


def test_a_payment_method_that_looks_like_a_formula_stays_text_in_a_spreadsheet(web: Web, shop: Shop) -> None:
    keep(shop, draft("1", payment_method="=HYPERLINK(1)"))
    assert "'=HYPERLINK(1),1," in web.get("/api/v1/analytics/revenue_by_payment_method.csv").text


def test_an_answer_as_parquet_keeps_exact_decimals(web: Web, three: None) -> None:
    table = parquet.read_table(io.BytesIO(web.get("/api/v1/analytics/revenue_by_day.parquet").content))
    assert str(table.schema.field("placed").type) == "decimal128(38, 3)"
    assert sum(table.column("placed").to_pylist()) == Decimal("97.80")
