"""How long orders have waited: the same figure on the board, in the filter and on the order."""

from __future__ import annotations

from datetime import datetime

from services import profile
from services.orders import ageing, reading
from services.orders.ageing import Stage
from services.orders.finding import View, find
from services.orders.promise import promise
from services.orders.statuses import ActionName
from services.query import parse, write
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import draft, keep, numbers, unpaid

MONDAY = datetime(2026, 3, 16, 10)
ZONE = "Europe/Paris"


def test_every_cell_of_the_board_finds_the_orders_that_it_counts(any_shop: Shop) -> None:
    told = [draft(str(day), placed_at=datetime(2026, 3, day, 22, 30)) for day in (2, 5, 9, 11, 12, 13, 14, 15)]
    keep(any_shop, *told, unpaid("99", placed_at=datetime(2026, 2, 2)))
    rows = ageing.board(any_shop, MONDAY)
    assert [row.stage for row in rows] == [Stage.AWAITING_PAYMENT, Stage.TO_PREPARE]
    prepare = rows[1]
    assert [cell.count for cell in prepare.cells] == [3, 2, 1, 2, 0]
    for row in rows:
        for cell in (*row.cells, row.all):
            assert parse(write(cell.filter)) == cell.filter
            assert find(any_shop, View(cell.filter)).total == cell.count, write(cell.filter)


def test_a_step_starts_the_waiting_again_and_a_note_does_not(shop: Shop) -> None:
    [order_id] = keep(shop, draft("1", placed_at=datetime(2026, 3, 2, 12)))
    do(shop, order_id, ActionName.MARK_PROCESSING, at=datetime(2026, 3, 12, 12))
    do(shop, order_id, ActionName.ADD_NOTE, at=datetime(2026, 3, 13, 12), text="Ring twice")
    order = reading.order(shop, order_id)
    assert ageing.waited(order, promise(shop.profile()), ZONE, MONDAY) == 2
    [row] = ageing.board(shop, MONDAY)
    assert (row.stage, row.longest) == (Stage.PROCESSING, 2)
    assert numbers(find(shop, View(parse("since:2026-03-12"))).rows) == ["1"]
    assert numbers(find(shop, View(parse("since:<2026-03-12"))).rows) == []
    assert numbers(find(shop, View(parse("-since:>2026-03-12"))).rows) == ["1"]


def test_lateness_counts_from_the_money_and_against_the_promise(shop: Shop) -> None:
    [order_id] = keep(shop, unpaid("1", placed_at=datetime(2026, 3, 2, 12), payment_method="bank_transfer"))
    order = reading.order(shop, order_id)
    assert ageing.late(order, promise(shop.profile()), ZONE, MONDAY) == 0
    do(shop, order_id, ActionName.MARK_PAID, at=datetime(2026, 3, 10, 12))
    order = reading.order(shop, order_id)
    assert ageing.late(order, promise(shop.profile()), ZONE, datetime(2026, 3, 12, 12)) == 0
    assert ageing.late(order, promise(shop.profile()), ZONE, MONDAY) == 2
    with shop.store.write() as door:
        profile.change(door, shop.settings, {"promise_days": 10}, "me", MONDAY)
    assert ageing.late(order, promise(shop.profile()), ZONE, MONDAY) == 0


def test_paid_asks_for_the_day_on_which_money_came(any_shop: Shop) -> None:
    keep(any_shop, draft("1"), unpaid("2"))
    assert numbers(find(any_shop, View(parse("paid:2026-03"))).rows) == ["1"]
    assert numbers(find(any_shop, View(parse("paid:any"))).rows) == ["1"]
    assert numbers(find(any_shop, View(parse("-paid:2026-03"))).rows) == ["2"]
