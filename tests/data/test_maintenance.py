"""Maintenance changes the layout of a store and nothing that it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import intake, lake_upkeep, maintenance
from data.ids import new_id
from data.maintenance import sort_words, tend
from data.proofs import tables_of
from data.store import Row
from services.shop import Shop
from tests.data.orders import ZONE, draft, rows

NOW = datetime(2026, 3, 14, 9, 26, 53)


def content(shop: Shop) -> dict[str, list[Row]]:
    with shop.store.read() as read:
        return {name: read.rows(f"from {name} order by all") for name in tables_of(read) if name != "settings"}


def add(shop: Shop, nth: int) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(draft(nth)), ZONE)


def test_what_the_store_says_is_the_same_afterwards(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "TAIL", 10)
    monkeypatch.setattr(lake_upkeep, "WAITING", 1)
    for nth in (2, 1, 3):
        add(any_shop, nth)
    before = content(any_shop)
    assert tend(any_shop.store, NOW)
    assert content(any_shop) == before
    add(any_shop, 4)
    assert len(content(any_shop)["orders"]) == 4
    tend(any_shop.store, NOW + timedelta(days=20_000))  # snapshots of before may go by then
    assert len(content(any_shop)["orders"]) == 4


def test_words_come_out_in_order_and_are_not_sorted_again_for_a_few(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "TAIL", 10)
    for nth in (2, 1, 3):
        add(shop, nth)
    assert "sorted the words" in tend(shop.store, NOW)
    with shop.store.read() as read:
        found = [row["term"] for row in read.rows("select term from search_terms")]
        assert found == [row["term"] for row in read.rows("select term from search_terms order by term")]
    assert "sorted the words" not in tend(shop.store, NOW)


def test_words_that_changed_meanwhile_are_left_for_the_next_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    add(shop, 1)
    real = shop.store.write

    def write_after_another():  # type: ignore[no-untyped-def]
        monkeypatch.setattr(shop.store, "write", real)
        add(shop, 2)
        return real()

    monkeypatch.setattr(shop.store, "write", write_after_another)
    assert not sort_words(shop.store)
    assert {row["source_id"] for row in content(shop)["orders"]} == {"1", "2"}
    assert "sorted_terms" not in content(shop)
    assert sort_words(shop.store)


@pytest.mark.postgres
def test_small_files_are_put_together_and_old_ones_removed(shared_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_upkeep, "WAITING", 1)
    for nth in range(3):
        add(shared_shop, nth)
        tend(shared_shop.store, NOW)
    files = Path(shared_shop.settings.files)
    many = len(list(files.rglob("order_lines/*.parquet")))
    monkeypatch.setattr(lake_upkeep, "SCATTERED", ((1 << 20, 3),))
    done = tend(shared_shop.store, NOW + timedelta(days=20_000))
    assert "put together order_lines" in done
    tend(shared_shop.store, NOW + timedelta(days=20_001))
    assert len(list(files.rglob("order_lines/*.parquet"))) < many
    assert len(content(shared_shop)["orders"]) == 3


@pytest.mark.postgres
def test_a_table_of_which_much_was_deleted_is_written_anew(shared_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_upkeep, "WAITING", 1)
    monkeypatch.setattr(lake_upkeep, "WORN_ROWS", 5)
    ids = [new_id() for _ in range(10)]
    with shared_shop.store.write() as write:
        write.insert("order_raws", [{"order_id": id_, "happened_at": NOW, "raw": "x"} for id_ in ids])
    tend(shared_shop.store, NOW)
    for some, worn in ((ids[:4], False), (ids[4:6], True)):
        with shared_shop.store.write() as write:
            write.execute("delete from order_raws where order_id in (select unnest(?)::uuid)", [some])
        assert ("wrote order_raws anew" in tend(shared_shop.store, NOW)) == worn
    with shared_shop.store.read() as read:
        assert read.rows("select order_id from order_raws order by 1") == [{"order_id": id_} for id_ in sorted(ids[6:])]


@pytest.mark.postgres
def test_where_nothing_is_due_nobody_waits(shared_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    add(shared_shop, 1)
    before = shared_shop.store.stamp()
    assert tend(shared_shop.store, NOW) == []
    assert shared_shop.store.stamp() == before
