"""One order read whole is what its tables say, row by row and value by value."""

from __future__ import annotations

from decimal import Decimal

from data import acting, cards, intake, orders
from data.ids import new_id
from data.store import Row
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows

ODD = 'Zoë "Z" O\'Neil\\ \x01\x1f\x7f \u2028 \U0001f600\n<b>, 1.50'


def take(shop: Shop) -> str:
    """An order with parts in every table, two in some, one of them undone."""
    with shop.store.write() as write:
        intake.add(write, rows(draft(1, name=ODD, customer_comment=ODD)), ZONE)
        order_id = str(write.value("select id from orders"))
        own = {"order_id": order_id, "event_id": None, "happened_at": FIRST.replace(microsecond=500_000)}
        parcel = {"carrier": "DHL", "tracking_number": "1", "tracking_url": "", "source_key": "", "delivered_at": FIRST}
        note = {"author": ODD, "text": ODD, "source_key": "", "voided_at": None}
        shipments = [{"id": new_id(), **own, **parcel} for _ in range(2)]
        acting.add(write, "shipments", shipments)
        inside = {"order_id": order_id, "line_id": new_id(), "quantity": Decimal("1.005"), "returned": Decimal(0)}
        acting.add(write, "shipment_lines", [{"shipment_id": one["id"], **inside} for one in shipments])
        acting.add(write, "order_notes", [{"id": new_id(), **own, **note, "voided_at": at} for at in (None, FIRST)])
    return order_id


def by_table(shop: Shop, order_id: str, *, ever: bool = False) -> dict[str, list[Row]]:
    """What stands in each table, asked one by one."""
    found = {}
    with shop.store.read() as read:
        for table, (columns, order) in orders.CHILDREN.items():
            standing = " and voided_at is null" if table in orders.UNDOABLE and not ever else ""
            sorting = ", ".join(f"{name} nulls first" for name in order)
            sql = f"select {columns} from {table} where order_id = ?::uuid{standing} order by {sorting}"
            found[table] = read.rows(sql, [order_id])
    return found


def test_an_order_read_whole_is_what_its_tables_say(any_shop: Shop) -> None:
    order_id = take(any_shop)
    with any_shop.store.read() as read:
        found = orders.whole(read, order_id)
        own = cards.one(read, order_id)
    told = by_table(any_shop, order_id)
    assert found == (own, told)
    kinds = {(t, name): type(value) for t, held in told.items() for row in held for name, value in row.items()}
    assert found
    assert kinds == {(t, n): type(v) for t, held in found[1].items() for row in held for n, v in row.items()}
    assert {table for table, held in told.items() if held} >= {"order_lines", "payments", "shipments", "order_events"}
    assert len(told["order_notes"]) == 1


def test_what_was_undone_stands_among_the_others_where_it_is_asked_for(any_shop: Shop) -> None:
    order_id = take(any_shop)
    with any_shop.store.read() as read:
        found = orders.whole(read, order_id, ever=True)
    told = by_table(any_shop, order_id, ever=True)
    assert found
    assert found[1] == told
    assert len(told["order_notes"]) == 2


def test_every_column_of_a_part_comes_as_the_type_that_it_has(any_shop: Shop) -> None:
    plain = {"VARCHAR", "UUID", "INTEGER", "BIGINT", "BOOLEAN"}
    with any_shop.store.read() as read:
        for table, (columns, _order) in orders.CHILDREN.items():
            kinds = {
                row["column_name"]: row["column_type"] for row in read.rows(f"describe select {columns} from {table}")
            }
            read_otherwise = {name for name, kind in kinds.items() if kind not in plain}
            assert read_otherwise == {name for name in kinds if name in orders.READ}, table


def test_there_is_no_order_where_there_is_none(shop: Shop) -> None:
    with shop.store.read() as read:
        assert orders.whole(read, new_id()) is None
