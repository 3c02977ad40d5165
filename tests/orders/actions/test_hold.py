"""Work stops for a reason, and goes on where it was."""

import pytest

from services.errors import Conflict
from services.orders.statuses import ActionName, FulfilmentStatus
from services.shop import Shop
from tests.orders.moving import do, now, undo
from tests.orders.sample import draft, keep

A, F = ActionName, FulfilmentStatus


def test_the_reason_of_a_hold_stands_in_the_timeline(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.HOLD, reason="Address in doubt")
    assert now(shop, order).events[-1].reason == "Address in doubt"
    assert now(shop, order).fulfilment_status is F.ON_HOLD


@pytest.mark.parametrize("step", [None, A.MARK_PROCESSING, A.MARK_READY_FOR_PICKUP])
def test_released_goes_back_to_the_status_before(shop: Shop, step: ActionName | None) -> None:
    [order] = keep(shop, draft())
    if step:
        do(shop, order, step)
    before = now(shop, order).fulfilment_status
    do(shop, order, A.HOLD, reason="wait")
    do(shop, order, A.RELEASE)
    assert now(shop, order).fulfilment_status is before


def test_an_order_that_came_in_on_hold_is_released_to_be_prepared(shop: Shop) -> None:
    [order] = keep(shop, draft(fulfilment_status=F.ON_HOLD))
    do(shop, order, A.RELEASE)
    assert now(shop, order).fulfilment_status is F.AWAITING_PROCESSING


def test_a_release_undone_holds_again(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_PROCESSING)
    do(shop, order, A.HOLD, reason="wait")
    released = do(shop, order, A.RELEASE)
    undo(shop, order, released)
    assert now(shop, order).fulfilment_status is F.ON_HOLD
    do(shop, order, A.RELEASE)
    assert now(shop, order).fulfilment_status is F.PROCESSING


def test_what_was_undone_while_it_was_held_does_not_count_when_it_is_released(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.HOLD)
    given_up = do(shop, order, A.MARK_WILL_NOT_DELIVER)
    undo(shop, order, given_up)
    assert do(shop, order, A.RELEASE).order.fulfilment_status == "awaiting_processing"


def test_only_a_held_order_is_released(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Conflict):
        do(shop, order, A.RELEASE)
