"""Ten figures of each of two samples, checked by plain SQL on the raw files: our import and our figures have no part in
what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from services.analytics import Asked, ask, dimension, figure
from services.imports.runs import run
from services.query import parse
from services.shop import Shop
from tests.conftest import NOW
from tests.imports.test_samples import SAMPLES

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of samples (../shared/real) is not beside the project"),
]
CENT = Decimal("0.01")
KIBANA = SAMPLES / "orders/kibana_ecommerce.ndjson.gz"
NORTHWIND = SAMPLES / "orders/northwind"


def told(shop: Shop, measures: str, by: str = "", q: str = "") -> Any:
    """Rows as tuples; the one figure when there is only one."""
    asked = Asked(tuple(map(figure, measures.split())), tuple(map(dimension, by.split())), parse(q))
    rows = [tuple(row.values()) for row in ask(shop, asked).rows]
    return rows if by else rows[0][0] if len(rows[0]) == 1 else rows[0]


@pytest.fixture
def raw() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of its own, which knows only the files."""
    with duckdb.connect() as con:
        con.execute("set timezone = 'Europe/Paris'")
        con.execute(
            "create view sales as select *, timezone('Europe/Paris', timezone('UTC', cast(order_date as timestamp))) "
            "as local, cast(taxful_total_price as decimal(18, 3)) as total "
            f"from read_json('{KIBANA}', format = 'newline_delimited')"
        )
        con.execute(f"create view n_orders as select * from read_csv('{NORTHWIND}/orders.csv', all_varchar = true)")
        con.execute(
            "create view n_lines as select OrderID, ProductID, cast(Quantity as integer) as quantity, "
            "round(cast(UnitPrice as decimal(18, 4)) * cast(Quantity as integer) "
            "* (1 - cast(Discount as decimal(9, 4))), 3) as worth "
            f"from read_csv('{NORTHWIND}/order_details.csv', all_varchar = true)"
        )
        con.execute(f"create view n_products as select * from read_csv('{NORTHWIND}/products.csv', all_varchar = true)")
        yield con


def test_ten_figures_of_a_clothes_shop(shop: Shop, raw: duckdb.DuckDBPyConnection) -> None:
    run(shop, KIBANA, now=NOW)

    def expected(sql: str) -> list[tuple[Any, ...]]:
        return raw.execute(sql).fetchall()

    ((orders, placed, customers, items),) = expected(
        "select count(*), sum(total), count(distinct lower(email)), sum(total_quantity) from sales"
    )
    assert told(shop, "orders placed customers items") == (orders, placed, customers, items)
    assert told(shop, "average_order") == (placed / orders).quantize(CENT)
    by_month = expected("select strftime(local, '%Y-%m'), count(*), sum(total) from sales group by 1 order by 1")
    assert told(shop, "orders placed", "month") == by_month
    assert told(shop, "orders placed", "day") == expected(
        "select cast(local as date), count(*), sum(total) from sales group by 1 order by 1"
    )
    assert dict(told(shop, "placed", "country")) == dict(
        expected("select coalesce(geoip.country_iso_code, ''), sum(total) from sales group by 1")
    )
    assert told(shop, "orders", "weekday") == expected(
        "select isodow(local), count(*) from sales group by 1 order by 1"
    )
    assert told(shop, "orders", "hour") == expected("select hour(local), count(*) from sales group by 1 order by 1")
    by_sku = expected(
        "select p.sku, sum(cast(p.taxful_price as decimal(18, 3))), sum(p.quantity) from (select unnest(products) as p "
        "from sales) group by 1"
    )
    assert {row[0]: (row[2], row[3]) for row in told(shop, "placed items", "product") if row[0]} == {
        sku: (worth, quantity) for sku, worth, quantity in by_sku
    }
    ((new,),) = expected(
        "select count(*) from (select min(local) as first from sales group by lower(email)) "
        "where first >= '2016-12-15' and first < '2016-12-20'"
    )
    assert told(shop, "new_customers", q="placed:2016-12-15..2016-12-19") == new


def test_ten_figures_of_a_food_trader(shop: Shop, raw: duckdb.DuckDBPyConnection) -> None:
    names = ("orders", "order_details", "customers", "products", "shippers")
    run(shop, [NORTHWIND / f"{name}.csv" for name in names], now=NOW)

    def expected(sql: str) -> list[tuple[Any, ...]]:
        return raw.execute(sql).fetchall()

    joined = "n_lines join n_orders using (OrderID)"
    ((goods, quantity),) = expected("select sum(worth), sum(quantity) from n_lines")
    ((orders, freight, late),) = expected(
        "select count(*), sum(cast(Freight as decimal(18, 3))), count(*) filter (ShippedDate is null) from n_orders"
    )
    assert told(shop, "orders placed shipping items") == (orders, goods + freight, freight, quantity)
    assert told(shop, "orders", q="fulfilment:awaiting_processing") == late
    assert told(shop, "orders", "year") == expected(
        "select left(OrderDate, 4), count(*) from n_orders group by 1 order by 1"
    )
    per_order = (
        "select OrderID, any_value(ShipCountry) as country, any_value(left(OrderDate, 7)) as month, any_value(ShipVia) "
        f"as via, sum(worth) + any_value(cast(Freight as decimal(18, 3))) as total from {joined} group by OrderID"
    )
    assert told(shop, "placed", "month") == expected(
        f"select month, sum(total) from ({per_order}) group by 1 order by 1"
    )
    by_country = [
        row[1] for row in expected(f"select country, sum(total) from ({per_order}) group by 1 order by 2 desc")
    ]
    assert [row[1] for row in told(shop, "placed", "country")] == by_country
    by_way = [row[1] for row in expected(f"select via, sum(total) from ({per_order}) group by 1 order by 2 desc")]
    assert [row[1] for row in told(shop, "placed", "shipping_method")] == by_way
    by_product = expected(
        "select ProductName, sum(worth), sum(quantity) from n_lines join n_products using (ProductID) group by 1"
    )
    got = {row[1]: (row[2], row[3]) for row in told(shop, "placed items", "product") if row[1]}
    assert {name: items for name, (_worth, items) in got.items()} == {name: items for name, _worth, items in by_product}
    assert all(abs(got[name][0] - worth) <= CENT * 40 for name, worth, _items in by_product)  # each line to the cent
    assert sum(row[2] for row in told(shop, "placed items", "product")) == goods + freight
    ((largest,),) = expected(f"select max(total) from ({per_order})")
    assert max(row[1] for row in told(shop, "placed", "day")) >= largest
    ((discount,),) = expected(
        "select sum(cast(UnitPrice as decimal(18, 3)) * cast(Quantity as integer)) - sum(round(cast(UnitPrice as "
        "decimal(18, 4)) * cast(Quantity as integer) * (1 - cast(Discount as decimal(9, 4))), 3)) "
        f"from read_csv('{NORTHWIND}/order_details.csv', all_varchar = true)"
    )
    assert told(shop, "discount") == discount
