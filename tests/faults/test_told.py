"""What goes wrong around a shop: a person reads a sentence, nothing is lost, and the work goes on afterwards."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.checks import check
from services import clock, health
from services.errors import Unavailable, store_errors
from services.health import Light, Part
from services.imports import runs
from services.orders import acting, reading, taking
from services.orders.acting import Request
from services.orders.statuses import ActionName
from services.people import API, MERCHANT
from services.settings import Settings
from services.shop import Shop, open_shop
from tests.faults.series import ZONE
from tests.imports.invented import file, order
from tests.orders.sample import NOW, draft, keep

MUGS = {"name": "Tasse", "quantity": 1, "unit_price": "15.00"}
BODY = {"currency": "EUR", "email": "ines@example.com", "lines": [MUGS] * 150}
OPENING = """
    import os, sys
    from pathlib import Path
    from services import language
    from services.errors import ShopError
    from services.settings import read_settings
    from services.shop import open_shop
    language.catalogue("en")  # what lies in folders of root alone is read before
    settings = read_settings({"COMPTOIR_STORE": sys.argv[1], "COMPTOIR_SECRET": "x"}, Path(sys.argv[2]))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setuid(65534)
    try:
        open_shop(settings)
    except ShopError as error:
        print(type(error).__name__, error.sentence)
"""


@contextmanager
def no_room(shop: Shop, left: int = 0) -> Iterator[None]:
    """No file of the store may grow by more than this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = Path(f"{shop.settings.store}.wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, ((log.stat().st_size if log.exists() else 0) + left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def count(shop: Shop, table: str) -> int:
    with shop.store.read() as read:
        return int(read.value(f"select count(*) from {table}"))


def is_sound(shop: Shop) -> bool:
    with shop.store.read() as read:
        return [one for one in check(read, ZONE) if one.rows] == []


def test_a_full_disk_is_told_at_every_door_and_nothing_of_it_stays(shop: Shop, tmp_path: Path) -> None:
    [there] = keep(shop, draft())
    orders = file(tmp_path, [order(f"#{nth}") for nth in range(1, 400)])
    tried = (
        lambda: taking.take(shop, BODY, API, "key"),
        lambda: acting.do(shop, Request(ActionName.ADD_NOTE, there, 1, {"text": "x" * 4000}), MERCHANT),
        lambda: runs.run(shop, orders),
    )
    for step in tried:
        with no_room(shop), pytest.raises(Unavailable, match="disk is full"):
            step()
        assert reading.order(shop, there).version == 1
    assert (count(shop, "orders"), count(shop, "messages"), count(shop, "order_notes")) == (1, 0, 0)
    taking.take(shop, BODY, API, "key")
    assert runs.run(shop, orders).new == 399
    assert acting.do(shop, Request(ActionName.HOLD, there, 1), MERCHANT).order.version == 2
    assert is_sound(shop)


def test_a_store_on_a_disk_that_can_only_be_read_is_told_and_left_alone(embedded_settings: Settings) -> None:
    before = Path(embedded_settings.store).read_bytes()
    with tempfile.TemporaryDirectory() as folder:  # not the test's own, into which nobody else may look
        store = Path(folder) / "shop.duckdb"
        store.write_bytes(before)
        store.chmod(0o444)
        Path(folder).chmod(0o555)
        program = [sys.executable, "-c", textwrap.dedent(OPENING), str(store), folder]
        ended = subprocess.run(program, capture_output=True, text=True, timeout=120)
        Path(folder).chmod(0o755)
        assert ended.stdout.startswith("Unavailable The store "), ended.stderr
        assert "cannot be written" in ended.stdout
        assert store.read_bytes() == before
        store.chmod(0o644)
        open_shop(replace(embedded_settings, store=str(store))).close()


def test_a_store_that_another_program_holds_is_told_and_the_other_goes_on(shop: Shop) -> None:
    [there] = keep(shop, draft())
    program = [sys.executable, "-c", textwrap.dedent(OPENING).replace("os.setuid(65534)", "pass"), shop.settings.store]
    ended = subprocess.run(
        [*program, str(Path(shop.settings.store).parent)], capture_output=True, text=True, timeout=60
    )
    assert ended.stdout.startswith("Unavailable The store "), ended.stderr
    assert f"in use by another process (number {os.getpid()})" in ended.stdout
    assert acting.do(shop, Request(ActionName.HOLD, there, 1), MERCHANT).order.version == 2


def test_too_little_memory_is_told_with_the_setting_and_the_shop_goes_on(embedded_settings: Settings) -> None:
    shop = open_shop(replace(embedded_settings, memory="30MB"))
    try:
        [there] = keep(shop, draft())
        with pytest.raises(Unavailable, match="COMPTOIR_MEMORY"), store_errors(), shop.store.write() as write:
            write.execute("update orders set name = 'lost'")
            write.value("select len(list(repeat('x', 100) || range)) from range(3_000_000)")
        assert reading.order(shop, there).name == "Inès Kaba"
        assert acting.do(shop, Request(ActionName.HOLD, there, 1), MERCHANT).order.version == 2
        assert is_sound(shop)
    finally:
        shop.close()


def test_a_clock_that_was_set_back_is_told_and_steps_go_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    [there] = keep(shop, draft(placed_at=NOW - timedelta(days=9)))
    acting.do(shop, Request(ActionName.MARK_PROCESSING, there), MERCHANT)
    today = clock.now()
    alive = {"worker": True, "upkeep": True}
    assert health.parts(shop, alive, today)[Part.UPKEEP].light is Light.OK
    monkeypatch.setattr(clock, "now", lambda: today - timedelta(days=2))
    told = health.parts(shop, alive, clock.now())[Part.UPKEEP]
    assert told.light is Light.ATTENTION
    assert "was set back by 2,8" in told.sentence
    held = acting.do(shop, Request(ActionName.HOLD, there), MERCHANT).order
    released = acting.do(shop, Request(ActionName.RELEASE, there), MERCHANT).order
    assert (held.version, released.version, released.fulfilment_status) == (3, 4, "processing")
    assert is_sound(shop)
