"""One order is read whole, by id or by number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data import acting
from data.ids import new_id
from services.errors import Conflict, NotFound
from services.orders import reading
from services.orders.statuses import FulfilmentStatus, PaymentStatus
from services.shop import Shop
from tests.orders.sample import LYON, draft, keep


def test_an_order_is_read_with_all_that_it_holds(any_shop: Shop) -> None:
    (order_id,) = keep(any_shop, draft("2041", tags=("cadeau",)))
    order = reading.order(any_shop, order_id)
    assert (order.number, order.total, order.due, order.item_count) == ("2041", Decimal("48.9"), 0, 3)
    assert (order.payment_status, order.fulfilment_status) == (PaymentStatus.PAID, FulfilmentStatus.AWAITING_PROCESSING)
    assert [(line.name, line.options) for line in order.lines] == [
        ("Tasse bleue", (("Taille", "M"),)),
        ("Carnet A5", ()),
    ]
    assert order.shipping_address == LYON
    assert order.tags == ("cadeau",)
    assert [payment.reference for payment in order.payments] == ["8XK-77"]
    assert [event.kind for event in order.events] == ["placed"]
    assert order.placed_on.isoformat() == "2026-03-14"


@pytest.mark.parametrize("asked", ["2041", "#2041", " #2041 "])
def test_a_number_is_known_with_and_without_its_sign(shop: Shop, asked: str) -> None:
    (order_id, _) = keep(shop, draft("#2041"), draft("20410"))
    assert reading.order(shop, asked).id == order_id


def test_a_number_without_digits_is_found_in_any_case(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("XJ-A"))
    assert reading.order(shop, "xj-a").id == order_id


def test_a_number_that_two_shops_use_names_both_orders(shop: Shop) -> None:
    ids = keep(shop, draft("2041"), draft("2041", source="other"))
    with pytest.raises(Conflict) as caught:
        reading.order(shop, "2041")
    assert set(caught.value.fields) == set(ids)
    assert all(order_id in caught.value.sentence for order_id in ids)


@pytest.mark.parametrize("asked", ["9", "", "#", "01890a5d-ac96-774b-bcce-b302099a8057", "' or 1=1 --", "\x00", "١"])
def test_an_order_that_does_not_exist_is_said_so(shop: Shop, asked: str) -> None:
    keep(shop, draft("2041"))
    with pytest.raises(NotFound, match="There is no order"):
        reading.order(shop, asked)


def test_a_transaction_sees_its_own_change(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("2041"))
    with shop.store.write() as write:
        acting.change_order(write, order_id, {"version": 2})
        assert reading.load(write, order_id).version == 2


def test_what_was_undone_is_left_out(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("2041"))
    with shop.store.write() as write:
        write.execute("update payments set voided_at = now()::timestamp where order_id = ?::uuid", [order_id])
    assert reading.order(shop, order_id).payments == ()


def test_several_orders_come_in_the_order_asked_and_what_is_not_there_is_left_out(any_shop: Shop) -> None:
    first, second = keep(any_shop, draft("1"), draft("2"))
    with any_shop.store.read() as read:
        found = reading.several(read, [second, new_id(), first])
    assert found == {one: reading.order(any_shop, one) for one in (second, first)}
    assert list(found) == [second, first]
