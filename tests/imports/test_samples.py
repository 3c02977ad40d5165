"""The samples that lie beside the project, with the figures that their import must give."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.imports.mapping import Mapping
from services.imports.result import RunResult
from services.imports.runs import run
from services.shop import Shop
from tests.conftest import NOW

SAMPLES = Path(__file__).parents[2].parent / "shared" / "real"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of samples (../shared/real) is not beside the project"),
]


def twice(shop: Shop, path: Path | Sequence[Path], mapping: Mapping | None = None) -> RunResult:
    """The first of two imports; the second must find nothing to do."""
    first = run(shop, path, mapping=mapping, now=NOW)
    again = run(shop, path, mapping=mapping, now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, first.orders)
    return first


def asked(shop: Shop, sql: str) -> Any:
    """A figure of the store."""
    with shop.store.read() as read:
        return read.value(sql)


def row(shop: Shop, sql: str) -> tuple[Any, ...]:
    """Figures of the store."""
    with shop.store.read() as read:
        return tuple((read.one(sql) or {}).values())


def test_shopify_rest_orders(shop):
    files = sorted((SAMPLES / "shopify/rest_2026-07").glob("order-*.json"))
    results = [run(shop, path, now=NOW) for path in files]
    assert len(results) == 29
    assert sum(result.rejected for result in results) == 0
    assert asked(shop, "select count(*) from orders") == 11
    assert asked(shop, "select sum(total) from orders where currency = 'USD'") == Decimal("2443.40")
    assert asked(shop, "select sum(total) from orders where currency = 'EUR'") == Decimal("238.47")
    assert asked(shop, "select count(*) from orders where number = '#1002'") == 10
    assert row(shop, "select paid, refunded, line_count from orders where number = '#1001'") == (
        Decimal("598.94"), Decimal("209"), 3,
    )  # fmt: skip
    assert asked(shop, "select count(*) from orders where fulfilment_status = 'shipped'") == 3
    again = [run(shop, path, now=NOW) for path in files]
    assert sum(result.new + result.changed for result in again) == 0


def test_shopify_oddities_are_warned_about(shop):
    folder = SAMPLES / "shopify/rest_2026-07"
    for name in ("order-04-orders", "order-15-order", "order-17-order", "order-20-order", "order-10-order"):
        assert run(shop, folder / f"{name}.json", now=NOW).warnings >= 1, name


def test_shopify_python_fixtures(shop):
    folder = SAMPLES / "shopify/python_api_fixtures"
    assert [found.reason for found in run(shop, folder / "orders.json", now=NOW).rejects] == ["The order has no lines."]
    result = run(shop, folder / "order.json", now=NOW)
    assert (result.new, sum("Mismatch" in found.reason for found in result.notices)) == (1, 2)
    assert row(shop, "select total, payment_status from orders") == (Decimal("409.94"), "authorised")
    for name in ("draft_order", "draft_orders", "checkouts"):
        left = run(shop, folder / f"{name}.json", now=NOW)
        assert (left.orders, left.rejected, sum(left.left_out.values())) == (0, 0, 1)


def test_woocommerce_orders(shop):
    folder = SAMPLES / "woocommerce/docs-v3/orders"
    results = [run(shop, path, now=NOW) for path in sorted(folder.glob("*.json"))]
    assert sum(result.rows for result in results) >= 9
    assert sum(result.rejected for result in results) == 0
    assert sum("Mismatch" in found.reason for result in results for found in result.notices) == 0
    assert row(shop, "select count(*), sum(total) from orders") == (4, Decimal("185.00"))
    assert row(shop, "select payment_status, fulfilment_status, refunded from orders where number = '723'") == (
        "partially_refunded", "delivered", Decimal("19"),
    )  # fmt: skip
    assert row(shop, "select payment_status, fulfilment_status from orders where number = '727'") == (
        "paid", "delivered",
    )  # fmt: skip
    with shop.store.read() as read:
        counted = read.rows("select number, line_count from orders order by number")
    assert [(one["number"], one["line_count"]) for one in counted] == [("723", 2), ("727", 2), ("728", 3), ("729", 2)]


def test_ecwid_orders(shop):
    folder = SAMPLES / "ecwid"
    assert run(shop, folder / "orders-01-response.json", now=NOW).new == 1
    assert run(shop, folder / "orders-02-response.json", now=NOW).same == 1
    assert row(
        shop, "select total, refunded, tax, shipping_fee, handling_fee, discount, subtotal, payment_status, "
        "fulfilment_status, language, line_count from orders",
    ) == (
        Decimal("2014.97"), Decimal("3.5"), Decimal("488.48"), Decimal("471.85"), 4, 26, Decimal("1076.64"),
        "partially_refunded", "delivered", "en", 2,
    )  # fmt: skip
    for name in ("orders-03-update-order", "orders-04-create-order"):
        result = run(shop, folder / f"{name}.json", now=NOW)
        assert [found.reason for found in result.rejects] == ["The order has no number."]


def test_kibana(shop):
    result = twice(shop, SAMPLES / "orders/kibana_ecommerce.ndjson.gz")
    assert (result.new, result.rejected) == (4675, 0)
    assert row(shop, "select count(*), sum(quantity), sum(total), count(*) filter (discount > 0) from order_lines") == (
        10087, 10091, Decimal("350859.04"), 81,
    )  # fmt: skip
    assert asked(shop, "select count(*) from order_lines where sku not like 'ZO%' or sku like '%,%'") == 0
    assert row(shop, "select sum(total), max(total), count(distinct email) from orders") == (
        Decimal("350859.04"), Decimal("2249.92"), 3321,
    )  # fmt: skip
    assert sum("Mismatch" in found.reason for found in result.notices) == 0
    local = "select count(*) from orders where placed_month = '2017-01'"
    assert asked(shop, local) == 7  # of December in UTC, of January in Paris


def test_northwind(shop):
    folder = SAMPLES / "orders/northwind"
    names = ("orders", "order_details", "customers", "products", "shippers")
    result = twice(shop, [folder / f"{name}.csv" for name in names])
    assert (result.new, result.rejected) == (830, 0)
    assert row(shop, "select count(*), sum(quantity), sum(quantity * unit_price), sum(total) from order_lines") == (
        2155, 51317, Decimal("1354458.59"), Decimal("1265793.05"),
    )  # fmt: skip
    assert row(
        shop, "select sum(shipping_fee), count(*) filter (fulfilment_status = 'awaiting_processing'), "
        "count(distinct name), count(distinct shipping_country), count(*) filter (shipping_postal_code = ''), "
        "count(*) filter (shipping_region = '') from orders",
    ) == (Decimal("64942.69"), 21, 89, 21, 19, 507)  # fmt: skip
    with shop.store.read() as read:
        years = read.rows("select year(placed_on) as y, count(*) as n from orders group by y order by y")
        methods = read.rows("select shipping_method as m, count(*) as n from orders group by m order by m")
    assert [one["n"] for one in years] == [152, 408, 270]
    assert {one["m"]: one["n"] for one in methods} == {
        "Speedy Express": 249, "United Package": 326, "Federal Shipping": 255,
    }  # fmt: skip
    assert asked(shop, "select subtotal - discount from orders where number = '10248'") == 440


def test_jaffle_shop(shop):
    result = twice(shop, SAMPLES / "orders/jaffle_shop", Mapping(answers={"amounts_in": "cents"}))
    assert (result.new, result.rejected) == (99, 0)
    assert row(
        shop, "select sum(subtotal), sum(discount), sum(paid), min(placed_on)::varchar, max(placed_on)::varchar, "
        "count(distinct name), count(*) filter (subtotal = 0) from orders",
    ) == (
        Decimal("1672"), Decimal("185"), Decimal("1487"), "2018-01-01", "2018-04-09", 62, 1,
    )  # fmt: skip
    with shop.store.read() as read:
        words = read.rows(
            "select source_status_json ->> 'status' as word, count(*) as n, sum(subtotal) as s from orders "
            "group by word order by word"
        )
        methods = read.rows(
            "select method, count(*) as n, sum(amount) as s from payments group by method order by method"
        )
    assert [(one["word"], one["n"], one["s"]) for one in words] == [
        ("completed", 67, 1103), ("placed", 13, 284), ("return_pending", 2, 38), ("returned", 4, 49),
        ("shipped", 13, 198),
    ]  # fmt: skip
    assert [(one["method"], one["n"], one["s"]) for one in methods] == [
        ("bank_transfer", 33, 411), ("card", 55, 871), ("gift_card", 12, 205),
    ]  # fmt: skip


def test_superstore(shop):
    result = twice(shop, SAMPLES / "orders/global_superstore_orders_1000.tsv")
    assert (result.rows, result.new, result.rejected) == (1000, 980, 0)
    assert row(shop, "select count(*), sum(quantity), sum(total) from order_lines") == (
        1000, 3388, Decimal("243960.07"),
    )  # fmt: skip
    assert row(
        shop, "select sum(shipping_fee), min(placed_on)::varchar, max(placed_on)::varchar, count(distinct country), "
        "count(*) filter (line_count = 1), count(*) filter (line_count = 2) from orders",
    ) == (Decimal("26919.788"), "2011-01-01", "2014-12-30", 90, 960, 20)  # fmt: skip
    assert asked(shop, "select count(*) from orders where number = 'US-2011-144078'") == 2
    assert any(found.reason.startswith("55 values") for found in result.notices)
    assert asked(shop, "select count(*) from order_lines where name like '%\"%'") == 17


def test_hostile_strings_come_in_and_out_unchanged(shop, tmp_path):
    import json

    from tests.imports.invented import file, order

    words = json.loads((SAMPLES / "hostile/blns.json").read_text(encoding="utf-8"))
    rows = [order(f"#{place}", notes=word, billing_name=word) for place, word in enumerate(words, start=1)]
    result = run(shop, file(tmp_path, rows), now=NOW)
    assert (result.new, result.rejected) == (len(words), 0)
    with shop.store.read() as read:
        kept = {one["number"]: one for one in read.rows("select number, customer_comment, billing_name from orders")}
    for place, word in enumerate(words, start=1):
        assert kept[f"#{place}"]["customer_comment"] == word
        assert kept[f"#{place}"]["billing_name"] == word
