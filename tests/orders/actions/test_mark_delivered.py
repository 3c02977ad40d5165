"""Parcels arrive, one by one or all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import profile
from services.errors import Conflict
from services.orders.statuses import ActionName, FulfilmentStatus
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import NOW, draft, keep

A, F = ActionName, FulfilmentStatus


def in_two_parcels(shop: Shop) -> tuple[str, list[str]]:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs, "quantity": 1}], tell_customer=False)
    do(shop, order, A.MARK_SHIPPED, tell_customer=False)
    return order, [parcel.id for parcel in now(shop, order).shipments]


def test_the_order_is_delivered_with_its_last_parcel(shop: Shop) -> None:
    order, [first, second] = in_two_parcels(shop)
    answer = do(shop, order, A.MARK_DELIVERED, shipment=first, at=NOW + timedelta(hours=1))
    half = now(shop, order)
    assert half.fulfilment_status is F.SHIPPED
    assert [parcel.delivered_at for parcel in half.shipments] == [NOW + timedelta(hours=1), None]
    assert [change.field for change in answer.changes] == ["shipments.0.delivered_at"]
    do(shop, order, A.MARK_DELIVERED, shipment=second)
    assert now(shop, order).fulfilment_status is F.DELIVERED


def test_each_parcel_that_arrives_has_its_own_mail(shop: Shop) -> None:
    order, parcels = in_two_parcels(shop)
    for parcel in parcels:
        [mail] = do(shop, order, A.MARK_DELIVERED, shipment=parcel, tell_customer=True).messages
        assert mail.message.template == "delivered"
    assert len(now(shop, order).messages) == 2


def test_undo_takes_back_the_arrival_of_one_parcel_in_its_turn(shop: Shop) -> None:
    order, [first, second] = in_two_parcels(shop)
    before = now(shop, order)
    one = do(shop, order, A.MARK_DELIVERED, shipment=first, tell_customer=True)
    two = do(shop, order, A.MARK_DELIVERED, shipment=second, tell_customer=True)
    with pytest.raises(Conflict):
        undo(shop, order, one)
    undo(shop, order, two)
    undo(shop, order, one)
    assert same(now(shop, order), before)
    assert {mail.state for mail in now(shop, order).messages} == {"cancelled"}


def test_while_a_part_is_in_the_shop_it_must_be_said_which_parcel_arrived(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs}])
    assert preview(shop, order, A.MARK_DELIVERED).refused
    parcel = now(shop, order).shipments[0].id
    do(shop, order, A.MARK_DELIVERED, shipment=parcel)
    assert now(shop, order).fulfilment_status is F.PARTIALLY_SHIPPED
    assert preview(shop, order, A.MARK_DELIVERED, shipment=parcel).refused


def test_all_parcels_at_once_have_one_mail(shop: Shop) -> None:
    order, _parcels = in_two_parcels(shop)
    [mail] = do(shop, order, A.MARK_DELIVERED, tell_customer=True).messages
    assert "Tasse bleue" in mail.text


def test_who_fetched_the_goods_is_not_told_that_they_came(shop: Shop) -> None:
    [order] = keep(shop, draft(is_pickup=True))
    [ready] = do(shop, order, A.MARK_READY_FOR_PICKUP).messages
    assert ready.message.template == "ready_for_pickup"
    assert do(shop, order, A.MARK_DELIVERED, tell_customer=True).messages == ()


def test_a_delivery_of_our_own_tells_what_is_on_its_way(shop: Shop) -> None:
    [order] = keep(shop, draft())
    [mail] = do(shop, order, A.MARK_OUT_FOR_DELIVERY).messages
    assert mail.message.template == "out_for_delivery"
    assert "Tasse bleue" in mail.text


def test_the_pickup_mail_says_where_to_come_and_when(shop: Shop) -> None:
    rules = {"pickup_place": "3 place Bellecour\nau fond de la cour", "pickup_hours": "mardi à samedi, 10 h à 19 h"}
    with shop.store.write() as write:
        profile.change(write, shop.settings, rules, "merchant", NOW)
    [order] = keep(shop, draft(is_pickup=True))
    [mail] = do(shop, order, A.MARK_READY_FOR_PICKUP).messages
    for line in ("3 place Bellecour", "au fond de la cour", "mardi à samedi, 10 h à 19 h"):
        assert line in mail.text
        assert line in mail.html
