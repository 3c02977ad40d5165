"""Backups: from any home into any home, whole, and never over a shop that is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from data import intake
from data.backup import hash_of, write_backup
from data.backup_reading import read_manifest
from data.checks import check
from data.errors import BackupRefused
from data.home import Home
from data.migrations import migrate
from data.proofs import tables_of
from data.restoring import is_unused, restore
from data.store import Row, Store
from services.shop import Shop
from tests.data.orders import ZONE, draft, rows

NOW = datetime(2026, 3, 14, 9, 26, 53)


def filled(shop: Shop) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(*(draft(nth, name="Zoë \x00 ☠") for nth in range(1, 4))), ZONE)


def backed_up(shop: Shop, folder: Path) -> Path:
    with shop.store.read() as read:
        write_backup(read, folder, NOW)
    return folder


def content(store: Store) -> dict[str, list[Row]]:
    with store.read() as read:
        return {name: read.rows(f"from {name} order by all") for name in tables_of(read)}


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Say something else in the manifest, with the hash that it then has."""
    manifest, sums = folder / "manifest.json", folder / "SHA256SUMS"
    given = json.loads(manifest.read_text())
    change(given)
    before = hash_of(manifest)
    manifest.write_text(json.dumps(given))
    sums.write_text(sums.read_text().replace(before, hash_of(manifest)))


def test_a_backup_restored_is_the_same_shop(any_shop: Shop, tmp_path: Path) -> None:
    filled(any_shop)
    folder = backed_up(any_shop, tmp_path / "backup")
    manifest = read_manifest(folder)
    assert manifest.tables["orders"].rows == 3
    assert manifest.made_at == "2026-03-14T09:26:53Z"
    other = Store(Home(str(tmp_path / "other.duckdb"), ""))
    restore(other, folder, manifest)
    assert migrate(other, NOW) == []
    assert content(other) == content(any_shop.store)
    other.close()


def test_a_backup_goes_into_an_empty_store_of_any_home(any_shop: Shop, tmp_path: Path) -> None:
    source = Store(Home(str(tmp_path / "source.duckdb"), ""))
    migrate(source, NOW)
    with source.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
    with source.read() as read:
        manifest = write_backup(read, tmp_path / "backup", NOW)
    with any_shop.store.read() as read:
        assert is_unused(read)
    restore(any_shop.store, tmp_path / "backup", manifest)
    assert content(any_shop.store) == content(source)
    source.close()


def test_a_backup_never_goes_over_a_shop(any_shop: Shop, tmp_path: Path) -> None:
    filled(any_shop)
    folder = backed_up(any_shop, tmp_path / "backup")
    before = content(any_shop.store)
    with pytest.raises(BackupRefused, match="already holds a shop"):
        restore(any_shop.store, folder, read_manifest(folder))
    assert content(any_shop.store) == before


def test_a_backup_is_not_written_over_anything(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "mine.txt").write_text("keep")
    with pytest.raises(BackupRefused, match="already holds something"):
        backed_up(shop, tmp_path / "backup")
    assert [file.name for file in (tmp_path / "backup").iterdir()] == ["mine.txt"]


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="not a backup"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": []}')
    with pytest.raises(BackupRefused, match="not a backup"):
        read_manifest(tmp_path)


def test_a_damaged_backup_is_refused(shop: Shop, tmp_path: Path) -> None:
    filled(shop)
    folder = backed_up(shop, tmp_path / "backup")
    file = folder / "orders.parquet"
    file.write_bytes(file.read_bytes()[:-7] + b"damaged")
    with pytest.raises(BackupRefused, match=r"orders\.parquet"):
        read_manifest(folder)


def test_a_backup_that_misses_rows_restores_nothing(shop: Shop, tmp_path: Path) -> None:
    filled(shop)
    folder = backed_up(shop, tmp_path / "backup")
    other = Store(Home(str(tmp_path / "other.duckdb"), ""))
    for said, value in (("rows", 17), ("sums", {"amount": "17.000"}), ("content", "17")):
        rewrite(folder, lambda given, said=said, value=value: given["tables"]["payments"].update({said: value}))
        with pytest.raises(BackupRefused, match=r"payments\.parquet"):
            restore(other, folder, read_manifest(folder))
        with other.read() as read:
            assert tables_of(read) == []
    other.close()


def test_a_backup_of_a_newer_comptoir_is_refused(shop: Shop, tmp_path: Path) -> None:
    folder = backed_up(shop, tmp_path / "backup")
    rewrite(folder, lambda given: given.update(schema=9999))
    other = Store(Home(str(tmp_path / "other.duckdb"), ""))
    with pytest.raises(BackupRefused, match="newer Comptoir"):
        restore(other, folder, read_manifest(folder))
    rewrite(folder, lambda given: given.update(format=9999))
    with pytest.raises(BackupRefused, match="newer Comptoir"):
        read_manifest(folder)
    other.close()


def test_a_backup_is_of_one_moment_while_people_work(any_shop: Shop, tmp_path: Path) -> None:
    """Between any two tables somebody takes an order; the backup has those that were there when it began."""
    filled(any_shop)
    nth = iter(range(4, 1000))
    went_on: list[int] = []

    def work() -> None:
        if len(went_on) < 8:
            went_on.append(next(nth))
            with any_shop.store.write() as write:
                intake.add(write, rows(draft(went_on[-1])), ZONE)

    with any_shop.store.read() as read:
        manifest = write_backup(read, tmp_path / "backup", NOW, told=work)
    assert len(went_on) == 8
    other = Store(Home(str(tmp_path / "other.duckdb"), ""))
    restore(other, tmp_path / "backup", read_manifest(tmp_path / "backup"))
    with other.read() as read:
        assert read.value("select count(*) from orders") == manifest.tables["orders"].rows == 3
        assert read.value("select count(distinct order_id) from order_lines") == 3
        assert [one.name for one in check(read, ZONE) if one.rows] == []
    other.close()


def test_a_backup_that_is_broken_off_never_looks_whole(shop: Shop, tmp_path: Path) -> None:
    filled(shop)
    told = iter(range(100))

    def killed() -> None:
        if next(told) == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), shop.store.read() as read:
        write_backup(read, tmp_path / "backup", NOW, told=killed)
    assert not any("backup" in place.name for place in tmp_path.iterdir())
    # what a kill leaves: a part without a manifest, let go once it is certain that nobody is at it
    left, fresh = tmp_path / ".backup.0a1b2c.part", tmp_path / ".backup.ffffff.part"
    for part in (left, fresh):
        part.mkdir()
        (part / "orders.parquet").write_bytes(b"PAR1")
    os.utime(left, (0, 0))
    with pytest.raises(BackupRefused, match="not a backup"):
        read_manifest(left)
    backed_up(shop, tmp_path / "backup")
    assert (left.exists(), fresh.exists()) == (False, True)


def test_the_list_of_hashes_is_one_that_every_system_reads(shop: Shop, tmp_path: Path) -> None:
    sold = tmp_path / "sold"
    sold.mkdir()
    for name in ("livre.pdf", "back\\slash", "l\nine"):
        (sold / name).write_bytes(name.encode())
    with shop.store.read() as read:
        manifest = write_backup(read, tmp_path / "backup", NOW, files=sold)
    assert {place: file.bytes for place, file in manifest.files.items()} == {
        "livre.pdf": 9, "back\\slash": 10, "l\nine": 5,
    }  # fmt: skip
    proved = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "backup",
                            capture_output=True, text=True, check=False)  # fmt: skip
    assert (proved.returncode, proved.stdout.count(": OK")) == (0, len(manifest.tables) + 4)


def test_each_fault_has_its_sentence(shop: Shop, tmp_path: Path) -> None:
    filled(shop)
    (tmp_path / "sold").mkdir()
    (tmp_path / "sold" / "livre.pdf").write_bytes(b"%PDF")
    with shop.store.read() as read:
        write_backup(read, tmp_path / "backup", NOW, files=tmp_path / "sold")

    def fault(change: Callable[[Path], object]) -> str:
        folder = tmp_path / "broken"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tmp_path / "backup", folder)
        change(folder)
        with pytest.raises(BackupRefused) as refused:
            read_manifest(folder)
        return str(refused.value)

    assert "There is no folder" in fault(shutil.rmtree)
    assert "not whole: orders.parquet is missing" in fault(lambda it: (it / "orders.parquet").unlink())
    assert "not whole: files/livre.pdf is missing" in fault(lambda it: (it / "files" / "livre.pdf").unlink())
    assert "files/livre.pdf is not what was written" in fault(lambda it: (it / "files" / "livre.pdf").write_text("x"))
    assert "not whole: SHA256SUMS is missing" in fault(lambda it: (it / "SHA256SUMS").unlink())
    for name in ("orders; drop table orders", "../orders"):
        evil = partial(rewrite, change=lambda given, name=name: given["tables"].update({name: {"rows": 0}}))
        assert "not a backup: its manifest.json cannot be read" in fault(evil)
    outside = partial(rewrite, change=lambda given: given["files"].update({"../x": {"bytes": 1, "sha256": ""}}))
    assert "cannot be read" in fault(outside)
    unknown = partial(rewrite, change=lambda given: given["tables"].update(nothing=given["tables"]["orders"]))
    assert "nothing.parquet is missing" in fault(unknown)


def test_long_texts_are_packed_in_small_groups(shop: Shop, tmp_path: Path) -> None:
    """A backup of cards or documents must fit into the memory that the engine may take."""
    with shop.store.write() as write:
        write.execute(
            "insert into order_notes (id, order_id, happened_at, author, text, source_key) "
            "select uuid(), uuid(), now()::timestamp, 'm', repeat('é', 4000), '' from range(6000)"
        )
    with shop.store.read() as read:
        write_backup(read, tmp_path / "backup", NOW)
        groups = read.value(
            f"select max(row_group_num_rows) from parquet_metadata('{tmp_path / 'backup' / 'order_notes.parquet'}')"
        )
    assert groups == 2048


def test_a_failed_backup_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupRefused, match="cannot be written"):
        backed_up(shop, tmp_path / "file" / "backup")
    assert content(shop.store)["orders"] == []
