"""Stores of released versions, opened by this one: each order is there as it was, and the checks find nothing.

`released/<newest migration>.duckdb.gz` is the demo shop of forty orders, made by that version itself. To keep one of a
version that is about to be released: `python -m services demo --orders 40 --seed 7 --until 2026-03-14`, `gzip -9n`.
"""

from __future__ import annotations

import gzip
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.backup import write_backup
from data.backup_reading import read_manifest
from data.checks import check
from data.home import Home
from data.migrations import applied, available
from data.proofs import tables_of
from data.restoring import restore
from data.store import Reader, Row, Store
from services.orders import reading
from services.settings import Settings
from services.shop import Shop, opened
from tests.conftest import NOW

RELEASED = sorted((Path(__file__).parent / "released").glob("*.duckdb.gz"))
ZONE = "Europe/Paris"
# What must come through any upgrade. What is due of cancelled orders was put right on the way (0020).
TOLD = (
    "select id, number, placed_at, currency, total, paid, refunded, payment_status, fulfilment_status, name, email "
    "from orders order by id"
)


def unpacked(file: Path, to: Path) -> Path:
    to.write_bytes(gzip.decompress(file.read_bytes()))
    return to


def told(read: Reader) -> tuple[list[Row], dict[str, int]]:
    """Every order, and how many rows the tables of facts have."""
    facts = ("order_lines", "payments", "shipments", "order_events", "messages")
    return read.rows(TOLD), {name: read.value(f"select count(*) from {name}") for name in facts}


def sound(shop: Shop, before: tuple[list[Row], dict[str, int]]) -> None:
    with shop.store.read() as read:
        assert applied(read) == available()[-1][0]
        assert told(read) == before
        assert [(one.name, one.examples) for one in check(read, ZONE) if one.rows] == []
    assert reading.order(shop, before[0][0]["number"]).total == before[0][0]["total"]


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.name[:4])
def test_a_released_store_is_opened_by_the_newest(file: Path, settings: Settings) -> None:
    old = unpacked(file, Path(settings.store))
    with closing(Store(Home(str(old), ""))) as store, store.read() as read:
        assert applied(read) == int(file.name[:4])
        before = told(read)
    assert len(before[0]) == 40
    with opened(settings) as shop:
        sound(shop, before)


@pytest.mark.postgres
def test_the_oldest_backup_goes_into_a_shared_store_of_the_newest(shared_settings: Settings, tmp_path: Path) -> None:
    old = unpacked(RELEASED[0], tmp_path / "old.duckdb")
    with closing(Store(Home(str(old), ""))) as store, store.read() as read:
        before, tables = told(read), tables_of(read)
        write_backup(read, tmp_path / "backup", NOW)
    manifest = read_manifest(tmp_path / "backup")
    assert set(manifest.tables) == set(tables)
    with closing(Store(Home(shared_settings.store, shared_settings.files))) as store:
        restore(store, tmp_path / "backup", manifest)
    with opened(replace(shared_settings, time_zone=ZONE)) as shop:
        sound(shop, before)
