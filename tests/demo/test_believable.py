"""The demo shop looked at: exact to the cent, and like a shop that a merchant knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services import demo
from services.settings import read_settings
from services.shop import Shop, open_shop
from tests.conftest import NOW

SIZE = 3_000
TODAY = NOW.date()


def rows(shop: Shop, sql: str) -> list[dict[str, Any]]:
    with shop.store.read() as read:
        return read.rows(sql)


def counts(shop: Shop, column: str) -> dict[str, int]:
    found = rows(shop, f"select {column} as value, count(*) as orders from orders group by 1")
    return {row["value"]: row["orders"] for row in found}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A demo shop that the tests below only look at."""
    folder = tmp_path_factory.mktemp("demo")
    words = {
        "COMPTOIR_STORE": str(folder / "shop.duckdb"),
        "COMPTOIR_SECRET": "s",
        "COMPTOIR_TIME_ZONE": "Europe/Paris",
    }
    shop = open_shop(read_settings(words, folder))
    demo.make(shop, SIZE, 1, TODAY, NOW)
    yield shop
    shop.close()


def test_it_holds_as_many_orders_as_were_asked_for_and_the_last_came_today(filled: Shop) -> None:
    found = rows(
        filled,
        "select count(*) as n, min(placed_on) as first, max(placed_on) as last, max(placed_at) as at from orders",
    )
    assert found[0]["n"] == SIZE
    assert TODAY - timedelta(days=730) <= found[0]["first"] < TODAY - timedelta(days=700)
    assert found[0]["last"] == TODAY
    assert found[0]["at"] <= NOW


def test_sums_are_exact_to_the_cent(filled: Shop) -> None:
    wrong = rows(
        filled,
        """
        with lines as (
            select order_id, sum(quantity * unit_price) as subtotal, sum(discount) as discount,
                bool_and(total = quantity * unit_price - discount) as is_exact
            from order_lines group by order_id
        ),
        money as (
            select order_id, sum(amount) filter (kind in ('charge', 'gift_card')) as paid,
                sum(amount) filter (kind = 'refund') as refunded
            from payments group by order_id
        )
        select o.number from orders o left join lines l on l.order_id = o.id left join money m on m.order_id = o.id
        where o.total <> o.subtotal - o.discount + o.shipping_fee + o.handling_fee
            or o.subtotal <> l.subtotal or o.discount <> l.discount or not l.is_exact
            or o.paid <> coalesce(m.paid, 0) or o.refunded <> coalesce(m.refunded, 0)
            or o.refunded > o.paid or o.paid > o.total or o.tax < 0 or o.total < 0
            or o.total <> o.total::decimal(18, 2) or o.tax <> o.tax::decimal(18, 2)
            or o.refunded <> o.refunded::decimal(18, 2)
        """,
    )
    assert wrong == []


def test_statuses_follow_from_what_happened(filled: Shop) -> None:
    wrong = rows(
        filled,
        """
        select number, payment_status, fulfilment_status, paid, refunded, total from orders
        where case payment_status
            when 'paid' then paid <> total or refunded > 0
            when 'partially_paid' then paid <= 0 or paid >= total
            when 'refunded' then refunded <> paid or paid = 0
            when 'partially_refunded' then refunded = 0 or refunded >= paid
            else paid <> 0 end
        or (fulfilment_status in ('shipped', 'partially_shipped')
            and id not in (select order_id from shipments))
        or (fulfilment_status = 'shipped' and id in
            (select order_id from order_lines where kind = 'physical' and shipped < quantity))
        or (fulfilment_status = 'awaiting_processing' and id in (select order_id from shipments))
        """,
    )
    assert wrong == []


def test_what_left_in_parcels_is_what_the_lines_say(filled: Shop) -> None:
    wrong = rows(
        filled,
        """
        select l.id from order_lines l
        left join (select line_id, sum(quantity) as sent, sum(returned) as back from shipment_lines group by line_id) s
            on s.line_id = l.id
        where l.shipped <> coalesce(s.sent, 0) or l.returned <> coalesce(s.back, 0) or l.shipped > l.quantity
            or l.refunded > l.quantity
        """,
    )
    assert wrong == []


def test_nothing_happens_before_its_order_or_after_now(filled: Shop) -> None:
    for table in ("payments", "shipments", "order_notes", "order_events"):
        early = f"select x.id from {table} x join orders o on o.id = x.order_id where x.happened_at < o.placed_at"
        assert rows(filled, early) == [], table
        late = rows(filled, f"select max(happened_at) as at from {table}")[0]["at"]
        assert late <= NOW, table


def test_it_shows_every_kind_of_order_that_a_merchant_knows(filled: Shop) -> None:
    payments, goods = counts(filled, "payment_status"), counts(filled, "fulfilment_status")
    assert {"awaiting_payment", "paid", "partially_refunded", "refunded", "cancelled"} <= set(payments)
    assert {"awaiting_processing", "processing", "on_hold", "shipped", "delivered", "returned"} <= set(goods)
    assert len(counts(filled, "payment_method")) == 6
    assert len(counts(filled, "country")) >= 10
    kinds = {row["kind"] for row in rows(filled, "select distinct kind from order_lines")}
    assert kinds == {"physical", "digital", "gift_card"}
    assert len(rows(filled, "select distinct sku from order_lines")) > 180
    failed = rows(filled, "select payment_message from orders where payment_message <> ''")
    assert len({row["payment_message"] for row in failed}) > 3


def test_there_is_work_to_do_today(filled: Shop) -> None:
    open_now = rows(
        filled,
        "select id from orders where payment_status = 'paid' "
        "and fulfilment_status in ('awaiting_processing', 'processing')",
    )
    assert len(open_now) >= 5
    old = (
        "select id from orders where payment_status = 'paid' and fulfilment_status = 'awaiting_processing' "
        f"and placed_at < timestamp '{NOW - timedelta(days=60)}'"
    )
    assert rows(filled, old) == []


def test_the_shop_grows_and_december_is_its_best_month(filled: Shop) -> None:
    months = counts(filled, "placed_month")
    first = sum(n for month, n in months.items() if "2024-04" <= month <= "2025-02")
    second = sum(n for month, n in months.items() if "2025-04" <= month <= "2026-02")
    assert second > first * 1.2
    assert months["2025-12"] > 1.3 * months["2025-10"]


def test_customers_come_back_with_the_same_name_and_live_at_example_com(filled: Shop) -> None:
    found = rows(
        filled,
        "select email, count(*) as orders, count(distinct name) as names, count(distinct billing_line1) as homes "
        "from orders group by email",
    )
    assert all(row["email"].endswith("@example.com") for row in found)
    assert {row["names"] for row in found} == {row["homes"] for row in found} == {1}
    assert sum(row["orders"] > 1 for row in found) > len(found) / 5


@pytest.mark.parametrize(
    ("country", "shape"),
    [
        ("FR", r"\d{5}"), ("BE", r"\d{4}"), ("CH", r"\d{4}"), ("DE", r"\d{5}"), ("ES", r"\d{5}"), ("IT", r"\d{5}"),
        ("NL", r"\d{4} [A-Z]{2}"), ("LU", r"\d{4}"), ("PT", r"\d{4}-\d{3}"), ("GB", r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"),
        ("US", r"\d{5}"), ("CA", r"[A-Z]\d[A-Z] \d[A-Z]\d"),
    ],
)  # fmt: skip
def test_postal_codes_have_their_country_s_shape(filled: Shop, country: str, shape: str) -> None:
    codes = rows(filled, f"select distinct billing_postal_code as code from orders where billing_country = '{country}'")
    assert codes
    assert [row["code"] for row in codes if not re.fullmatch(shape, row["code"])] == []


def test_only_digital_goods_have_no_shipping_address(filled: Shop) -> None:
    wrong = rows(
        filled, "select number from orders where (shipping_line1 = '') <> (not list_contains(kinds, 'physical'))"
    )
    assert wrong == []


def test_orders_are_found_by_their_words_and_no_message_is_made(filled: Shop) -> None:
    assert rows(filled, "select count(*) as n from search_terms where field = 'sku' and term = 'tas-bln'")[0]["n"] > 0
    assert rows(filled, "select count(*) as n from messages")[0]["n"] == 0


def test_the_timeline_tells_how_each_status_came_about(filled: Shop) -> None:
    """The last event that says a status says the one that the order has."""
    for axis in ("payment_status", "fulfilment_status"):
        wrong = rows(
            filled,
            f"""
            with said as (
                select order_id, json_extract_string(after_json, '$.{axis}') as status, happened_at, id
                from order_events
            ),
            last as (select order_id, arg_max(status, (happened_at, id)) as status from said
                where status is not null group by order_id)
            select o.number, o.{axis} as has, last.status as said from orders o left join last on last.order_id = o.id
            where o.{axis} is distinct from last.status and o.{axis} <> 'out_for_delivery'
            """,
        )
        assert wrong == [], axis


def test_a_parcel_arrives_or_is_asked_for_within_weeks(filled: Shop) -> None:
    under_way = rows(
        filled,
        "select max(s.happened_at) as last, min(s.happened_at) as first from shipments s join orders o "
        "on o.id = s.order_id where o.fulfilment_status = 'shipped'",
    )[0]
    assert under_way["last"] > NOW - timedelta(days=3), "some left these days"
    assert under_way["first"] > NOW - timedelta(days=50)
