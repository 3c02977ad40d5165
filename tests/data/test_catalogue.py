"""What several processes on one shop know of each other by the catalogue. Each `Store` here is one process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import psycopg
import pytest

from data import catalogue
from data.errors import StoreTooNew, StoreUnreachable
from data.home import Home
from data.migrations import available, check_tables
from data.store import Store
from data.untold import make_known
from services.orders.around import change_mark
from services.shop import Shop
from tests.conftest import NOW
from tests.data.test_store import names, put

pytestmark = pytest.mark.postgres


@pytest.fixture
def other(shared_shop: Shop) -> Iterator[Store]:
    """Another process on the same shop."""
    store = Store(shared_shop.store.home)
    yield store
    store.close()


def test_a_commit_of_another_process_is_noticed(shared_shop: Shop, other: Store) -> None:
    before = change_mark(shared_shop)
    assert change_mark(shared_shop) == before
    with other.write() as write:
        put(write, "elsewhere")
    assert change_mark(shared_shop) != before


def test_tables_without_a_row_are_made_known_and_stay_empty(shared_shop: Shop, other: Store) -> None:
    assert other.catalogue
    assert not other.catalogue.has_untold()
    with other.write() as write:
        write.execute(
            "create table of_all (a uuid not null, b timestamp not null, c date not null, d boolean not null, "
            "e blob not null, f varchar[] not null, g decimal(18,3) not null, h varchar not null, i bigint not null)"
        )
    assert make_known(other) == ["of_all"]
    assert make_known(other) == []
    with shared_shop.store.read() as read:
        assert read.value("select count(*) from of_all") == 0
    with other.write() as write:
        write.execute(
            "insert into of_all select uuid(), '2026-03-14', '2026-03-14', true, '', ['x'], 2.5, 'Tea', 7 from range(2)"
        )
    with shared_shop.store.read() as read:  # the engine may answer from what the catalogue says
        assert read.tuples("select min(c), max(c), min(g), max(h), count(*) from of_all") == [
            (date(2026, 3, 14), date(2026, 3, 14), Decimal("2.5"), "Tea", 2)
        ]


def test_a_turn_is_one_process_at_a_time_and_all_together_so_often(shared_shop: Shop, other: Store) -> None:
    first = shared_shop.store
    with first.turn("sweep", 0) as is_mine:
        assert is_mine
        with other.turn("sweep", 0) as is_theirs:
            assert not is_theirs
        with other.turn("dust", 0) as is_another:
            assert is_another
    with other.turn("sweep", 60) as is_too_soon:
        assert not is_too_soon
    with other.turn("sweep", 0) as is_due:
        assert is_due


def test_a_turn_whose_holder_died_passes_on(shared_shop: Shop, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LONGEST_TURN", timedelta(0))
    assert shared_shop.store.catalogue and shared_shop.store.catalogue.take("sweep", "dead", 0)
    with other.turn("sweep", 0) as is_ours:
        assert is_ours


def test_an_older_program_reads_on_after_an_upgrade_and_writes_no_more(shared_shop: Shop, other: Store) -> None:
    older = shared_shop.store
    older.on_new_tables = check_tables
    with older.write() as write:
        put(write, "before")
    with other.write() as write:
        write.execute("create table new_things (id integer)")
        write.insert("migrations", [{"number": available()[-1][0] + 1, "name": "next", "applied_at": NOW}])
    for _ in range(2):
        with pytest.raises(StoreTooNew, match="upgraded"), older.write() as write:
            put(write, "after")
    assert names(shared_shop) == ["before"]


def test_tables_that_changed_without_an_upgrade_refuse_nobody(shared_shop: Shop, other: Store) -> None:
    with other.write() as write:
        write.execute("create table scratch (id integer)")
    with shared_shop.store.write() as write:
        put(write, "after")
    assert names(shared_shop) == ["after"]


def test_a_writer_that_lost_the_lock_does_not_commit(shared_shop: Shop) -> None:
    with pytest.raises(StoreUnreachable), shared_shop.store.write() as write:
        put(write, "lost")
        with psycopg.connect(shared_shop.store.home.postgres, autocommit=True) as con:
            con.execute(
                "select pg_terminate_backend(pid) from pg_locks "
                "where locktype = 'advisory' and granted and database = "
                "(select oid from pg_database where datname = current_database())"
            )
    assert names(shared_shop) == []
    with shared_shop.store.write() as write:
        put(write, "after")
    assert names(shared_shop) == ["after"]


def test_a_network_that_swallows_everything_is_given_seconds() -> None:
    words = Home("ducklake:postgres:dbname=shop host=db.example.com connect_timeout=2", "").postgres
    assert "connect_timeout=2" in words
    assert "tcp_user_timeout=" in words
    assert Home("ducklake:postgres:this is no address", "").postgres == "this is no address"
