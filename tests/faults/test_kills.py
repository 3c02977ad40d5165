"""A shop that is killed at any moment, twenty times in all, started again and held against its record; many more by
`make kill-test`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import page, series
from tests.faults.homes import Homes
from tests.faults.nursery import Nursery, nursery
from tests.faults.promises import Audit, Promise
from tests.faults.record import Record, State, Step
from tests.faults.series import _BEGINS as BEGINS
from tests.faults.tally import Tally
from tests.postgres import Server


@pytest.fixture(scope="module")
def births() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


def held(tally: Tally, kills: int) -> None:
    assert tally.faults == []
    assert sum(tally.kills.values()) >= kills
    assert tally.steps["done"] > kills / 2
    assert f"{kills}" in page.text([tally])


def test_a_shop_on_a_file_keeps_every_promise_through_kills(births: Nursery, tmp_path: Path) -> None:
    held(series.run(Homes(tmp_path / "homes", None), births, tmp_path, seed=20, kills=12), 12)


@pytest.mark.postgres
def test_a_shop_on_ducklake_keeps_every_promise_through_kills(
    births: Nursery, postgres: Server, tmp_path: Path
) -> None:
    held(series.run(Homes(tmp_path / "homes", postgres), births, tmp_path, seed=40, kills=8), 8)


def test_what_is_lost_doubled_or_half_is_noticed(tmp_path: Path) -> None:
    """The judge itself: a record of one order, one payment and one refusal, against a store where all went wrong."""
    record, tally = Record(tmp_path / "record"), Tally()
    body = {"lines": [{"name": "Tasse"}]}
    record.steps = [
        Step(1, "take", {"body": body}, BEGINS, State.ANSWERED, {"id": "a", "number": "1", "version": 2}),
        Step(2, "take", {"body": body}, BEGINS),
        Step(3, "act", {"action": "hold", "params": {}}, BEGINS, State.REFUSED),
    ]
    order = {
        "id": "b", "number": "2", "source_id": "step 2", "version": 1, "payment_status": "paid", "total": 10,
        "fulfilment_status": "on_hold", "paid": 10, "refunded": 0, "due": 0, "line_count": 1,
    }  # fmt: skip
    event = {
        "id": "e", "order_id": "b", "kind": "held", "reason": "step 3",
        "after_json": '{"fulfilment_status": "delivered"}', "made_json": '{"payments": ["gone"]}',
    }  # fmt: skip
    mail = {"id": "m", "order_id": "b", "template": "new_order", "state": "accepted"}
    names = ("lines", "payments", "parcels", "notes", "reports", "inbox", "jobs", "results", "runs", "found")
    seen = {name: [] for name in names} | {
        "orders": [order], "events": [event], "messages": [mail], "checks": [("sums", 1, ("2",))],
    }  # fmt: skip
    Audit(record, seen, ["m", "m", "strange"], tally).judge()
    broken = {promise for promise in Promise if any(f"] {promise}:" in fault for fault in tally.faults)}
    assert broken == {
        Promise.ANSWERED, Promise.WHOLE, Promise.NEVER_LATER, Promise.AS_ANSWERED, Promise.SUMS, Promise.EVENTS,
        Promise.MAILS, Promise.CHECKS,
    }  # fmt: skip
