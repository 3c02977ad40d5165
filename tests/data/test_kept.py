"""Kept figures: whatever happens to orders, and whenever the figures are written anew, answers are what orders say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake, kept, refreshing, stale
from data.checks import kept as kept_checks
from data.dimensions import Dimension
from data.measures import Measure
from services import query
from services.analytics import REPORTS, Asked, Clock, ask
from services.errors import ShopError
from services.orders import acting
from services.orders.draft import DraftLine
from services.orders.statuses import ActionName, PaymentStatus
from services.people import SYSTEM
from services.shop import Shop
from services.upkeep import figures_turn
from tests.orders.sample import LYON, draft, keep, unpaid

D = Decimal
ZONE = "Europe/Paris"
DAY = datetime(2026, 3, 1, 9)
NAMES = ("overview", "revenue_by_product", "new_and_returning", "cohorts", "rfm", "taxes", "revenue_by_month")
OWN = (
    Asked((Measure.ORDERS, Measure.PLACED, Measure.ITEMS), (Dimension.PRODUCT, Dimension.MONTH)),
    Asked((Measure.ORDERS, Measure.PLACED, Measure.CUSTOMERS), (Dimension.KIND,)),
    Asked((Measure.ORDERS, Measure.TAXABLE), (Dimension.PRODUCT, Dimension.CUSTOMER)),
    Asked((Measure.PLACED, Measure.CUSTOMERS), (Dimension.PRODUCT, Dimension.REGION)),
    Asked((Measure.CUSTOMERS, Measure.NEW_CUSTOMERS), (Dimension.COUPON,)),
    Asked((Measure.CUSTOMERS, Measure.NEW_CUSTOMERS, Measure.PLACED), (Dimension.CURRENCY,)),
    Asked((Measure.ORDERS, Measure.PLACED), (Dimension.WEEKDAY, Dimension.HOUR)),
    Asked((Measure.ORDERS, Measure.PAID, Measure.PLACED), (Dimension.MONTH,), clock=Clock.EVENT),
    Asked((Measure.PAID, Measure.NEW_CUSTOMERS), (Dimension.DAY, Dimension.COUPON), clock=Clock.EVENT),
    Asked((Measure.NET, Measure.MOVEMENTS), (Dimension.PROVIDER, Dimension.PAYMENT_METHOD)),
    Asked((Measure.NET, Measure.MOVEMENTS), (Dimension.DAY, Dimension.ORDER), clock=Clock.EVENT),
    Asked((Measure.ATTEMPTS, Measure.FAILURES), (Dimension.PAYMENT_METHOD, Dimension.FAILURE_REASON)),
    Asked((Measure.REFUNDS, Measure.REFUND_AMOUNT), (Dimension.REFUND_REASON,)),
    Asked((Measure.SHIP_HOURS, Measure.SHIPPED_ORDERS, Measure.NEW_CUSTOMERS), (Dimension.MONTH,)),
    Asked((Measure.ORDERS, Measure.TAX), (Dimension.TAX_RATE, Dimension.KIND)),
)
FILTERS = ("", "payment_method:card", "month:2026-03 country:FR", "total:>20", "-sku:B", "name:ada", "")


def answers(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """Many questions with their answers."""
    asked = [Asked(REPORTS[name].figures, REPORTS[name].by) for name in NAMES] + list(OWN)
    told = {}
    for number, one in enumerate(asked):
        text = FILTERS[number % len(FILTERS)]
        rows = ask(shop, replace(one, filter=query.parse(text))).rows
        told[f"{one.figures} {one.by} {text}"] = sorted((tuple(row.values()) for row in rows), key=repr)
    return told


@contextmanager
def all_marked(shop: Shop) -> Iterator[None]:
    """Nothing that is kept counts while the block lasts."""
    with shop.store.write() as write:
        marks = write.rows("from stale_orders")
        stale.mark(write, "true")
    yield
    with shop.store.write() as write:
        write.execute("delete from stale_orders")
        write.insert("stale_orders", marks)


def agree(shop: Shop) -> None:
    """What is kept and what orders say give the same answers."""
    told = answers(shop)
    with all_marked(shop):
        assert answers(shop) == told
    with shop.store.read() as read:
        assert [(one.name, one.rows) for one in kept_checks.broken(read) if one.rows] == []


def marks(shop: Shop) -> int:
    with shop.store.read() as read:
        return int(read.value("select count(*) from stale_orders"))


def do(shop: Shop, action: ActionName, number: str, **params: Any) -> None:
    acting.do(shop, acting.Request(action, number, params=params), SYSTEM)


def line(sku: str, worth: int, quantity: int = 1) -> DraftLine:
    return DraftLine(f"Product {sku}", D(quantity), D(worth), sku=sku, total=D(worth * quantity), tax=D(1))


def some(count: int) -> list[Any]:
    """Orders of three customers and one without, over two months."""
    people = ["ada@example.com", "bob@example.com", "eve@example.com", ""]
    return [
        draft(
            str(nth),
            placed_at=DAY + timedelta(days=9 * (nth // 2)),
            email=people[nth % 4],
            name="" if nth % 4 == 3 else "Ada",
            billing_address=replace(LYON, name=""),
            lines=(line("A", 10), line("B", 7, 2), line("A", 3))[: 1 + nth % 3],
            total=D(30 + nth),
            payment_method=("card", "paypal")[nth % 2],
            currency=("EUR", "EUR", "EUR", "JPY")[nth % 4],
            payment_status=PaymentStatus.CANCELLED if nth == 4 else PaymentStatus.PAID,
        )
        for nth in range(count)
    ]


def test_answers_are_the_same_before_during_and_after_the_figures_are_written(any_shop: Shop) -> None:
    keep(any_shop, *some(6))
    agree(any_shop)
    with any_shop.store.write() as write:
        assert refreshing.refresh_some(write, turn=4) == 4
    assert marks(any_shop) == 2
    agree(any_shop)
    assert refreshing.refresh(any_shop.store, pause=0) == 2
    assert marks(any_shop) == 0
    agree(any_shop)


def test_a_cancelled_first_order_makes_the_next_one_the_first(shop: Shop) -> None:
    keep(shop, unpaid("1", placed_at=DAY), draft("2", placed_at=DAY + timedelta(days=3)))
    refreshing.refresh(shop.store, pause=0)
    assert first_days(shop) == [1]
    do(shop, ActionName.CANCEL, "1")
    assert first_days(shop) == [4]
    refreshing.refresh(shop.store, pause=0)
    assert first_days(shop) == [4]


def first_days(shop: Shop) -> list[int]:
    """The days of March with a new customer."""
    rows = ask(shop, Asked((Measure.NEW_CUSTOMERS,), (Dimension.DAY,))).rows
    return [row["day"].day for row in rows if row["new_customers"]]


def test_orders_that_go_leave_no_figure_behind(any_shop: Shop) -> None:
    keep(any_shop, *some(6))
    refreshing.refresh(any_shop.store, pause=0)
    with any_shop.store.write() as write:
        intake.remove(write, [write.value("select id from orders where number = '0'")])
    agree(any_shop)
    refreshing.refresh(any_shop.store, pause=0)
    agree(any_shop)


def test_orders_that_have_not_come_so_far_have_no_time(shop: Shop) -> None:
    keep(shop, unpaid("1"))
    hours = (Measure.PAY_HOURS, Measure.SHIP_HOURS, Measure.DELIVER_HOURS, Measure.WHOLE_HOURS)
    assert list(ask(shop, Asked(hours)).rows[0].values()) == [None] * 4
    keep(shop, draft("2"))
    do(shop, ActionName.MARK_SHIPPED, "2")
    told = ask(shop, Asked(hours)).rows[0]
    assert told["ship_hours"] is not None
    assert (told["deliver_hours"], told["whole_hours"]) == (None, None)


def test_a_note_makes_no_figure_stale(shop: Shop) -> None:
    keep(shop, draft("1"))
    refreshing.refresh(shop.store, pause=0)
    do(shop, ActionName.ADD_NOTE, "1", text="Call back")
    assert marks(shop) == 0


def test_another_time_zone_moves_all_days(shop: Shop) -> None:
    keep(shop, *some(6), draft("late", placed_at=datetime(2026, 3, 31, 23, 30)))
    refreshing.refresh(shop.store, pause=0)
    with shop.store.write() as write:
        intake.move_to_zone(write, "Pacific/Auckland")
    agree(shop)
    refreshing.refresh(shop.store, pause=0)
    agree(shop)


def test_many_marked_orders_are_worked_out_in_portions(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, *some(7))
    at_once = answers(shop)
    with shop.store.read() as read:
        assert kept.lay_out(read, many=3) == "laid_out"
    monkeypatch.setattr(kept, "MANY", 3)
    assert answers(shop) == at_once


def test_upkeep_writes_the_figures(shop: Shop) -> None:
    keep(shop, *some(3))
    assert figures_turn(shop, DAY) == ["wrote the figures of 3 orders anew"]
    assert figures_turn(shop, DAY) == []


def test_what_breaks_off_between_two_turns_leaves_the_truth(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, *some(6))
    whole, seen = refreshing.product_days, []

    def falls(shares: str) -> str:
        seen.append(shares)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return whole(shares)

    monkeypatch.setattr(refreshing, "product_days", falls)
    with pytest.raises(KeyboardInterrupt):
        refreshing.refresh(shop.store, turn=2, pause=0)
    monkeypatch.undo()
    assert marks(shop) == 4
    agree(shop)


def test_two_that_write_at_once_and_a_third_that_refreshes(shop: Shop) -> None:
    keep(shop, *some(8))

    def work(numbers: str) -> None:
        for number in numbers:
            with suppress(ShopError):
                do(shop, ActionName.CANCEL, number)

    threads = [Thread(target=work, args=(numbers,)) for numbers in ("012", "567")]
    threads.append(Thread(target=lambda: [refreshing.refresh(shop.store, turn=2, pause=0) for _ in range(5)]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    agree(shop)


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "cancel", "mail", "refund", "ship", "remove", "refresh", "all"]), st.integers(0, 9)
    ),
    max_size=8,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_happens_answers_are_what_orders_say(shop: Shop, steps: list[tuple[str, int]]) -> None:
    with shop.store.write() as write:
        intake.remove(write, [row["id"] for row in write.rows("select id from orders")])
        stale.forget(write)
    made = some(10)
    keep(shop, *made[:4])
    there = 4
    for what, which in steps:
        number = str(which % max(there, 1))
        try:
            if what == "add" and there < len(made):
                keep(shop, made[there])
                there += 1
            elif what == "cancel":
                do(shop, ActionName.CANCEL, number)
            elif what == "mail":
                do(shop, ActionName.EDIT_CONTACT, number, email=f"{'abe'[which % 3]}@example.com")
            elif what == "refund":
                do(shop, ActionName.REFUND, number, amount="5.00")
            elif what == "ship":
                do(shop, ActionName.MARK_SHIPPED, number)
            elif what == "remove":
                with shop.store.write() as write:
                    intake.remove(
                        write, [r["id"] for r in write.rows("select id from orders where number = ?", [number])]
                    )
            elif what == "refresh":
                with shop.store.write() as write:
                    refreshing.refresh_some(write, turn=1 + which % 3)
            elif what == "all":
                refreshing.refresh(shop.store, pause=0)
        except ShopError:
            continue
    agree(shop)
    refreshing.refresh(shop.store, pause=0)
    agree(shop)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("delete from order_figures", "figures_are_kept_or_marked"),
        ("insert into order_figures from order_figures limit 1", "figures_are_kept_or_marked"),
        ("update orders set total = total + 1", "figures_of_orders_are_what_orders_say"),
        ("update order_figures set first_orders = 2", "figures_of_orders_are_what_orders_say"),
        ("update order_lines set returned = 1", "figures_of_lines_are_what_lines_say"),
        ("update line_shares set quantity = 9", "figures_of_days_are_sums_of_lines"),
        ("delete from product_days", "figures_of_days_are_sums_of_lines"),
        ("update order_figures set placed_hour = 25", "figures_of_orders_are_what_orders_say"),
        ("update payments set amount = amount + 1", "figures_of_payments_are_what_payments_say"),
        ("update payment_figures set moved_on = moved_on + 1", "figures_of_payments_are_what_payments_say"),
    ],
)
def test_each_check_finds_its_fault(shop: Shop, fault: str, name: str) -> None:
    keep(shop, *some(4))
    refreshing.refresh(shop.store, pause=0)
    with shop.store.write() as write:
        write.execute(fault)
    with shop.store.read() as read:
        broken = {one.name: one.rows for one in kept_checks.broken(read, size=3)}
    assert broken[name] > 0
