"""Goods come back."""

import pytest

from services.errors import Invalid
from services.orders.statuses import ActionName, FulfilmentStatus
from services.shop import Shop
from tests.orders.moving import do, now, same, undo
from tests.orders.sample import draft, keep

A, F = ActionName, FulfilmentStatus


def test_all_that_was_shipped_comes_back(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    before = now(shop, order)
    answer = do(shop, order, A.MARK_RETURNED)
    back = now(shop, order)
    assert back.fulfilment_status is F.RETURNED
    assert [line.returned for line in back.lines] == [2, 1]
    assert sorted(line.returned for line in back.shipments[0].lines) == [1, 2]
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_a_part_that_comes_back_leaves_the_order_shipped_until_the_last_piece(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    mugs, notebook = (line.id for line in now(shop, order).lines)
    do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs, "quantity": 1}])
    assert now(shop, order).fulfilment_status is F.SHIPPED
    do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs}, {"line_id": notebook}])
    assert now(shop, order).fulfilment_status is F.RETURNED


def test_what_comes_back_is_taken_out_of_the_newest_parcels(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.MARK_SHIPPED)
    do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs, "quantity": 2}])
    kept = now(shop, order)
    held = {parcel.id: {line.line_id: line.returned for line in parcel.lines}[mugs] for parcel in kept.shipments}
    assert list(held.values()) == [1, 1]


def test_more_than_was_shipped_cannot_come_back(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    mugs = now(shop, order).lines[0].id
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs, "quantity": 3}])
    assert raised.value.fields == {"lines.0.quantity": "Tasse bleue: 2 can come back, 3 asked for."}


def test_an_order_imported_as_shipped_without_parcels_can_be_returned(shop: Shop) -> None:
    [order] = keep(shop, draft(fulfilment_status=F.SHIPPED))
    do(shop, order, A.MARK_RETURNED)
    assert now(shop, order).fulfilment_status is F.RETURNED


def test_a_half_shipped_order_whose_parcel_came_back_still_has_goods_to_ship(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs}])
    do(shop, order, A.MARK_RETURNED)
    assert now(shop, order).fulfilment_status is F.PARTIALLY_SHIPPED


def test_goods_come_back_out_of_the_parcel_that_is_named(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.MARK_SHIPPED)
    first = now(shop, order).shipments[0].id
    before = now(shop, order)
    answer = do(shop, order, A.MARK_RETURNED, shipment=first)
    kept = now(shop, order)
    assert kept.fulfilment_status is F.SHIPPED
    assert [line.returned for line in kept.lines] == [1, 0]
    assert [part.returned for part in kept.shipments[0].lines] == [1]
    undo(shop, order, answer)
    assert same(now(shop, order), before)
    with pytest.raises(Invalid):
        do(shop, order, A.MARK_RETURNED, shipment=first, lines=[{"line_id": mugs, "quantity": 2}])


def test_a_return_says_why_and_whether_the_goods_go_back_on_the_shelf(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    do(shop, order, A.MARK_RETURNED, reason="Too small", restock=True)
    event = now(shop, order).events[-1]
    assert (event.reason, event.after["restock"]) == ("Too small", True)


def test_what_came_back_whole_does_not_come_back_again(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    parcel = now(shop, order).shipments[0].id
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs}])
    with pytest.raises(Invalid):
        do(shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.MARK_RETURNED, shipment=parcel)
    assert now(shop, order).fulfilment_status is F.RETURNED
