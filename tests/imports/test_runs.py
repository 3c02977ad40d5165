"""A run: dry, twice, undone, broken off; what it keeps and what it must not touch."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data import checks, import_befores, import_runs
from data.ids import new_id
from services.errors import Conflict, NotFound
from services.imports import history
from services.imports.rejects import rejects_file
from services.imports.result import RunState
from services.imports.runs import run
from services.imports.undoing import undo
from services.orders import acting, reading
from services.orders.statuses import ActionName, EventKind
from services.people import MERCHANT
from services.shop import Shop, open_shop
from tests.conftest import NOW
from tests.imports.invented import file, line, order


def happened(shop: Shop, order_id: str, kind: EventKind) -> None:
    """Something that was done in Comptoir."""
    with shop.store.write() as write:
        write.insert(
            "order_events",
            [{"id": new_id(), "order_id": order_id, "happened_at": NOW, "kind": kind.value, "actor": "merchant",
              "before_json": "{}", "after_json": "{}", "made_json": "{}", "reason": "", "cause": ""}],
        )  # fmt: skip


def test_a_file_imported_twice_changes_nothing(shop, tmp_path):
    path = file(tmp_path, [order(), order("#1002")])
    first = run(shop, path, now=NOW)
    again = run(shop, path, now=NOW)
    assert (first.new, first.changed, first.same) == (2, 0, 0)
    assert (again.new, again.changed, again.same) == (0, 0, 2)


def test_an_import_makes_no_message(shop, tmp_path):
    run(shop, file(tmp_path, [order(), order("#1002", financial_status="pending")]), now=NOW)
    run(
        shop, file(tmp_path, [order(fulfillment_status="fulfilled", fulfilled_at="2024-03-02 08:00:00 +0100")]), now=NOW
    )
    with shop.store.read() as read:
        assert read.value("select count(*) from messages") == 0


def test_a_dry_run_counts_and_shows_but_writes_nothing(shop, tmp_path):
    path = file(tmp_path, [order(), order("#1002", total="much")])
    result = run(shop, path, dry_run=True, now=NOW)
    assert (result.run_id, result.new, result.rejected) == (None, 1, 1)
    assert [draft.number for draft in result.preview] == ["#1001"]
    with shop.store.read() as read:
        assert read.value("select count(*) from orders") == 0
        assert read.value("select count(*) from import_runs") == 0


def test_a_changed_order_keeps_its_id_and_says_what_changed(shop, tmp_path):
    run(shop, file(tmp_path, [order(financial_status="pending", paid_at="")]), now=NOW)
    before = reading.order(shop, "#1001")
    result = run(shop, file(tmp_path, [order()]), now=NOW)
    after = reading.order(shop, "#1001")
    assert (result.changed, after.id, after.version) == (1, before.id, 2)
    assert after.events[-1].kind is EventKind.IMPORT_CHANGED
    assert after.paid == 45


def test_what_was_done_in_comptoir_is_not_undone_by_an_older_file(shop, tmp_path):
    run(shop, file(tmp_path, [order()]), now=NOW)
    found = reading.order(shop, "#1001")
    happened(shop, found.id, EventKind.CONTACT_EDITED)
    result = run(shop, file(tmp_path, [order(email="older@example.com", notes="Later")]), now=NOW)
    after = reading.order(shop, "#1001")
    assert (after.email, after.customer_comment) == ("ines@example.com", "Later")
    assert any("changed in Comptoir" in one.reason for one in result.notices)


def test_progress_rises_to_the_end(shop, tmp_path):
    told: list[float] = []
    run(shop, file(tmp_path, [order()]), progress=lambda share, _doing: told.append(share), now=NOW)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_history_tells_what_a_run_did(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(), order("#1002", total="much")]), actor=MERCHANT, now=NOW)
    [found] = history.history(shop)
    assert (found.id, found.state, found.actor, found.file_name) == (
        result.run_id, RunState.DONE, "merchant", "orders.csv",
    )  # fmt: skip
    assert (found.new, found.rejected, found.rows) == (1, 1, 2)
    assert [number for _id, number in history.orders_of(shop, found.id)] == ["#1001"]
    assert [one.value for one in history.findings(shop, found.id)] == ["much"]


def test_an_unknown_run_is_not_found(shop):
    with pytest.raises(NotFound):
        history.one(shop, "no run")


def test_an_undone_run_takes_its_orders_with_it(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(), order("#1002")]), now=NOW)
    undone = undo(shop, result.run_id, MERCHANT, NOW)
    assert (undone.removed, undone.kept) == (2, ())
    with shop.store.read() as read:
        for table in ("orders", "order_lines", "payments", "order_events", "order_raws", "search_terms"):
            assert read.value(f"select count(*) from {table}") == 0
    assert history.one(shop, result.run_id).undone_at == NOW
    with pytest.raises(Conflict):
        undo(shop, result.run_id, MERCHANT, NOW)


def content(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    """All that the shop holds of its orders, but for what counts changes."""
    with shop.store.read() as read:
        found = {
            name: read.tuples(f"select * from {name} order by all")
            for name in ("order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_raws")
        }
        found["orders"] = read.tuples("select * exclude (version, updated_at) from orders order by id")
        found["search_terms"] = read.tuples("select distinct * from search_terms order by all")
        return found


def test_an_undone_run_gives_changed_orders_back_what_they_were(any_shop, tmp_path):
    shop = any_shop
    first = [order(tags="a, b", notes="Merci", fulfillment_status="fulfilled"), line("#1001"), order("#1002")]
    run(shop, file(tmp_path, first), now=NOW)
    before, version = content(shop), reading.order(shop, "#1001").version
    second = [order(tags="c", email="new@example.com", lineitem_name="Vase", financial_status="refunded",
                    refunded_amount="45.00"), order("#1002"), order("#1003")]  # fmt: skip
    changing = run(shop, file(tmp_path, second), now=NOW)
    assert (changing.new, changing.changed, changing.same) == (1, 1, 1)
    undone = undo(shop, changing.run_id, MERCHANT, NOW)
    assert (undone.removed, undone.restored, undone.kept, undone.changed) == (1, 1, (), 0)
    assert content(shop) == before
    found = reading.order(shop, "#1001")
    assert found.version == version + 2
    assert [event.kind for event in found.events] == ["imported", "import_changed", "import_changed"]
    last = found.events[-1]
    assert (last.after["email"], last.reason) == ("ines@example.com", "The import was undone.")
    with shop.store.read() as read:
        assert {one.name: one.rows for one in checks.check(read, "Europe/Paris") if one.rows} == {}
        assert read.value("select count(*) from import_befores") == 0
    again = run(shop, file(tmp_path, second), now=NOW)
    assert (again.new, again.changed, again.same) == (1, 1, 1)


def test_a_changed_order_in_which_somebody_has_acted_since_stays_when_the_run_is_undone(shop, tmp_path):
    run(shop, file(tmp_path, [order()]), now=NOW)
    changing = run(shop, file(tmp_path, [order(notes="Merci")]), now=NOW)
    found = reading.order(shop, "#1001")
    acting.do(shop, acting.Request(ActionName.ADD_NOTE, found.id, found.version, {"text": "Fragile"}), MERCHANT)
    undone = undo(shop, changing.run_id, MERCHANT, NOW)
    assert (undone.restored, undone.kept) == (0, ((found.id, "#1001"),))
    assert reading.order(shop, "#1001").customer_comment == "Merci"


def test_what_orders_were_is_remembered_for_the_newest_runs_only(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(import_befores, "KEPT_RUNS", 1)
    for comment in ("One", "Two", "Three"):
        last = run(shop, file(tmp_path, [order(notes=comment)]), now=NOW)
    with shop.store.read() as read:
        assert read.tuples("select distinct run_id::varchar from import_befores") == [(last.run_id,)]


def test_an_order_that_something_happened_to_survives_the_undoing(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(), order("#1002")]), now=NOW)
    touched = reading.order(shop, "#1002").id
    happened(shop, touched, EventKind.MARKED_PROCESSING)
    undone = undo(shop, result.run_id, MERCHANT, NOW)
    assert (undone.removed, undone.kept) == (1, ((touched, "#1002"),))


def test_the_rejects_can_be_corrected_and_imported_again(shop, tmp_path):
    rows = [order(), order("#1002", total="much", notes="=1+1"), line("#1002"), order("#1003")]
    result = run(shop, file(tmp_path, rows), now=NOW)
    name, pieces = rejects_file(shop, result.run_id)
    content = b"".join(pieces).decode("utf-8-sig")
    assert name == "orders-rejected.csv"
    assert [row["Name"] for row in csv.DictReader(io.StringIO(content))] == ["#1002", "#1002"]
    assert "“much” is no number." in content
    corrected = tmp_path / name
    corrected.write_text(content.replace("much", "55.00").replace("40.00", "50.00"), encoding="utf-8")
    again = run(shop, corrected, now=NOW)
    assert (again.new, again.rejected) == (1, 0)
    assert reading.order(shop, "#1002").customer_comment == "=1+1"


def test_a_run_that_fails_leaves_nothing_and_says_so(shop, tmp_path, monkeypatch):
    from data.staging import Staging

    def broken(*_args, **_named):
        raise RuntimeError("broken")

    monkeypatch.setattr(Staging, "apply", broken)
    with pytest.raises(RuntimeError):
        run(shop, file(tmp_path, [order()]), now=NOW)
    assert history.history(shop)[0].state is RunState.FAILED
    with shop.store.read() as read:
        assert read.value("select count(*) from orders") == 0


_KILLED = """
import os, signal, sys
from pathlib import Path
from data.staging import Staging
from services.imports.runs import run
from services.settings import read_settings
from services.shop import open_shop

apply = Staging.apply
def killed(self, *args, **named):
    apply(self, *args, **named)
    os.kill(os.getpid(), signal.SIGKILL)
Staging.apply = killed
run(open_shop(read_settings(dict(os.environ), Path(sys.argv[1]))), Path(sys.argv[2]))
"""


def test_a_process_killed_in_the_middle_leaves_no_half_import(settings, tmp_path):
    path = file(tmp_path, [order(), order("#1002")])
    environment = {**os.environ, "COMPTOIR_STORE": settings.store, "COMPTOIR_SECRET": "x"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), str(path)], env=environment, cwd=root, check=False
    )
    assert done.returncode == -signal.SIGKILL
    shop = open_shop(settings)
    try:
        assert history.mark_interrupted(shop, NOW) == 1
        assert history.history(shop)[0].state is RunState.INTERRUPTED
        with shop.store.read() as read:
            assert read.value("select count(*) from orders") == 0
            assert import_runs.in_state(read, RunState.RUNNING) == []
        assert run(shop, path, now=NOW).new == 2
    finally:
        shop.close()
