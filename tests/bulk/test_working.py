"""One action on many orders: what is written, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from data.checks import check
from services import bulk, clock, jobs
from services.bulk import Bulk
from services.errors import Invalid
from services.jobs import Item, JobState, Outcome
from services.jobs.running import run_all
from services.messages.kinds import Template
from services.orders import acting
from services.orders.order import Order, as_json
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.bulk.moving import asked, did, mails, undone
from tests.orders import moving
from tests.orders.sample import NOW, draft, keep, unpaid

_A = ActionName


def numbers(count: int, first: int = 2041) -> list[str]:
    return [str(number) for number in range(first, first + count)]


def test_every_selected_order_is_changed_and_counted(any_shop: Shop) -> None:
    """A bulk change reached only one of the selected; 9,999 changed and the notice said 9."""
    ids = keep(any_shop, *map(draft, numbers(12)))
    done = did(any_shop, _A.MARK_SHIPPED, ids, carrier="DHL")
    assert (done.state, done.done, done.refused, done.failed, done.left) == (JobState.DONE, 12, 0, 0, 0)
    assert {moving.now(any_shop, one).fulfilment_status for one in ids} == {FulfilmentStatus.SHIPPED}
    assert [row["send_after"] > NOW for row in mails(any_shop)] == [True] * 12
    with any_shop.store.read() as read:
        assert [one.name for one in check(read, "Europe/Paris") if one.rows] == []


def test_each_order_has_its_own_result_and_says_why_it_was_left(shop: Shop) -> None:
    """Cancel four: one cancelled, and no word on the others."""
    ids = keep(shop, draft("2041"), draft("2042", fulfilment_status=FulfilmentStatus.DELIVERED), draft("2043"))
    done = did(shop, _A.CANCEL, [*ids, "01a2090a-4428-789f-9e33-67bb9e69f668"], reason="Sold out")
    assert (done.done, done.refused, done.failed) == (2, 2, 0)
    rows = jobs.results(shop, done.id)
    assert [row.result.outcome for row in rows] == [Outcome.DONE, Outcome.REFUSED, Outcome.DONE, Outcome.REFUSED]
    assert "Delivered" in rows[1].result.sentence and "no longer there" in rows[3].result.sentence
    assert [row.number for row in rows] == ["2041", "2042", "2043", ""]
    assert [one.orders for one in jobs.reasons(shop, done.id)] == [1, 1]
    assert moving.now(shop, ids[0]).events[-1].reason == "Sold out"


def alike(order: Order) -> dict[str, Any]:
    """An order as the API writes it, without the ids and moments that no two doings share."""
    told = as_json(order)
    for part in ("lines", "payments", "shipments", "notes", "events", "messages"):
        told[part] = [_without_ids(one) for one in told[part]]
    return _without_ids(told)


def _without_ids(told: dict[str, Any]) -> dict[str, Any]:
    dropped = ("id", "at", "number", "source_id", "send_after", "subject", "line_id", "placed_at", "placed_on")
    return {
        name: [_without_ids(one) if isinstance(one, dict) else one for one in value]
        if isinstance(value, list)
        else _without_ids(value)
        if isinstance(value, dict)
        else value
        for name, value in told.items()
        if name not in dropped
    }


def shipped(**changes: Any) -> Callable[[str], Any]:
    return lambda number: draft(number, fulfilment_status=FulfilmentStatus.SHIPPED, **changes)


@pytest.mark.parametrize(
    ("action", "params", "made"),
    [
        (_A.MARK_PROCESSING, {}, draft),
        (_A.MARK_SHIPPED, {"carrier": "Colissimo", "tracking_number": "6A12345678901"}, draft),
        (_A.MARK_READY_FOR_PICKUP, {}, draft),
        (_A.MARK_OUT_FOR_DELIVERY, {}, draft),
        (_A.MARK_DELIVERED, {}, shipped()),
        (_A.MARK_WILL_NOT_DELIVER, {}, draft),
        (_A.MARK_PAID, {}, lambda number: unpaid(number, placed_at=NOW - timedelta(hours=int(number) - 2040))),
        (_A.HOLD, {"reason": "Wait for the supplier"}, draft),
        (_A.CANCEL, {}, unpaid),
        (_A.ADD_NOTE, {"text": "Fragile, à emballer deux fois"}, draft),
        (_A.TAG, {"tags": ["Noël", "vip"]}, draft),
        (_A.RESEND, {"template": Template.ORDER_CONFIRMATION.value}, draft),
        (_A.MUTE, {}, draft),
    ],
)
def test_many_at_once_leaves_what_one_by_one_leaves(
    shop: Shop, action: ActionName, params: dict[str, Any], made: Callable[[str], Any]
) -> None:
    alone, first, second = keep(shop, made("2041"), made("2042"), made("2043"))
    moving.do(shop, alone, action, **params)
    did(shop, action, [first, second], **params)
    orders = [moving.now(shop, one) for one in (alone, first, second)]
    assert alike(orders[0]) == alike(orders[1]) == alike(orders[2])
    assert orders[0].events[-1].made.keys() == orders[1].events[-1].made.keys()
    with shop.store.read() as read:
        words = "select field, term from search_terms where order_id = ? and field <> 'number' order by all"
        assert read.rows(words, [alone]) == read.rows(words, [first])
        assert [one.name for one in check(read, "Europe/Paris") if one.rows] == []


def test_each_order_may_have_parameters_of_its_own(shop: Shop) -> None:
    first, second = keep(shop, draft("2041"), draft("2042"))
    items = [(first, {"tracking_number": "A1"}), (second, {"tracking_number": "B2"})]
    bulk.start(shop, Bulk(_A.MARK_SHIPPED, items, {"carrier": "DHL"}), MERCHANT, NOW)
    run_all(shop)
    parcels = [moving.now(shop, one).shipments[0] for one in (first, second)]
    assert [(one.carrier, one.tracking_number) for one in parcels] == [("DHL", "A1"), ("DHL", "B2")]


def test_an_order_that_is_there_twice_is_taken_twice(shop: Shop) -> None:
    [one] = keep(shop, draft("2041"))
    items = [Item(one, {"tags": ["a"]}, version=1), Item(one, {"tags": ["b"]}, version=1)]
    job = bulk.start(shop, Bulk(_A.TAG, items), MERCHANT, NOW)
    run_all(shop)
    assert jobs.job(shop, job.id).done == 2
    assert set(moving.now(shop, one).tags) == {"a", "b"}


def test_an_order_that_somebody_changed_meanwhile_is_left_and_says_who(shop: Shop) -> None:
    first, second = keep(shop, draft("2041"), draft("2042"))
    frozen = bulk.picked(shop, [first, second])
    moving.do(shop, first, _A.HOLD, reason="Call the customer")
    job = bulk.start(shop, Bulk(_A.MARK_SHIPPED, frozen.items), MERCHANT, NOW)
    run_all(shop)
    left, done = jobs.results(shop, job.id)
    assert (left.result.outcome, done.result.outcome) == (Outcome.REFUSED, Outcome.DONE)
    assert "The merchant" in left.result.sentence
    assert moving.now(shop, first).fulfilment_status is FulfilmentStatus.ON_HOLD


def test_one_order_at_which_we_fail_is_one_bad_result(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail failed, and the whole run was reported as failed."""
    ids = keep(shop, *map(draft, numbers(3)))
    drafted = acting.letters_of

    def fails(shop: Shop, plan: Any, after: Order, *rest: Any) -> Any:
        if after.number == "2042":
            raise ZeroDivisionError
        return drafted(shop, plan, after, *rest)

    monkeypatch.setattr(acting, "letters_of", fails)
    done = did(shop, _A.MARK_SHIPPED, ids)
    assert (done.state, done.done, done.failed) == (JobState.DONE, 2, 1)
    monkeypatch.undo()
    jobs.retry_failed(shop, done.id)
    run_all(shop)
    again = jobs.job(shop, done.id)
    assert (again.done, again.failed, len(mails(shop))) == (3, 0, 3)


def test_an_undo_takes_back_every_event_with_a_result_per_order(any_shop: Shop) -> None:
    ids = keep(any_shop, *map(draft, numbers(3)))
    done = did(any_shop, _A.MARK_SHIPPED, ids, tracking_number="X9")
    moving.do(any_shop, ids[1], _A.MARK_DELIVERED, at=clock.now())
    undo = undone(any_shop, done)
    assert (undo.done, undo.refused, undo.undoes) == (2, 1, done.id)
    assert jobs.job(any_shop, done.id).state is JobState.UNDONE
    statuses = [moving.now(any_shop, one).fulfilment_status for one in ids]
    assert statuses == [
        FulfilmentStatus.AWAITING_PROCESSING,
        FulfilmentStatus.DELIVERED,
        FulfilmentStatus.AWAITING_PROCESSING,
    ]
    # what could not be undone is still true, and its mail still goes
    assert [row["order_id"] for row in mails(any_shop) if row["state"] == "waiting"] == [ids[1]]
    with any_shop.store.read() as read:
        assert [one.name for one in check(read, "Europe/Paris") if one.rows] == []
        assert read.value("select count(*) from search_terms where field = 'tracking' and order_id <> ?", [ids[1]]) == 0


def test_money_that_moves_goes_the_way_of_a_single_order(shop: Shop) -> None:
    ids = keep(shop, *map(unpaid, numbers(2)))
    done = did(shop, _A.MARK_PAID, ids)
    assert done.done == 2
    assert {moving.now(shop, one).payment_status for one in ids} == {PaymentStatus.PAID}
    undone(shop, done)
    assert {moving.now(shop, one).payment_status for one in ids} == {PaymentStatus.AWAITING_PAYMENT}


def test_nothing_selected_says_so_and_starts_nothing(shop: Shop) -> None:
    """Nothing selected, nothing changed, "successful update"."""
    with pytest.raises(Invalid, match="No order is selected"):
        bulk.start(shop, asked(_A.TAG, [], tags=["x"]), MERCHANT, NOW)
    assert jobs.recent(shop) == []
