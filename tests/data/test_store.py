"""The store's two doors: snapshots that never wait, one writer at a time, all or nothing."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data import intake, store
from data.errors import StoreBusy
from data.home import Home
from data.store import Store, Writer
from services.settings import Settings
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows


def put(write: Writer, name: str) -> None:
    write.insert("settings", [{"name": name, "value_json": "1", "updated_at": FIRST, "actor": "test"}])


def names(shop: Shop) -> list[str]:
    with shop.store.read() as read:
        return [row["name"] for row in read.rows("select name from settings order by name")]


def test_a_write_that_ends_well_is_kept(any_shop: Shop) -> None:
    stamp = any_shop.store.stamp()
    with any_shop.store.write() as write:
        put(write, "a")
    assert names(any_shop) == ["a"]
    assert any_shop.store.stamp() > stamp
    assert any_shop.store.changes > 0


def test_a_write_that_fails_is_gone_and_the_next_one_works(any_shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), any_shop.store.write() as write:
        put(write, "a")
        1 / 0  # noqa: B018
    with any_shop.store.write() as write:
        put(write, "b")
    assert names(any_shop) == ["b"]


def test_a_reader_sees_one_moment_and_never_waits_for_the_writer(any_shop: Shop) -> None:
    with any_shop.store.read() as before:
        assert before.value("select count(*) from settings") == 0
        with any_shop.store.write() as write:
            put(write, "a")
            with any_shop.store.read() as meanwhile:
                assert meanwhile.value("select count(*) from settings") == 0
        assert before.value("select count(*) from settings") == 0
    assert names(any_shop) == ["a"]


def test_writers_of_many_threads_take_turns_and_all_land(any_shop: Shop) -> None:
    with any_shop.store.write() as write:
        put(write, "counter")

    def add_one(_: int) -> None:
        with any_shop.store.write() as write:
            now = int(write.value("select value_json from settings"))
            write.execute("update settings set value_json = ?", [str(now + 1)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(20)))
    with any_shop.store.read() as read:
        assert read.value("select value_json from settings") == "21"


def test_a_writer_gives_up_with_a_sentence_when_another_does_not_let_go(
    any_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    is_in, may_leave = threading.Event(), threading.Event()

    def hold() -> None:
        with any_shop.store.write() as write:
            put(write, "first")
            is_in.set()
            may_leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_in.wait(10)
    with pytest.raises(StoreBusy, match="Nothing was changed"), any_shop.store.write():
        pass
    may_leave.set()
    holder.join()
    assert names(any_shop) == ["first"]


def test_a_write_inside_a_write_is_a_fault_of_the_program(shop: Shop) -> None:
    with shop.store.write(), pytest.raises(RuntimeError), shop.store.write():
        pass


def test_ids_come_as_text_also_in_lists(any_shop: Shop) -> None:
    with any_shop.store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
        found = write.one("select id, [id] as ids, null::uuid as none, paid from orders")
    assert found is not None
    assert found["ids"] == [found["id"]]
    assert isinstance(found["id"], str)
    assert found["none"] is None


def test_batches_keep_types_and_bounds(any_shop: Shop) -> None:
    with any_shop.store.read() as read:
        batches = list(read.batches("select i::decimal(18, 3) as amount from range(2500) r(i)", size=1000))
    assert sum(batch.num_rows for batch in batches) == 2500
    assert all(batch.num_rows <= 2048 for batch in batches)
    assert str(batches[0].schema.field("amount").type) == "decimal128(18, 3)"


WRITER = """
    import sys
    from datetime import datetime
    from data.home import Home
    from data.store import Store
    store = Store(Home(sys.argv[1], sys.argv[2]), "100MB", 1)
    for nth in range(int(sys.argv[4])):
        with store.write() as write:
            now = int(write.value("select value_json from settings where name = 'counter'"))
            write.execute("update settings set value_json = ? where name = 'counter'", [str(now + 1)])
            write.insert("settings", [{"name": f"{sys.argv[3]}-{nth}", "value_json": "1",
                         "updated_at": datetime(2026, 1, 1), "actor": "test"}])
"""


@pytest.mark.postgres
def test_writers_of_many_processes_take_turns_and_all_land(shared_shop: Shop) -> None:
    with shared_shop.store.write() as write:
        put(write, "counter")
    home = shared_shop.store.home
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), home.address, home.files, f"writer{nth}", "10"]
        )
        for nth in range(3)
    ]
    for nth in range(10):
        with shared_shop.store.write() as write:
            now = int(write.value("select value_json from settings where name = 'counter'"))
            write.execute("update settings set value_json = ? where name = 'counter'", [str(now + 1)])
            put(write, f"ours-{nth}")
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with shared_shop.store.read() as read:
        assert read.value("select value_json from settings where name = 'counter'") == "41"
        assert read.value("select count(*) from settings") == 41


HOLDER = """
    import sys, time
    from data.home import Home
    from data.store import Store
    store = Store(Home(sys.argv[1], ""))
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_store_in_use_by_another_process_is_refused_with_its_number(embedded_settings: Settings) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), embedded_settings.store], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy, match=f"in use by another process .number {holder.pid}."):
            Store(Home(embedded_settings.store, ""))
    finally:
        holder.kill()
        holder.communicate()
    Store(Home(embedded_settings.store, "")).close()


def test_a_store_opens_again_after_it_was_closed(embedded_settings: Settings, tmp_path: Path) -> None:
    first = Store(Home(embedded_settings.store, ""))
    with first.write() as write:
        put(write, "a")
    first.close()
    again = Store(Home(embedded_settings.store, ""))
    with again.read() as read:
        assert read.value("select name from settings") == "a"
    again.close()
    assert not list(tmp_path.glob("*.wal"))


def test_rows_are_packed_in_small_groups_so_that_one_is_found_soon(shop: Shop) -> None:
    with shop.store.session() as con:
        con.execute("create table many as select range as number from range(100000)")
        groups = con.execute("select count(distinct row_group_id) from pragma_storage_info('many')").fetchone()
        con.execute("drop table many")
    assert groups == (4,)


def test_no_text_is_packed_letter_by_letter_so_that_one_is_read_soon(shop: Shop) -> None:
    with shop.store.session() as con:
        con.execute("create table many as select 'a text of ' || uuid() as told from range(100000)")
        con.execute("checkpoint")
        packed = con.execute("select distinct compression from pragma_storage_info('many')").fetchall()
        con.execute("drop table many")
    assert ("Uncompressed",) in packed and not [name for (name,) in packed if "FSST" in name]


def test_a_file_that_is_open_in_this_process_is_not_opened_twice(shop: Shop) -> None:
    with pytest.raises(StoreBusy, match="already open in this process"):
        Store(shop.store.home)
    assert names(shop) == []


def test_a_count_is_asked_once_until_something_changes(any_shop: Shop) -> None:
    asked = "select count(*) from settings"
    with any_shop.store.read() as read:
        before = read.known(asked)
        assert read.known(asked, None) == before
    with any_shop.store.write() as write:
        put(write, "a")
        assert write.known(asked) == [(before[0][0] + 1,)]
    with any_shop.store.read() as read:
        assert read.known(asked) == [(before[0][0] + 1,)]


def test_what_was_counted_before_a_change_is_not_told_after_it(shop: Shop) -> None:
    asked = "select count(*) from settings"
    with shop.store.read() as early:
        early.value("select count(*) from settings")  # the snapshot is of the first question
        with shop.store.write() as write:
            put(write, "a")
        old = early.known(asked)
    with shop.store.read() as late:
        assert late.known(asked) == [(old[0][0] + 1,)]


@pytest.mark.postgres
def test_a_count_is_asked_again_when_another_process_changed_the_shared_store(shared_shop: Shop) -> None:
    asked = "select count(*) from settings"
    with shared_shop.store.read() as read:
        before = read.known(asked)[0][0]
    other = Store(shared_shop.store.home)
    with other.write() as write:
        put(write, "a")
    other.close()
    with shared_shop.store.read() as read:
        assert read.known(asked) == [(before + 1,)]


def test_what_stands_still_is_not_asked_again(any_shop: Shop) -> None:
    with any_shop.store.read() as read:
        read.known("select uuid()")
        first = read.known("select uuid()")
    with any_shop.store.read() as read:
        assert read.known("select uuid()") == first


def test_what_is_known_of_one_table_holds_until_that_table_is_changed(shop: Shop) -> None:
    def asked() -> object:
        with shop.store.read() as read:
            return read.known("select uuid()", table="settings")

    first = asked()
    with shop.store.write() as write:
        write.execute("delete from saved_views")
        assert write.known("select uuid()", table="settings") != first  # it may have changed what it asks about
    assert asked() == first
    with shop.store.write() as write:
        put(write, "a")
    second = asked()
    assert second != first
    with shop.store.write() as write:
        write.execute("create or replace temp table aside as from settings")  # nobody knows what that changes
    assert asked() != second


def test_a_writer_knows_what_was_known_until_it_changes_something(any_shop: Shop) -> None:
    with any_shop.store.read() as read:
        first = read.known("select uuid()")
    with any_shop.store.write() as write:
        assert write.known("select uuid()") == first
        put(write, "a")
        assert write.known("select uuid()") != first
    with any_shop.store.read() as read:
        assert read.known("select uuid()") != first
