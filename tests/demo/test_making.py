"""The demo shop as a whole: made the same for the same seed and day, and gone when it is not wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from data import checks, intake, maintenance
from data.filling import Filling
from data.filters import Filter
from services import demo, exports
from services.demo import making
from services.errors import Conflict, Invalid
from services.orders import acting, reading, taking, undoing
from services.orders.draft import Draft, DraftLine
from services.orders.statuses import ActionName
from services.people import API, MERCHANT
from services.settings import Settings
from services.shop import Shop, open_shop
from tests.conftest import NOW

TODAY = NOW.date()


def rows(shop: Shop, sql: str) -> list[dict[str, Any]]:
    with shop.store.read() as read:
        return read.rows(sql)


def test_the_same_seed_and_day_give_the_same_shop(settings: Settings, tmp_path: Any) -> None:
    found = []
    for name, size in (("one", 200), ("two", 200)):
        shop = open_shop(replace(settings, store=str(tmp_path / f"{name}.duckdb")))
        demo.make(shop, size, 7, TODAY, NOW)
        found.append(
            [rows(shop, f"select * from {table} order by all") for table in ("orders", "order_lines", "payments")]
        )
        shop.close()
    assert found[0] == found[1]


def test_another_seed_gives_another_shop(shop: Shop) -> None:
    demo.make(shop, 50, 1, TODAY, NOW)
    first = rows(shop, "select id from orders order by id")
    demo.make(shop, 50, 2, TODAY, NOW)
    assert rows(shop, "select id from orders order by id") != first


def test_it_marks_the_shop_as_a_demo_and_keeps_the_merchant_s_own_name(settings: Settings, tmp_path: Any) -> None:
    for name, shown in (("Atelier Brume", "Atelier Brume"), ("My shop", "Chez Élise")):
        shop = open_shop(replace(settings, store=str(tmp_path / f"{shown}.duckdb"), shop_name=name))
        demo.make(shop, 5, 1, TODAY, NOW)
        assert (shop.profile().is_demo, shop.profile().shop_name) == (True, shown)
        demo.clear(shop, NOW)
        assert (shop.profile().is_demo, shop.profile().shop_name) == (False, name)
        shop.close()


def test_the_demo_lives_on_a_shared_store_too(any_shop: Shop) -> None:
    demo.make(any_shop, 60, 1, TODAY, NOW)
    placed = demo.place_one(any_shop, NOW)
    assert placed.number == "1061"
    for format in exports.FORMATS:
        assert b"".join(exports.stream(any_shop, Filter(), "lines", format, NOW).pieces)
    text = b"".join(exports.stream(any_shop, Filter(), "orders", "csv", NOW).pieces).decode("utf-8-sig")
    assert text.count("\r\n") == 62
    assert demo.clear(any_shop, NOW) == 61


def test_names_and_prices_speak_the_shop_s_language_and_currency(settings: Settings, tmp_path: Any) -> None:
    tokyo = replace(settings, store=str(tmp_path / "fr.duckdb"), language="fr", currency="JPY", shop_name="My shop")
    shop = open_shop(tokyo)
    demo.make(shop, 300, 1, TODAY, NOW)
    assert rows(shop, "select count(*) as n from order_lines where name like 'Tasse en grès%'")[0]["n"] > 0
    assert (
        rows(shop, "select number from orders where currency <> 'JPY' or total <> floor(total) or tax <> floor(tax)")
        == []
    )
    assert shop.profile().shop_name == "Chez Élise"
    shop.close()


def test_starting_my_own_shop_takes_every_invented_row_away(shop: Shop) -> None:
    demo.make(shop, 40, 1, TODAY, NOW)
    demo.place_one(shop, NOW)
    assert demo.clear(shop, NOW) == 41
    for table in (
        "orders",
        "order_lines",
        "payments",
        "shipments",
        "shipment_lines",
        "order_notes",
        "order_events",
        "search_terms",
        "messages",
    ):
        assert rows(shop, f"select count(*) as n from {table}")[0]["n"] == 0, table
    assert not shop.profile().is_demo
    assert taking.place(shop, _order(), API, silent=True, now=NOW).number == "1"


def test_a_shop_with_real_orders_is_never_filled_with_invented_ones(shop: Shop) -> None:
    taking.place(shop, _order(), API, silent=True, now=NOW)
    with pytest.raises(Conflict, match="real shop"):
        demo.make(shop, 10, 1, TODAY, NOW)
    assert rows(shop, "select count(*) as n from orders")[0]["n"] == 1
    assert not shop.profile().is_demo


@pytest.mark.parametrize(("count", "until"), [(0, None), (-5, None), (10, date(2031, 1, 1)), (10, date(1999, 12, 31))])
def test_a_size_or_day_that_does_not_fit_is_refused(shop: Shop, count: int, until: date | None) -> None:
    with pytest.raises(Invalid):
        demo.make(shop, count, 1, until, NOW)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_tiny_shop_is_a_shop_too(shop: Shop, size: int) -> None:
    assert demo.make(shop, size, 1, None, NOW) == size
    assert rows(shop, "select count(*) as n from orders")[0]["n"] == size


def _order() -> Draft:
    line = DraftLine("Mug", Decimal(1), Decimal(10))
    return Draft("api", "", "", NOW, "EUR", (line,), subtotal=Decimal(10), total=Decimal(10))


def test_what_was_invented_cannot_be_undone_what_was_done_since_can(shop: Shop) -> None:
    demo.make(shop, 300, 1, TODAY, NOW)
    found = rows(shop, "select id from orders where payment_status = 'paid' and fulfilment_status = 'shipped' limit 1")
    order = reading.order(shop, found[0]["id"])
    assert all(undoing.refusal(order, event, "UTC") for event in order.events)
    done = acting.do(shop, acting.Request(ActionName.MARK_DELIVERED, order.id, order.version), MERCHANT, NOW)
    assert undoing.refusal(done.order, done.order.events[-1], "UTC") is None


def test_a_shop_made_bit_by_bit_is_the_same_and_its_words_lie_in_one_order(
    settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = ("orders", "order_cards", "order_lines", "payments", "search_terms")
    found = []
    for name, portion in (("whole", 1_000), ("bits", 40)):
        monkeypatch.setattr(making, "_PORTION", portion)
        monkeypatch.setattr(making, "_KEPT_AT_ONCE", 2 * portion)
        shop = open_shop(replace(settings, store=str(tmp_path / f"{name}.duckdb")))
        demo.make(shop, 290, 7, TODAY, NOW)
        found.append([rows(shop, f"select * from {table} order by all") for table in tables])
        terms = [row["term"] for row in rows(shop, "select term from search_terms")]
        assert terms == sorted(terms, key=str.encode)
        monkeypatch.setattr(maintenance, "TAIL", 10)
        assert "sorted the words" not in maintenance.tend(shop.store, NOW)
        shop.close()
    assert found[0] == found[1]


def test_a_large_shop_whose_making_was_killed_is_whole_and_found_as_far_as_it_came(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_PORTION", 40)
    monkeypatch.setattr(making, "_KEPT_AT_ONCE", 80)
    monkeypatch.setattr(intake, "WORDED", 50)
    shop = open_shop(settings)
    monkeypatch.setattr(Filling, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.make(shop, 200, 1, TODAY, NOW)
    assert rows(shop, "select count(*) as words from search_terms") == [{"words": 0}]
    shop.close()
    shop = open_shop(settings)
    with shop.store.read() as read:
        assert {check.name: check.rows for check in checks.check(read, "Europe/Paris") if check.rows} == {}
        found = set(read.tuples("select term, field, order_id from search_terms"))
    shop.close()
    alone = open_shop(replace(settings, store=settings.store + ".2"))
    monkeypatch.undo()
    demo.make(alone, 200, 1, TODAY, NOW)
    with alone.store.read() as read:
        assert set(read.tuples("select term, field, order_id from search_terms")) == found
    alone.close()


def killed(*_arguments: object) -> None:
    raise KeyboardInterrupt
