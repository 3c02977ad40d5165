"""Cards: an order's row as one text says the same as the row, whatever stands in it and whatever is done to it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from data import acting, cards, import_runs, intake, orders
from data.checks import check
from data.store import Row
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows

ODD = 'Zoë "Z" O\'Neil\\ \x01\x1f\x7f \u2028 \U0001f600\n<b>'


def own_row(shop: Shop, order_id: str) -> Row:
    """The row as the table of orders has it, in the columns of a card."""
    with shop.store.read() as read:
        columns = ", ".join((*cards.COLUMNS, "source_status_json", "import_run_id", "number_sort"))
        return read.one(f"select {columns} from orders where id = ?::uuid", [order_id]) or {}


def card(shop: Shop, order_id: str) -> Row | None:
    with shop.store.read() as read:
        return cards.one(read, order_id)


def misfits(shop: Shop) -> int:
    with shop.store.read() as read:
        return next(found.rows for found in check(read, ZONE) if found.name == "orders_have_their_card")


def take(shop: Shop, count: int) -> list[str]:
    """That many orders, each odd in its own way; their ids."""
    drafts = [
        draft(nth, name=ODD, tags=("a,b", ODD), number=ODD if nth % 2 else f"#{nth}", placed_at=FIRST + nth * STEP)
        for nth in range(count)
    ]
    with shop.store.write() as write:
        intake.add(write, rows(*drafts), ZONE)
        return [row["id"] for row in write.rows("select id from orders order by placed_at")]


STEP = timedelta(minutes=7, microseconds=1500)


@pytest.mark.parametrize("count", [2, 12])
def test_a_card_says_what_the_row_says(shop: Shop, count: int) -> None:
    for order_id in take(shop, count):
        assert card(shop, order_id) == own_row(shop, order_id)
    assert misfits(shop) == 0


def test_a_change_of_the_row_is_a_change_of_the_card(shop: Shop) -> None:
    first, second = take(shop, 2)
    with shop.store.write() as write:
        acting.change_order(write, first, {"email": "else@example.com", "paid": Decimal("1.5"), "tags": ["x"]})
    assert card(shop, first) == own_row(shop, first)
    assert card(shop, first)["email"] == "else@example.com"
    assert card(shop, second)["email"] != "else@example.com"
    assert misfits(shop) == 0


def test_another_time_zone_and_another_source_id_reach_the_cards(shop: Shop) -> None:
    first, second = take(shop, 2)
    with shop.store.write() as write:
        intake.move_to_zone(write, "Pacific/Auckland")
        import_runs.adopt(write, "table:test", [("0", "given")])
    assert card(shop, first)["source_id"] == "given"
    for order_id in (first, second):
        assert card(shop, order_id) == own_row(shop, order_id)


def test_orders_taken_out_leave_no_card(shop: Shop) -> None:
    first, second = take(shop, 2)
    with shop.store.write() as write:
        intake.remove(write, [first])
    assert card(shop, first) is None
    assert card(shop, second) is not None


def test_many_are_read_at_once_and_those_that_lie_apart_too(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = take(any_shop, 12)
    for read_along, at_once, few in ((0, 9, 9), (2, 9, 9), (1000, 4, 9), (1000, 1000, 1000), (1000, 1000, 0)):
        for name, value in (("_READ_ALONG", read_along), ("_AT_ONCE", at_once), ("_FEW", few)):
            monkeypatch.setattr(cards, name, value)
        wanted = [ids[0], ids[1], ids[5], ids[11]]
        with any_shop.store.read() as read:
            assert {order_id: row["id"] for order_id, row in cards.of(read, wanted).items()} == dict(
                zip(wanted, wanted, strict=True)
            )
            assert cards.of(read, []) == {}


def test_a_row_read_before_is_not_taken_for_what_it_became(shop: Shop) -> None:
    first, second = take(shop, 2)
    with shop.store.write() as write:
        for order_id in (first, second):
            orders.whole(write, order_id)
        acting.change_order(write, first, {"email": "one@example.com"})
        acting.change_order(write, first, {"phone": "2"})
        write.execute("update orders set name = 'Three' where true")
        cards.renew(write, "true")
        acting.change_order(write, second, {"email": "four@example.com"})
    assert misfits(shop) == 0
    found = card(shop, second)
    assert found and (found["name"], found["email"]) == ("Three", "four@example.com")
