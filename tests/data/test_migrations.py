"""Migrations: once, in one transaction, with a copy of what was there."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path

import pytest

from data import cards, intake, migrations
from data.backup import write_backup
from data.backup_reading import read_manifest
from data.checks import check
from data.errors import QueryRefused, StoreTooNew
from data.home import DUCKLAKE, Home
from data.migrations import applied, available, migrate, statements
from data.restoring import restore
from data.store import Store
from services.settings import Settings
from tests.data.orders import ZONE, draft, rows
from tests.postgres import Server

NOW = datetime(2026, 3, 14, 9, 26, 53)
NEXT = available()[-1][0] + 1


def opened(settings: Settings) -> Store:
    return Store(Home(settings.store, settings.files))


def add_migration(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    known = available()
    monkeypatch.setattr(migrations, "available", lambda: [*known, (NEXT, f"{NEXT:04d}_next", sql)])
    from data import restoring

    monkeypatch.setattr(restoring, "available", migrations.available)


def filled(settings: Settings) -> Store:
    store = opened(settings)
    with store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
    return store


def test_each_migration_has_a_number_of_its_own() -> None:
    """A store remembers the newest number only: of two with the same number one could be left out for good."""
    numbers = [number for number, _, _ in available()]
    assert numbers == sorted(set(numbers))


def test_migrations_run_once(any_settings: Settings) -> None:
    store = opened(any_settings)
    assert migrate(store, NOW) == []
    with store.read() as read:
        assert applied(read) == available()[-1][0]
        assert read.value("select count(*) from migrations") == len(available())
    store.close()


def test_a_store_with_data_is_copied_before_its_tables_change(
    any_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = filled(any_settings)
    add_migration(monkeypatch, "create table extra (word varchar);\nalter table orders add column extra varchar;\n")
    assert migrate(store, NOW) == [f"{NEXT:04d}_next"]
    with store.read() as read:
        assert applied(read) == NEXT
        assert read.rows("select number, extra from orders") == [{"number": "#1001", "extra": None}]
    store.close()
    name = f"before-{NEXT:04d}-20260314-092653-*"
    if store.home.is_embedded:
        (file,) = tmp_path.glob(f"shop.duckdb.{name}")
        copy = Store(Home(str(file), ""))
        with copy.read() as read:
            assert applied(read) == NEXT - 1
            assert read.value("select number from orders") == "#1001"
        copy.close()
    else:
        (folder,) = (Path(any_settings.files) / "backups").glob(name)
        kept = read_manifest(folder)
        assert kept.schema == NEXT - 1
        assert kept.tables["orders"].rows == 1


def test_what_was_due_of_cancelled_orders_is_due_no_more(any_settings: Settings) -> None:
    store = filled(any_settings)
    (sql,) = [sql for number, _name, sql in available() if number == 20]
    with store.write() as write:
        intake.add(write, rows(draft(2)), ZONE)
        write.execute(
            "update orders set fulfilment_status = 'will_not_deliver', payment_status = 'partially_paid', due = 7, "
            "name = 'Zoé \"d''Été\"' where number = '#1001'"
        )
        cards.renew(write, "true")
        for statement in statements(sql):
            write.execute(statement)
    with store.read() as read:
        broken = {found.name for found in check(read, ZONE) if found.rows}
        assert not broken & {"orders_have_their_card", "due_is_what_is_left_to_pay"}
        ids = [row["id"] for row in read.rows("select id from orders order by number")]
        assert [cards.one(read, one)["due"] for one in ids] == [0, read.value("select max(total - paid) from orders")]
    store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    any_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(any_settings)
    add_migration(monkeypatch, "create table extra (word varchar);\ninsert into nowhere values (1);\n")
    with pytest.raises(QueryRefused):
        migrate(store, NOW)
    with store.read() as read:
        assert applied(read) == NEXT - 1
        assert read.value("select count(*) from information_schema.tables where table_name = 'extra'") == 0
        assert read.value("select number from orders") == "#1001"
    store.close()


def test_two_upgrades_of_one_table_are_made_up_for_together(
    any_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine refuses to change a table's rows and then its columns in one transaction: what each upgrade did alone
    would keep a store from starting that skipped the first."""
    store = filled(any_settings)
    sql = "alter table orders add column x{n} int;\nupdate orders set x{n} = 1;\n"
    further = [(NEXT + n, f"{NEXT + n:04d}_next", sql.format(n=n)) for n in (0, 1)]
    known = available()
    monkeypatch.setattr(migrations, "available", lambda: [*known, *further])
    assert migrate(store, NOW) == [name for _number, name, _sql in further]
    with store.read() as read:
        assert applied(read) == NEXT + 1
        assert read.rows("select x0, x1 from orders") == [{"x0": 1, "x1": 1}]
        assert read.value("select count(*) from migrations") == len(known) + 2
    assert migrate(store, NOW) == []
    store.close()


def test_a_store_of_a_newer_comptoir_is_refused(any_settings: Settings) -> None:
    store = opened(any_settings)
    with store.write() as write:
        write.insert("migrations", [{"number": 9999, "name": "9999_later", "applied_at": NOW}])
    with pytest.raises(StoreTooNew, match=r"newer Comptoir.*9999"):
        migrate(store, NOW)
    store.close()


def test_an_older_backup_is_restored_and_brought_up_to_date(
    any_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = Store(Home(str(tmp_path / "source.duckdb"), ""))
    migrate(source, NOW)
    with source.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
    with source.read() as read:
        manifest = write_backup(read, tmp_path / "backup", NOW)
    source.close()
    add_migration(monkeypatch, "alter table orders add column extra varchar;\n")
    store = opened(any_settings)
    migrate(store, NOW)
    restore(store, tmp_path / "backup", manifest)
    assert migrate(store, NOW) == [f"{NEXT:04d}_next"]
    with store.read() as read:
        assert read.rows("select number, extra from orders") == [{"number": "#1001", "extra": None}]
    store.close()


STARTING = """
    import sys
    from datetime import datetime
    from data.home import Home
    from data.migrations import migrate
    from data.store import Store
    store = Store(Home(sys.argv[1], sys.argv[2]), "100MB", 1)
    print(len(migrate(store, datetime(2026, 3, 14))))
"""


@pytest.mark.postgres
def test_processes_that_start_at_once_make_the_tables_once(postgres: Server, tmp_path: Path) -> None:
    name = postgres.create()
    address = f"{DUCKLAKE}{postgres.words(name)}"
    program = [sys.executable, "-c", textwrap.dedent(STARTING), address, str(tmp_path)]
    starting = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    # the last word: the engine draws a bar before it when a program without a file takes long
    ran = [process.communicate(timeout=120)[0].split()[-1] for process in starting]
    assert sorted(ran) == sorted(["0", "0", str(len(available()))])
    store = Store(Home(address, str(tmp_path)))
    with store.read() as read:
        assert read.value("select count(*) from migrations") == len(available())
        assert read.value("select count(*) from information_schema.tables where table_name = 'orders'") == 1
    store.close()
    postgres.drop(name)


def test_statements_are_cut_at_the_end_of_a_line() -> None:
    sql = "-- words; and more\ncreate table a (x varchar);\ninsert into a values ('a;b');\n"
    assert statements(sql) == ["create table a (x varchar)", "insert into a values ('a;b')"]
