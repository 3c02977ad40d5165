"""Repair: what follows from facts is worked out anew, and the facts stay as they are."""

from __future__ import annotations

import pytest

from data import intake, refreshing
from data.checks import check
from data.ids import new_id
from data.repairing import MENDABLE, repair
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows
from tests.data.test_checks import FAULTS

# what each check is broken by; a column that no event told and that follows from nothing cannot be mended
BREAKING = [FAULTS[name] for name in sorted(MENDABLE - {"orders_have_their_card"})] + [
    "update order_cards set card = '[]' where order_id = (select min(order_id) from order_cards)",
    "insert into order_cards values (uuid(), '[]')",
    "insert into search_terms values ('stray', 'name', uuid())",
    "update orders set tags = [], due = 7 where number = '#1002'",
]
FACTS = ("order_lines", "payments", "shipments", "shipment_lines", "order_events", "messages", "event_links")


def content(shop: Shop) -> dict[str, object]:
    with shop.store.read() as read:
        kept = {table: read.value(f"select bit_xor(hash(t)) from {table} t") for table in FACTS if table != "payments"}
        kept["payments"] = read.value("select bit_xor(hash(id, amount, kind, happened_at)) from payments")
        return kept


def broken(shop: Shop) -> list[str]:
    with shop.store.read() as read:
        return [one.name for one in check(read, ZONE) if one.rows]


def whole(shop: Shop) -> list[object]:
    """What must be again as it was."""
    with shop.store.read() as read:
        sums = read.tuples("select o.* exclude (updated_at) from orders o order by id")
        words = read.tuples("select distinct term, field, order_id from search_terms order by all")
        return [sums, words, read.tuples("select * from order_cards order by all")]


def shop_of_two(shop: Shop) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(draft(1), draft(2)), ZONE)
        write.insert(
            "order_events",
            [
                {
                    "id": new_id(), "order_id": write.value("select id from orders where number = '#1002'"),
                    "happened_at": FIRST, "kind": "tagged", "actor": "Ada", "before_json": '{"tags": []}',
                    "after_json": '{"tags": ["gift"]}', "made_json": "{}", "reason": "", "cause": "", "undoes": None,
                }
            ],
        )  # fmt: skip
        write.execute("update orders set tags = ['gift'] where number = '#1002'")
        intake.cards.renew(write, "true")
        for term in ("gift", "\x1fgift"):
            write.execute("insert into search_terms select ?, 'tag', id from orders where number = '#1002'", [term])
    refreshing.refresh(shop.store)


def test_what_follows_from_facts_is_worked_out_anew(any_shop: Shop) -> None:
    shop_of_two(any_shop)
    assert broken(any_shop) == []
    was, facts = whole(any_shop), content(any_shop)
    with any_shop.store.write() as write:
        for sql in "; ".join(BREAKING).split("; "):
            write.execute(sql)
    assert set(broken(any_shop)) == MENDABLE
    assert set(repair(any_shop.store, ZONE, broken(any_shop))) == MENDABLE
    refreshing.refresh(any_shop.store)
    assert broken(any_shop) == []
    assert (whole(any_shop), content(any_shop)) == (was, facts)


def test_the_row_is_not_made_to_follow_a_log_that_was_altered(shop: Shop) -> None:
    shop_of_two(shop)
    with shop.store.write() as write:
        write.execute("""update order_events set after_json = '{"tags": ["else"]}' where kind = 'tagged'""")
    found = broken(shop)
    assert found == ["orders_say_what_their_events_told_last", "events_are_as_they_were_written"]
    repair(shop.store, ZONE, found)
    assert broken(shop) == found


@pytest.mark.parametrize("broken_checks", [[], ["messages_are_made_once"]])
def test_what_cannot_be_worked_out_is_left(shop: Shop, broken_checks: list[str]) -> None:
    assert repair(shop.store, ZONE, broken_checks) == []
