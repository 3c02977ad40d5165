"""Large runs: gathered aside, compared, and put in whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from data import intake
from data.checks import check
from data.ids import new_id
from data.staging import Applied, Staging, stage
from data.store import Row
from services.orders.draft import Draft, DraftLine, DraftPayment
from services.orders.statuses import EventKind, PaymentKind
from services.settings import read_settings
from services.shop import Shop, open_shop
from tests.data.orders import FIRST, ZONE, draft, rows

NOW = datetime(2026, 3, 14, 9, 26, 53)


def apply(staging: Staging, run_id: str | None = None) -> Applied:
    with staging.write() as write:
        return staging.apply(write, zone=ZONE, now=NOW, event=EventKind.IMPORT_CHANGED, actor="import", run_id=run_id)


def take_in(shop: Shop, *drafts: Draft) -> Applied:
    with stage(shop.store) as staging:
        staging.append(rows(*drafts))
        staging.compare()
        return apply(staging)


def all_rows(shop: Shop, sql: str, *params: object) -> list[Row]:
    with shop.store.read() as read:
        return read.rows(sql, params)


def only(shop: Shop, sql: str, *params: object) -> Row:
    (row,) = all_rows(shop, sql, *params)
    return row


def test_a_run_is_compared_with_what_is_there(shop: Shop) -> None:
    take_in(shop, draft(1), draft(2))
    with stage(shop.store) as staging:
        staging.append(rows(draft(1), draft(2, email="new@example.com"), draft(3)))
        found = staging.compare()
        assert (found.new, found.changed, found.same, found.repeated) == (1, 1, 1, 0)
        assert found.orders == 3
        (changed,) = staging.changed()
        assert (changed.number, changed.version, changed.event_kinds) == ("#1002", 1, ("imported",))


def test_the_same_run_twice_changes_nothing(shop: Shop) -> None:
    assert take_in(shop, draft(1), draft(2)).new == 2
    before = all_rows(shop, "from orders order by id")
    assert take_in(shop, draft(1), draft(2)) == Applied(new=0, changed=0, same=2, left=0, moved=())
    assert all_rows(shop, "from orders order by id") == before


def test_of_an_order_staged_twice_the_last_counts(shop: Shop) -> None:
    with stage(shop.store) as staging:
        staging.append(rows(draft(1, email="first@example.com")))
        staging.append(rows(draft(1, email="last@example.com")))
        assert staging.compare().repeated == 1
        apply(staging)
    assert only(shop, "select email, line_count, paid from orders") == {
        "email": "last@example.com", "line_count": 2, "paid": Decimal(30)
    }  # fmt: skip
    assert len(all_rows(shop, "from order_lines")) == 2


def test_nothing_is_seen_before_the_run_is_applied_and_nothing_after_it_fails(any_shop: Shop) -> None:
    with stage(any_shop.store) as staging:
        staging.append(rows(draft(1)))
        staging.compare()
        assert all_rows(any_shop, "from orders") == []
        with pytest.raises(ZeroDivisionError), staging.write() as write:
            staging.apply(write, zone=ZONE, now=NOW, event="import_changed", actor="import", run_id=None)
            1 / 0  # noqa: B018
    for table in ("orders", *intake.CHILDREN, "search_terms", "messages"):
        assert all_rows(any_shop, f"from {table}") == []


def test_a_changed_order_keeps_its_id_lines_and_history_and_gets_a_version_and_an_event(any_shop: Shop) -> None:
    take_in(any_shop, draft(1))
    before = only(any_shop, "from orders")
    lines = all_rows(any_shop, "select id, sku from order_lines order by position")
    run = new_id()
    with stage(any_shop.store) as staging:
        dearer = DraftLine(name="Blue mug", quantity=Decimal(2), unit_price=Decimal(12), sku="MUG-1")
        new = DraftLine(name="Spoon", quantity=Decimal(1), unit_price=Decimal(8), sku="SPO-1")
        staging.append(rows(draft(1, lines=(dearer, new), total=Decimal(32), subtotal=Decimal(32)), run_id=run))
        staging.compare()
        assert apply(staging, run).changed == 1
    after = only(any_shop, "from orders")
    assert (after["id"], after["version"], after["total"]) == (before["id"], 2, Decimal(32))
    kept = all_rows(any_shop, "select id, sku, unit_price from order_lines order by position")
    assert [row["sku"] for row in kept] == ["MUG-1", "SPO-1"]
    assert kept[0]["id"] == lines[0]["id"]
    assert kept[1]["id"] != lines[1]["id"]
    assert only(any_shop, "select line_id from shipment_lines")["line_id"] == lines[0]["id"]
    told = all_rows(any_shop, "select kind, before_json, after_json, cause from order_events order by happened_at")
    assert [row["kind"] for row in told] == ["imported", "import_changed"]
    assert told[1]["before_json"] == '{"total":"30.000"}'
    assert told[1]["after_json"] == '{"total":"32.000"}'
    assert told[1]["cause"] == run
    assert all_rows(any_shop, "from search_terms where term = 'spoon'") != []
    assert all_rows(any_shop, "from search_terms where term = 'towel'") == []
    assert len(all_rows(any_shop, "from order_raws")) == 2


def test_what_was_made_in_comptoir_survives_an_import(any_shop: Shop) -> None:
    take_in(any_shop, draft(1, payments=(), shipments=()))
    order = only(any_shop, "from orders")
    line = all_rows(any_shop, "from order_lines order by position")[1]
    event, parcel = new_id(), new_id()
    with any_shop.store.write() as write:
        paid = {"id": new_id(), "order_id": order["id"], "happened_at": NOW, "on_date": NOW.date(), "kind": "charge"}
        for voided, amount in ((None, 30), (NOW, 500)):
            more = {"amount": amount, "currency": "EUR", "method": "cash", "provider": "", "reference": ""}
            keys = {"failure_reason": "", "source_key": "", "event_id": event, "voided_at": voided}
            write.insert("payments", [{**paid, **more, **keys}])
        sent = {"id": parcel, "order_id": order["id"], "happened_at": NOW, "carrier": "", "tracking_number": "X9"}
        write.insert("shipments", [{**sent, "tracking_url": "", "source_key": "", "event_id": event}])
        held = {"shipment_id": parcel, "order_id": order["id"], "line_id": line["id"], "quantity": 1, "returned": 0}
        write.insert("shipment_lines", [held])
        note = {"id": new_id(), "order_id": order["id"], "happened_at": NOW, "author": "Ada", "text": "Fragile"}
        write.insert("order_notes", [{**note, "source_key": "", "event_id": event}])
    cheaper = replace(draft(1), email="moved@example.com", payments=(), shipments=())
    take_in(any_shop, cheaper)
    now = only(any_shop, "from orders")
    assert (now["email"], now["paid"], now["due"]) == ("moved@example.com", Decimal(30), 0)
    assert [row["text"] for row in all_rows(any_shop, "from order_notes")] == ["Fragile"]
    assert [row["shipped"] for row in all_rows(any_shop, "from order_lines order by position")] == [0, 1]
    assert only(any_shop, "from shipment_lines")["line_id"] == line["id"]
    # the source took the line away, but a parcel holds it
    take_in(any_shop, replace(cheaper, lines=cheaper.lines[:1]))
    assert [row["sku"] for row in all_rows(any_shop, "from order_lines order by position")] == ["MUG-1", "TEA-1"]
    assert only(any_shop, "select line_count from orders")["line_count"] == 2
    assert {row["term"] for row in all_rows(any_shop, "from search_terms")} >= {"fragile", "x9"}


def test_what_an_import_brought_is_replaced_by_the_next(shop: Shop) -> None:
    take_in(shop, draft(1))
    paid = DraftPayment(PaymentKind.CHARGE, Decimal(20), at=FIRST, key="1:charge:1")
    take_in(shop, draft(1, payments=(paid,), shipments=()))
    assert [row["amount"] for row in all_rows(shop, "from payments")] == [Decimal(20)]
    assert only(shop, "select paid, due from orders") == {"paid": Decimal(20), "due": Decimal(10)}
    assert all_rows(shop, "from shipments") == all_rows(shop, "from shipment_lines") == []


def test_an_order_that_the_importer_leaves_is_as_it_was(shop: Shop) -> None:
    take_in(shop, draft(1), draft(2))
    with stage(shop.store) as staging:
        staging.append(rows(draft(1, email="a@example.com"), draft(2, email="b@example.com")))
        staging.compare()
        staging.leave([next(staging.changed()).order_id])
        done = apply(staging)
    assert (done.changed, done.left) == (1, 1)
    emails = [row["email"] for row in all_rows(shop, "select email from orders order by number")]
    assert emails == ["ines1@example.com", "b@example.com"]


def test_columns_and_rows_that_the_importer_keeps_win_over_the_run(shop: Shop) -> None:
    take_in(shop, draft(1), draft(2))
    with stage(shop.store) as staging:
        blank = {"email": "", "name": "", "payments": (), "shipments": (), "lines": ()}
        staging.append(rows(draft(1, **blank), draft(2, **blank)))
        staging.compare()
        first = next(staging.changed()).order_id
        staging.keep(["email"], None)
        staging.keep(["name", "payments", "order_lines", "shipments"], [first])
        with pytest.raises(ValueError, match="version"):
            staging.keep(["version"], None)
        apply(staging)
    one, two = all_rows(shop, "select email, name, paid, line_count from orders order by number")
    assert one == {"email": "ines1@example.com", "name": "Inès Morel", "paid": Decimal(30), "line_count": 2}
    assert two == {"email": "ines2@example.com", "name": "", "paid": 0, "line_count": 0}
    assert len(all_rows(shop, "from shipment_lines")) == 1


def test_an_order_changed_between_comparing_and_applying_is_left_and_told(any_shop: Shop) -> None:
    take_in(any_shop, draft(1))
    with stage(any_shop.store) as staging:
        staging.append(rows(draft(1, email="a@example.com"), draft(2)))
        staging.compare()
        with any_shop.store.write() as write:
            write.execute("update orders set version = version + 1, email = 'desk@example.com'")
            intake.add(write, rows(draft(2, email="other@example.com")), ZONE)
        done = apply(staging)
    assert (done.new, done.changed, done.left) == (0, 0, 2)
    known = all_rows(any_shop, "select id, email from orders order by number")
    assert [row["email"] for row in known] == ["desk@example.com", "other@example.com"]
    assert set(done.moved) == {row["id"] for row in known}


def test_rows_are_grouped_over_the_whole_file_in_the_order_of_their_first_row(shop: Shop) -> None:
    with stage(shop.store) as staging:
        staging.append_rows([("#2", 2, "b"), ("#1", 3, "a"), ("#2", 4, "bb")])
        staging.append_rows([("#3", 5, "c"), ("#2", 6, "été\n\x07")])
        found = []
        for group in staging.groups(size=2):
            found.append((group.key, group.rows))
            staging.append(rows(draft(len(found))))
        assert found == [("#2", ((2, "b"), (4, "bb"), (6, "été\n\x07"))), ("#1", ((3, "a"),)), ("#3", ((5, "c"),))]
        assert staging.compare().new == 3


def test_a_run_of_many_portions_goes_in_whole(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(shop, draft(1), draft(2), draft(3))
    monkeypatch.setattr("data.staging.PORTION", 1)
    with stage(shop.store) as staging:
        for one in (
            draft(1),
            draft(2, email="new@example.com"),
            draft(4),
            draft(5),
            draft(4, email="last@example.com"),
        ):
            staging.append(rows(one))
        staging.compare()
        assert len(list(staging.portions())) >= 5
        assert apply(staging) == Applied(new=2, changed=1, same=1, left=0, moved=())
    found = all_rows(shop, "select number, email, version, line_count from orders order by number")
    assert [(row["number"], row["version"], row["line_count"]) for row in found] == [
        ("#1001", 1, 2), ("#1002", 2, 2), ("#1003", 1, 2), ("#1004", 1, 2), ("#1005", 1, 2)
    ]  # fmt: skip
    assert (found[1]["email"], found[3]["email"]) == ("new@example.com", "last@example.com")
    with shop.store.read() as read:
        assert [one.name for one in check(read, ZONE) if one.rows] == []


def test_long_texts_go_in_with_little_memory(tmp_path: Path) -> None:
    settings = read_settings({"COMPTOIR_STORE": f"{tmp_path}/shop.duckdb", "COMPTOIR_MEMORY": "160MB"}, tmp_path)
    shop = open_shop(settings)
    with stage(shop.store) as staging:
        for first in range(0, 1_500, 100):
            several = [draft(n, customer_comment=f"note{n} " + 4_000 * "ring ") for n in range(first, first + 100)]
            staging.append(rows(*several))
        staging.compare()
        assert apply(staging).new == 1_500
    assert only(shop, "select count(*) as orders from search_terms where term = 'note777'") == {"orders": 1}
    shop.close()
