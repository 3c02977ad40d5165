"""The list of orders and one order over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest

from services.orders.statuses import FulfilmentStatus, PaymentStatus
from services.shop import Shop
from services.web.shapes import OrderList, WholeOrder
from tests.orders.sample import LYON, draft, keep, unpaid
from tests.web.conftest import Web

MARCH = datetime(2026, 3, 14, 9, 26, 53)


def numbers(web: Web, parameters: str) -> list[str]:
    answer = web.get(f"/api/v1/orders?{parameters}")
    assert answer.status_code == 200, answer.text
    return [order["number"] for order in answer.json()["orders"]]


@pytest.fixture
def four(shop: Shop) -> list[str]:
    return keep(
        shop,
        draft("1", placed_at=MARCH, tags=("gift", "urgent")),
        unpaid("2", placed_at=MARCH - timedelta(days=30), payment_method="cheque", payment_method_label="Chèque"),
        draft("3", placed_at=MARCH + timedelta(days=30), fulfilment_status=FulfilmentStatus.SHIPPED),
        draft(
            "4",
            placed_at=MARCH + timedelta(hours=1),
            total=Decimal("12.90"),
            shipping_address=type(LYON)(country="BE"),
            payment_status=PaymentStatus.REFUNDED,
        ),
    )


def test_a_list_has_the_described_shape_and_leaves_the_arrays_out(web: Web, four: list[str]) -> None:
    told = web.get("/api/v1/orders").json()
    OrderList.model_validate(told)
    assert told["total"] == 4
    assert told["next"] is None
    order = next(order for order in told["orders"] if order["number"] == "1")
    assert "lines" not in order
    assert (order["line_count"], order["item_count"]) == (2, 3)
    assert (order["total"], order["placed_at"], order["placed_month"]) == ("48.90", "2026-03-14T09:26:53Z", "2026-03")


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("", ["3", "4", "1", "2"]),
        ("sort=placed_at", ["2", "1", "4", "3"]),
        ("sort=total&month=2026-03", ["4", "1"]),
        ("sort=-number", ["4", "3", "2", "1"]),
        ("payment_method=cheque", ["2"]),
        ("month=2026-02&month=2026-04", ["3", "2"]),
        ("payment_status=awaiting_payment&payment_status=refunded", ["4", "2"]),
        ("fulfilment_status=shipped", ["3"]),
        ("country=BE", ["4"]),
        ("country=be&country=ZZ", ["4"]),
        ("sku=TASSE-1&month=2026-04", ["3"]),
        ("tag=urgent", ["1"]),
        ("placed_from=2026-03-14&placed_to=2026-03-14", ["4", "1"]),
        ("total_max=12.90", ["4"]),
        ("total_min=12.91&month=2026-03", ["1"]),
        ("q=tag:gift", ["1"]),
        ("q=ines&payment_method=paypal&month=2026-03&payment_status=paid", ["1"]),
        ("q=" + quote('"tasse bleue"') + "&country=BE", ["4"]),
    ],
)
def test_each_filter_finds_what_it_says(web: Web, four: list[str], parameters: str, found: list[str]) -> None:
    assert numbers(web, parameters) == found


def test_pages_follow_each_other_without_a_gap_or_a_double(web: Web, shop: Shop) -> None:
    keep(shop, *(draft(str(number), placed_at=MARCH) for number in range(7)))
    seen, cursor = [], ""
    while True:
        told = web.get(f"/api/v1/orders?limit=3&cursor={cursor}" if cursor else "/api/v1/orders?limit=3").json()
        seen += [order["number"] for order in told["orders"]]
        assert told["total"] == 7
        cursor = told["next"]
        if cursor is None:
            break
    assert sorted(seen) == [str(number) for number in range(7)]


def test_one_order_is_whole_by_id_and_by_number_with_or_without_its_sign(web: Web, four: list[str]) -> None:
    by_id = web.get(f"/api/v1/orders/{four[0]}").json()
    WholeOrder.model_validate(by_id)
    assert [line["sku"] for line in by_id["lines"]] == ["TASSE-1", "CARN-5"]
    assert by_id["payments"][0]["amount"] == "48.90"
    assert by_id["events"][0]["kind"] == "placed"
    assert web.get("/api/v1/orders/1").json() == by_id
    assert web.get("/api/v1/orders/%231").json() == by_id


def test_a_number_with_a_slash_is_asked_for_as_it_is_and_acted_upon(web: Web, shop: Shop) -> None:
    keep(shop, draft("2026/0042", placed_at=MARCH), draft("export.csv/1", placed_at=MARCH))
    for asked in ("2026/0042", "2026%2F0042", "%232026/0042"):
        assert web.get(f"/api/v1/orders/{asked}").json()["number"] == "2026/0042"
    assert web.get("/api/v1/orders/export.csv/1").json()["number"] == "export.csv/1"
    done = web.post("/api/v1/orders/2026/0042/actions/add_note", {"text": "Fragile", "version": 1})
    assert (done.status_code, done.json()["order"]["number"]) == (200, "2026/0042")
    assert web.get("/api/v1/orders/2026/0042/actions/add_note").status_code == 405
    assert web.get("/api/v1/orders/2026/0043").status_code == 404
    assert web.get("/api/v1/orders/export.csv").headers["content-type"].startswith("text/csv")


def test_a_number_that_several_orders_bear_is_a_409_that_lists_them(web: Web, shop: Shop) -> None:
    ids = keep(shop, draft("7", source="here"), draft("7", source="there"))
    answer = web.get("/api/v1/orders/7")
    assert answer.status_code == 409
    assert {order["id"] for order in answer.json()["orders"]} == set(ids)


@pytest.mark.parametrize(
    "asked", ["999", "%23999", "00000000-0000-0000-0000-000000000000", "%F0%9F%92%A5", "'; drop--"]
)
def test_an_order_that_does_not_exist_is_a_404(web: Web, four: list[str], asked: str) -> None:
    answer = web.get(f"/api/v1/orders/{asked}")
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


def test_an_empty_shop_has_an_empty_list(web: Web) -> None:
    assert web.get("/api/v1/orders").json() == {"orders": [], "total": 0, "next": None}
