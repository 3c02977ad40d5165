"""When things break under the store: one sentence, nothing half done, and it works again afterwards."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from data.checks import check
from data.errors import StoreDamaged, StoreError, StoreFull, StoreTooNew, StoreUnreachable
from data.home import DUCKLAKE, Home
from data.ids import new_id
from data.store import Store
from services.settings import Settings
from services.shop import Shop
from tests.data.orders import FIRST, ZONE
from tests.data.test_store import names, put
from tests.postgres import Server

ADDING = """
    import os, signal, sys
    from data import intake, merging
    from data.home import Home
    from data.staging import stage
    from data.store import Store
    from tests.data.orders import FIRST, ZONE, draft, rows
    store = Store(Home(sys.argv[1], sys.argv[2]))
    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)
"""
KILLED = {
    "in the middle of a write": """
        with store.write() as write:
            intake.add(write, rows(draft(1)), ZONE)
        with store.write() as write:
            intake.add(write, rows(draft(2)), ZONE)
            die()
    """,
    "while a run is applied": """
        with store.write() as write:
            intake.add(write, rows(draft(1)), ZONE)
        merging.tell_changed = die
        with stage(store) as staging:
            staging.append(rows(draft(1, email="late@example.com"), *(draft(nth) for nth in range(2, 40))))
            staging.compare()
            with staging.write() as write:
                staging.apply(write, zone=ZONE, now=FIRST, event="import_changed", actor="import", run_id=None)
    """,
    "right after a commit": """
        with store.write() as write:
            intake.add(write, rows(draft(1)), ZONE)
        die()
    """,
}


@pytest.mark.parametrize("when", KILLED)
def test_a_store_killed_reopens_with_all_of_a_change_or_nothing(any_settings: Settings, when: str) -> None:
    program = textwrap.dedent(ADDING) + textwrap.dedent(KILLED[when])
    ended = subprocess.run([sys.executable, "-c", program, any_settings.store, any_settings.files], timeout=60)
    assert ended.returncode == -signal.SIGKILL
    store = Store(Home(any_settings.store, any_settings.files))
    with store.read() as read:
        assert read.rows("select number, email from orders") == [{"number": "#1001", "email": "ines1@example.com"}]
        assert [one for one in check(read, ZONE) if one.rows] == []
    with store.write() as write:
        put(write, "goes on")
    store.close()


def big(mark: str) -> list[dict[str, object]]:
    """A row that does not compress."""
    return [{"order_id": new_id(), "happened_at": FIRST, "raw": mark + "".join(new_id() for _ in range(30_000))}]


def test_a_full_disk_changes_nothing_and_works_again_with_room(shop: Shop) -> None:
    with shop.store.write() as write:
        put(write, "before")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))  # bytes of any one file
    try:
        for _ in range(2):
            with pytest.raises(StoreFull, match="disk is full"), shop.store.write() as write:
                put(write, "lost")
                write.insert("order_raws", big("x"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(shop) == ["before"]
    with shop.store.write() as write:
        put(write, "after")
        write.insert("order_raws", big("y"))
    assert names(shop) == ["after", "before"]
    shop.store.close()
    again = Store(shop.store.home)
    with again.read() as read:
        assert read.value("select count(*) from order_raws") == 1
    again.close()


CROWDED = """
    import resource, sys, threading, time
    from data import intake, maintenance
    from data.errors import StoreFull
    from data.home import Home
    from data.store import Store
    from tests.data.orders import FIRST, ZONE, draft, rows
    store = Store(Home(sys.argv[1], ""))
    with store.write() as write:
        intake.add(write, rows(*(draft(nth) for nth in range(60))), ZONE)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    ends = threading.Event()
    def work(nth):
        at = 1000 * (nth + 1)
        while not ends.is_set():
            at += 1
            try:
                with store.write() if nth % 2 else store.read() as door:
                    intake.add(door, rows(draft(at)), ZONE) if nth % 2 else door.rows("select * from orders")
            except StoreFull:
                time.sleep(0.01)
    threads = [threading.Thread(target=work, args=(nth,)) for nth in range(4)]
    for thread in threads:
        thread.start()
    for _turn in range(8):
        time.sleep(0.05)
        assert maintenance.tend(store, FIRST) == []  # the file cannot take what its log holds
    ends.set()
    for thread in threads:
        thread.join()
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with store.write() as write:
        intake.add(write, rows(draft(9999)), ZONE)
    store.close()
"""


def test_a_full_disk_ends_no_process_however_many_are_at_work(embedded_settings: Settings) -> None:
    program = textwrap.dedent(CROWDED)
    ended = subprocess.run([sys.executable, "-c", program, embedded_settings.store], timeout=60, capture_output=True)
    assert ended.returncode == 0, ended.stderr.decode()
    store = Store(Home(embedded_settings.store, ""))
    with store.read() as read:
        assert read.value("select count(*) from orders") >= 61
        assert [one for one in check(read, ZONE) if one.rows] == []
    store.close()


@pytest.mark.postgres
def test_a_postgres_that_goes_away_is_told_and_used_again_when_it_is_back(shared_shop: Shop, postgres: Server) -> None:
    store = shared_shop.store
    with store.write() as write:
        put(write, "before")
    postgres.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreUnreachable, match="PostgreSQL"), store.read() as read:
                read.rows("select name from settings")
            with pytest.raises(StoreUnreachable, match="PostgreSQL"), store.write() as write:
                put(write, "lost")
        with pytest.raises(StoreUnreachable):
            store.stamp()
    finally:
        postgres.start()
    assert names(shared_shop) == ["before"]
    with store.write() as write:
        put(write, "after")
    assert names(shared_shop) == ["after", "before"]
    with store.read() as read:  # extensions proved before are loaded unproved; nothing else is from then on
        assert read.value("select current_setting('allow_unsigned_extensions')") is False


@pytest.mark.postgres
def test_a_postgres_that_goes_away_inside_a_write_leaves_nothing_of_it(shared_shop: Shop, postgres: Server) -> None:
    with pytest.raises(StoreUnreachable), shared_shop.store.write() as write:
        put(write, "lost")
        postgres.stop()
        try:
            put(write, "lost too")
        finally:
            postgres.start()
    assert names(shared_shop) == []
    with shared_shop.store.write() as write:
        put(write, "after")
    assert names(shared_shop) == ["after"]


def test_a_catalogue_that_cannot_be_reached_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    home = Home(f"{DUCKLAKE}dbname=x host=127.0.0.1 port=1 user=me password=hunter2", str(tmp_path))
    with pytest.raises(StoreUnreachable, match="cannot be reached") as told:
        Store(home)
    assert "hunter2" not in str(told.value)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "shop.duckdb"
    file.write_bytes(b"Name,Email\n" * 1000)
    with pytest.raises(StoreDamaged, match="is not a store"):
        Store(Home(str(file), ""))
    assert file.read_bytes() == b"Name,Email\n" * 1000


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        Store(Home(str(tmp_path / "file" / "shop.duckdb"), ""))


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "shop.duckdb"
    duckdb.connect(str(file)).close()
    content = bytearray(file.read_bytes())
    content[20:40] = b"\xff" * 20
    file.write_bytes(content)
    with pytest.raises(StoreDamaged, match="is damaged"):
        Store(Home(str(file), ""))


def test_a_file_of_a_newer_engine_is_told() -> None:
    from data.home import file_sentence

    words = "Trying to read a database file with version number 99, but we can only read versions between 64 and 67"
    assert isinstance(file_sentence(Path("x"), duckdb.IOException(words)), StoreTooNew)
