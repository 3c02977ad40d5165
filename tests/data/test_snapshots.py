"""Snapshots that stay open between readers: always what is committed, and closed when nobody needs them."""

from __future__ import annotations

import pytest

from data import store as stores
from data.errors import StoreError
from data.store import Store
from services.shop import Shop


def put(store: Store, name: str) -> None:
    with store.write() as write:
        write.insert("settings", [{"name": name, "value_json": "1", "updated_at": "2026-01-01", "actor": "Ada"}])


def names(store: Store) -> set[str]:
    with store.read() as read:
        return {row["name"] for row in read.rows("select name from settings where name like 'test %'")}


def test_who_reads_after_a_commit_sees_it_though_a_snapshot_was_open(shop: Shop) -> None:
    for turn in range(3):
        put(shop.store, f"test {turn}")
        assert names(shop.store) == names(shop.store) == {f"test {nth}" for nth in range(turn + 1)}


def test_a_reader_keeps_its_snapshot_over_a_commit_and_leaves_it_to_nobody(shop: Shop) -> None:
    with shop.store.read() as read:
        before = read.value("select count(*) from settings")
        put(shop.store, "test 0")
        assert read.value("select count(*) from settings") == before
    assert names(shop.store) == {"test 0"}


def test_a_reader_begins_no_transaction_of_its_own_while_nothing_was_committed(shop: Shop) -> None:
    names(shop.store)
    commit = shop.store.changes
    session = shop.store._snapshots.take(commit)
    assert session is not None
    assert session.execute("select count(*) from settings where name = 'test 0'").fetchall() == [(0,)]
    assert shop.store._snapshots.put(commit, session, is_written=False)
    put(shop.store, "test 0")
    assert shop.store._snapshots.take(commit) is None
    renewed = shop.store._snapshots.take(shop.store.changes)
    assert renewed is not None
    assert renewed.execute("select count(*) from settings where name = 'test 0'").fetchall() == [(1,)]


def test_a_commit_that_writes_the_log_into_the_file_finds_no_snapshot_open(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shop.store, "test 0")
    names(shop.store)
    monkeypatch.setattr(stores, "LOG_IS_LONG", 0)
    put(shop.store, "test 1")
    assert shop.store._snapshots.take(shop.store.changes) is None
    assert names(shop.store) == {"test 0", "test 1"}


def test_a_snapshot_in_which_a_question_failed_is_left_to_nobody(shop: Shop) -> None:
    with shop.store.read() as read, pytest.raises(StoreError):
        read.rows("select error('no')")
    assert names(shop.store) == set()
    with shop.store.read() as read:
        for _batch in read.batches("select range from range(100000)", size=100):
            break  # and one that nobody read to its end
    assert names(shop.store) == set()
