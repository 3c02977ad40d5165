"""A large file read by several processes: what comes in is what one alone would read."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from services.errors import Invalid, Unavailable
from services.imports import shopify_blocks, shopify_csv, side_by_side
from services.imports.history import history
from services.imports.result import RunResult, RunState
from services.imports.runs import run
from services.language import use
from services.orders import reading
from services.shop import Shop
from tests.conftest import NOW
from tests.imports.invented import COLUMNS_79, Cells, file, line, order, text

PARTS = 10 * shopify_csv.PART  # orders that make ten parts


@pytest.fixture
def shared_out(monkeypatch):
    """Every file is large, and two processes read it."""
    monkeypatch.setattr(shopify_blocks, "WORTH_IT", 1 << 40)
    monkeypatch.setattr(side_by_side, "WORTH_IT", 0)
    monkeypatch.setattr(side_by_side, "processes", lambda: 2)


def mixed(orders: int = PARTS) -> list[Cells]:
    """Orders of one and two lines; some are refused, some warned about, one stands apart from its second line."""
    rows = []
    for number in range(1, orders + 1):
        name = f"#{number}"
        subtotal, total = "x" if number % 700 == 0 else "50.00", "56.00" if number == 1500 else "55.00"
        rows += [order(name, subtotal=subtotal, total=total), line(name)]
    return [*rows, line("#2", lineitem_name="Assiette")]


def told(result: RunResult) -> RunResult:
    return replace(result, run_id=None)


def test_the_same_comes_in_as_by_one_process(shop, tmp_path, shared_out, monkeypatch):
    path = file(tmp_path, mixed())
    shared = run(shop, path, dry_run=True, now=NOW)
    with monkeypatch.context() as alone:
        alone.setattr(side_by_side, "WORTH_IT", 1 << 40)
        assert told(run(shop, path, dry_run=True, now=NOW)) == told(shared)
    assert (shared.new, shared.rejected, shared.warnings) == (PARTS - 3, 3, 2)
    assert [found.row for found in shared.rejects] == [1400, 2800, 4200]
    kept = run(shop, path, now=NOW)
    assert kept.new == shared.new
    assert [one.name for one in reading.order(shop, "#2").lines] == ["Bol bleu - Grand", "Tasse", "Assiette"]
    again = run(shop, path, now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, kept.new)


def test_what_a_file_leaves_open_is_said_once(shop, tmp_path, shared_out):
    columns = [name for name in COLUMNS_79 if name != "Currency"]
    path = file(tmp_path, [order(f"#{number}") for number in range(PARTS)], columns)
    result = run(shop, path, dry_run=True, now=NOW)
    assert [found.reason for found in result.notices] == ["The file names no currency: the shop's own, EUR, was taken."]
    assert result.rows == PARTS


def test_a_sentence_of_a_process_reaches_the_person_who_asked(shop, tmp_path, shared_out):
    path = tmp_path / "orders.csv.gz"
    packed = gzip.compress(text([order(f"#{number}", notes=os.urandom(40).hex()) for number in range(9000)]).encode())
    path.write_bytes(packed[: len(packed) * 3 // 4])
    with pytest.raises(Invalid) as caught:
        run(shop, path, now=NOW)
    assert "orders.csv.gz" in caught.value.sentence


def test_reasons_are_in_the_language_of_the_shop(shop, tmp_path, shared_out):
    path = file(tmp_path, [order("#1", total="abc")])
    with shop.store.write() as write:
        write.execute("insert into settings values ('language', '\"fr\"', now(), 'merchant')")
    with use("fr"):
        (found,) = run(shop, path, now=NOW).rejects
    assert (
        found.reason == "«\N{NO-BREAK SPACE}abc\N{NO-BREAK SPACE}» n\N{RIGHT SINGLE QUOTATION MARK}est pas un nombre."
    )


_HALF = "import sys; sys.stdout.buffer.write(bytes(7) + b'\\xffhalf')"


@pytest.mark.parametrize("program", ["pass", _HALF])
def test_a_process_that_ends_too_early_ends_the_import(shop, tmp_path, shared_out, monkeypatch, program):
    monkeypatch.setattr(side_by_side, "COMMAND", [sys.executable, "-c", program])
    with pytest.raises(Unavailable, match="broken off"):
        run(shop, file(tmp_path, mixed(10)), now=NOW)
    assert [one.state for one in history(shop)] == [RunState.FAILED]
    assert reading_nothing(shop)


def reading_nothing(shop: Shop) -> bool:
    with shop.store.read() as read:
        return read.value("select count(*) from orders") == 0


_KILLED = """
import os, signal, sys
from pathlib import Path
from services.imports import shopify_blocks, side_by_side
from services.imports.runs import run
from services.settings import read_settings
from services.shop import open_shop
shopify_blocks.WORTH_IT, side_by_side.WORTH_IT, side_by_side.processes = 1 << 40, 0, lambda: 2
folder = Path(sys.argv[1])
shop = open_shop(read_settings({"COMPTOIR_STORE": str(folder / "s.duckdb"), "COMPTOIR_SECRET": "x"}, folder))
def heard(share, doing):
    print(*[one for one in os.listdir("/proc") if one.isdigit() and is_ours(one)], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
def is_ours(process):
    try:
        return Path("/proc", process, "stat").read_text().rsplit(")", 1)[1].split()[1] == str(os.getpid())
    except OSError:
        return False
run(shop, folder / "orders.csv", progress=heard)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see which processes there are")
def test_the_processes_end_when_the_one_that_asked_is_killed(tmp_path):
    path = file(tmp_path, mixed(32 * shopify_csv.PART))
    program = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path.parent)], stdout=subprocess.PIPE, text=True, check=False
    )
    assert program.returncode == -signal.SIGKILL
    left = program.stdout.split()
    assert len(left) == 2
    until = time.monotonic() + 20
    while any(Path("/proc", process).exists() for process in left):
        assert time.monotonic() < until, "a reading process outlives the import"
        time.sleep(0.05)
