"""Rounds: picked, packed, labelled and shipped, kept at every tick, and never the same order for two packers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest

from services import jobs
from services.errors import Conflict, Invalid, NotFound
from services.fulfilling import rounds
from services.fulfilling.scanning import Meaning, scan
from services.jobs.running import run_all
from services.orders import reading
from services.orders.draft import DraftLine
from services.orders.statuses import ActionName, FulfilmentStatus, Kind
from services.people import Actor
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import MUGS, NOW, draft, keep, unpaid

PACKER, OTHER = Actor("packer@example.com"), Actor("other@example.com")
UPS = "1Z999AA10123456784"


def placed(shop: Shop, *numbers: str) -> list[str]:
    return keep(shop, *(draft(one, placed_at=NOW - timedelta(hours=int(one))) for one in numbers))


def test_a_round_takes_the_oldest_orders_that_wait(shop: Shop) -> None:
    placed(shop, "1", "2", "3")
    keep(shop, unpaid("8"), draft("9", fulfilment_status=FulfilmentStatus.ON_HOLD), draft("10", is_pickup=True))
    one = rounds.start(shop, 2, PACKER)
    assert [packing.order.number for packing in one.orders] == ["3", "2"]
    assert (one.wanted, one.picked) == (6, 0)


def test_two_packers_never_take_the_same_order(any_shop: Shop) -> None:
    placed(any_shop, *map(str, range(1, 9)))
    with ThreadPoolExecutor(2) as threads:
        begun = list(threads.map(lambda who: rounds.start(any_shop, 4, who), (PACKER, OTHER)))
    numbers = [packing.order.number for one in begun for packing in one.orders]
    assert sorted(numbers) == sorted(set(numbers))
    assert len(rounds.open_rounds(any_shop)) == 2


def test_what_was_given_up_waits_again(shop: Shop) -> None:
    placed(shop, "1", "2")
    one = rounds.start(shop, 2, PACKER)
    with pytest.raises(Conflict):
        rounds.start(shop, 2, OTHER)
    rounds.put_back(shop, one.id, one.orders[0].order.id)
    assert [packing.order.number for packing in rounds.start(shop, 2, OTHER).orders] == ["2"]
    assert rounds.give_up(shop, one.id) == 1
    assert [packing.order.number for packing in rounds.start(shop, 2, OTHER).orders] == ["1"]


def test_goods_without_a_parcel_are_not_picked(shop: Shop) -> None:
    card = DraftLine("Carte cadeau", Decimal(1), Decimal(25), sku="CARD", kind=Kind.GIFT_CARD)
    keep(shop, draft("1", lines=(MUGS, card), subtotal=Decimal(55), total=Decimal("59.90")))
    [packing] = rounds.start(shop, 5, PACKER).orders
    assert [pick.line.sku for pick in packing.picks] == ["TASSE-1"]


def test_an_interrupted_round_goes_on_where_it_stood(shop: Shop) -> None:
    placed(shop, "1", "2")
    one = rounds.start(shop, 2, PACKER)
    first = one.orders[0]
    rounds.pick(shop, one.id, first.order.id, first.picks[0].line.id, Decimal(1))
    rounds.label(shop, one.id, first.order.id, UPS)
    rounds.pick_product(shop, one.id, one.products[0].key, is_there=True)
    later = rounds.get(shop, one.id)
    assert later.orders[0].tracking_number == UPS
    assert [(product.sku, product.picked) for product in later.products] == [("CARN-5", 2), ("TASSE-1", 1)]


def test_no_more_is_picked_than_wanted(shop: Shop) -> None:
    placed(shop, "1")
    one = rounds.start(shop, 1, PACKER)
    packing = one.orders[0]
    rounds.pick(shop, one.id, packing.order.id, packing.picks[0].line.id, Decimal(99))
    assert rounds.get(shop, one.id).orders[0].picks[0].picked == 2


def test_a_scan_of_a_product_goes_to_the_first_order_that_wants_it(shop: Shop) -> None:
    placed(shop, "1", "2")
    one = rounds.start(shop, 2, PACKER)
    done = [scan(shop, one.id, "carn-5", None) for _ in range(3)]
    assert [scanned.meaning for scanned in done] == [Meaning.PICKED, Meaning.PICKED, Meaning.WRONG]
    assert [scanned.sentence for scanned in done][:2] == ["Carnet A5 for order #2.", "Carnet A5 for order #1."]
    assert "One too many" in done[2].sentence


def test_a_wrong_item_is_said_and_changes_nothing(shop: Shop) -> None:
    placed(shop, "1")
    keep(shop, draft("2", lines=(MUGS,), subtotal=Decimal(30), total=Decimal("34.90")))
    one = rounds.start(shop, 2, PACKER)
    opened = scan(shop, one.id, "#2", None)
    assert opened.meaning is Meaning.OPENED
    wrong = scan(shop, one.id, "CARN-5", opened.order_id)
    assert (wrong.meaning, wrong.order_id) == (Meaning.WRONG, opened.order_id)
    assert "Wrong item" in wrong.sentence
    assert "Wrong item" in scan(shop, one.id, "'; drop table orders; --", None).sentence
    assert rounds.get(shop, one.id).picked == 0


def test_a_tracking_number_goes_onto_the_parcel_that_is_open(shop: Shop) -> None:
    first, second = placed(shop, "1", "2")
    one = rounds.start(shop, 2, PACKER)
    assert scan(shop, one.id, UPS, first).meaning is Meaning.LABELLED
    assert rounds.get(shop, one.id).packing(first).tracking_number == UPS
    with pytest.raises(Conflict):
        rounds.label(shop, one.id, second, UPS)
    with pytest.raises(Invalid):
        rounds.label(shop, one.id, second, "9" * 201)
    with pytest.raises(NotFound):
        rounds.label(shop, one.id, one.id, UPS)


def test_what_is_ready_is_shipped_as_one_job_and_the_rest_waits_again(shop: Shop) -> None:
    first, second, held = placed(shop, "1", "2", "3")
    one = rounds.start(shop, 3, PACKER)
    for order_id in (first, held):
        rounds.pick_order(shop, one.id, order_id)
    rounds.label(shop, one.id, first, UPS)
    do(shop, held, ActionName.HOLD)
    refusal = rounds.get(shop, one.id).packing(held).refusal
    assert refusal
    job = rounds.ship(shop, one.id, PACKER, now=NOW)
    run_all(shop)
    assert jobs.job(shop, job.id).done == 1
    shipped = reading.order(shop, first)
    assert shipped.fulfilment_status is FulfilmentStatus.SHIPPED
    assert [parcel.tracking_number for parcel in shipped.shipments] == [UPS]
    assert rounds.open_rounds(shop) == ()
    assert [packing.order.id for packing in rounds.start(shop, 5, OTHER).orders] == [second]
    with pytest.raises(Conflict):
        rounds.ship(shop, one.id, PACKER)


def test_nothing_ready_ships_nothing(shop: Shop) -> None:
    placed(shop, "1")
    one = rounds.start(shop, 1, PACKER)
    with pytest.raises(Conflict):
        rounds.ship(shop, one.id, PACKER)
    assert len(rounds.open_rounds(shop)) == 1


def test_a_round_that_nobody_knows_is_said_so(shop: Shop) -> None:
    for asked in ("nope", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(NotFound):
            rounds.get(shop, asked)
    with pytest.raises(Invalid):
        rounds.start(shop, 201, PACKER)
