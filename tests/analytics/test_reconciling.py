"""Every figure equals the sum over the order list, to the cent, whatever the orders are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from data import intake
from services import clock, query
from services.analytics import Clock, answer
from services.analytics.reconciliation import reports
from services.orders.draft import Draft
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from tests.analytics.generated import ZONE, drafts
from tests.orders.sample import draft, keep

few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CURRENCIES = ("EUR", "USD", "JPY")
WHOLE = [report.name for report in reports()]  # all that is placed, in parts
IN_PARTS = ("revenue_by_product", "taxes")  # a row is a part of its orders


def only(shop: Shop, orders: tuple[Draft, ...]) -> None:
    """Make `orders` all that the shop holds."""
    there = [row["id"] for row in find(shop, View(size=200)).rows]
    with shop.store.write() as write:
        intake.remove(write, there)
    keep(shop, *orders)


@few
@given(orders=drafts())
def test_each_row_is_the_sum_of_the_orders_behind_it(shop: Shop, orders: tuple[Draft, ...]) -> None:
    only(shop, orders)
    for name in WHOLE:
        for currency in CURRENCIES:
            told = answer(shop, name, currency=currency)
            pairs = [(row, told.behind(row)) for row in told.rows]
            if name in IN_PARTS or None in [behind for _row, behind in pairs]:
                continue
            empty = [pair for pair in pairs if not pair[0]["orders"]]
            for row, text in [pair for pair in pairs if pair[0]["orders"]] + empty[:2]:
                listed = find(shop, View(query.parse(text or "")))
                assert listed.total == row["orders"], (name, text)
                assert listed.sums.get(currency, Decimal(0)) == row["placed"], (name, text)


@few
@given(orders=drafts())
def test_all_rows_together_are_all_the_orders(shop: Shop, orders: tuple[Draft, ...]) -> None:
    only(shop, orders)
    for currency in CURRENCIES:
        mine = [order for order in orders if order.currency == currency]
        placed = sum((o.total for o in mine if o.payment_status is not PaymentStatus.CANCELLED), Decimal(0))
        paid = _moved(mine, lambda kind: kind.is_received)
        refunded = _moved(mine, lambda kind: kind is PaymentKind.REFUND)
        for name in WHOLE:
            for by in Clock:
                rows = answer(shop, name, clock=by, currency=currency).rows
                sums = {m: sum((row[m] for row in rows), Decimal(0)) for m in ("placed", "paid", "refunded", "net")}
                assert sums == {"placed": placed, "paid": paid, "refunded": refunded, "net": paid - refunded}, name


@few
@given(orders=drafts())
def test_money_counts_on_its_own_day_by_the_shops_clock(shop: Shop, orders: tuple[Draft, ...]) -> None:
    only(shop, orders)
    expected: dict[date, Decimal] = defaultdict(Decimal)
    for order in orders:
        for payment in order.payments:
            if order.currency == "EUR" and payment.kind.is_received:
                expected[clock.day(payment.at or order.placed_at, ZONE)] += payment.amount
    rows = answer(shop, "revenue_by_day", clock=Clock.EVENT, currency="EUR").rows
    assert {row["day"]: row["paid"] for row in rows if row["paid"]} == {d: a for d, a in expected.items() if a}


@few
@given(orders=drafts())
def test_no_month_is_left_out_between_the_first_and_the_last(shop: Shop, orders: tuple[Draft, ...]) -> None:
    only(shop, orders)
    days = [clock.day(order.placed_at, ZONE) for order in orders if order.currency == "EUR"]
    months = [row["month"] for row in answer(shop, "revenue_by_month", currency="EUR").rows]
    if not days:
        assert months == []
        return
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    assert months == [
        f"{first.year + m // 12}-{m % 12 + 1:02}" for m in range(first.month - 1, first.month - 1 + count)
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_a_figure_says_what_it_means_and_its_sql_gives_it_again(shop: Shop, name: str) -> None:
    keep(shop, draft("1", name="O'Hara"))
    told = answer(shop, name, query.parse('name:"O\'Hara" total:10..90 placed:2026-03'))
    with shop.store.read() as read:
        again = read.rows(told.sql)
    assert len(again) == len(told.rows) >= 1
    assert sum(row["placed"] for row in again) == sum(row["placed"] for row in told.rows) == Decimal("48.90")
    assert "net: paid" in told.definition
    assert told.sql.startswith("-- ")


def _moved(orders: list[Draft], counts: Callable[[PaymentKind], bool]) -> Decimal:
    return sum((p.amount for order in orders for p in order.payments if counts(p.kind)), Decimal(0))


@few
@given(orders=drafts())
def test_the_money_of_days_is_every_movement_to_the_cent(shop: Shop, orders: tuple[Draft, ...]) -> None:
    """By day, method and provider as a bank's list has it, and as plain rows of payments."""
    only(shop, orders)
    for currency in CURRENCIES:
        told = answer(shop, "movements", clock=Clock.EVENT, currency=currency).rows
        with shop.store.read() as read:
            rows = read.rows(
                "select coalesce(p.on_date, o.placed_on) as day, coalesce(nullif(p.method, ''), o.payment_method) as "
                "method, p.provider, sum(if(p.kind = 'refund', 0, p.amount)) as paid, "
                "sum(if(p.kind = 'refund', p.amount, 0)) as refunded, count(*) as movements from payments p "
                "join orders o on o.id = p.order_id where p.voided_at is null and o.currency = ? "
                "and p.kind in ('charge', 'capture', 'gift_card', 'refund') group by all order by all",
                [currency],
            )
        assert [
            (r["day"], r["payment_method"], r["provider"], r["paid"], r["refunded"], r["movements"]) for r in told
        ] == [tuple(row.values()) for row in rows]
        assert all(row["net"] == row["paid"] - row["refunded"] for row in told)
        (whole,) = answer(shop, "overview", clock=Clock.EVENT, currency=currency).rows or ({"net": Decimal(0)},)
        assert sum((row["net"] for row in told), Decimal(0)) == whole["net"]
