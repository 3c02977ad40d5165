"""An order's whole life on both homes: each kind of row that an action writes, changes and voids, and back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from services.errors import Conflict
from services.orders import acting, taking
from services.orders.acting import Request
from services.orders.statuses import ActionName
from services.people import API, MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now, same, undo
from tests.orders.sample import NOW

A = ActionName

BODY = {
    "currency": "EUR",
    "email": "ines@example.com",
    "payment_method": "bank_transfer",
    "lines": [
        {"name": "Tasse bleue", "quantity": 2, "unit_price": "15.00"},
        {"name": "Carnet", "quantity": 1, "unit_price": "14"},
    ],
    "source": "till",
    "source_id": "77",
}


def test_an_order_lives_and_every_step_is_undone(any_shop: Shop) -> None:
    order = taking.take(any_shop, BODY, API, "key", NOW).order.id
    again = taking.take(any_shop, BODY, API, "key", NOW)
    assert (again.order.id, again.status, again.kept is not None) == (order, 201, True)
    assert taking.take(any_shop, BODY, API, None, NOW).status == 200
    first = now(any_shop, order)
    mugs = first.lines[0].id
    steps = [
        do(any_shop, order, A.EDIT_CONTACT, email="kaba@example.com", shipping_address={"city": "Genève"}),
        do(any_shop, order, A.TAG, tags=["vip"]),
        do(any_shop, order, A.ADD_NOTE, text="Sonner deux fois"),
        do(any_shop, order, A.MARK_PAID, amount="20.00"),
        do(any_shop, order, A.MARK_SHIPPED, lines=[{"line_id": mugs, "quantity": 1}], tracking_number="6A1"),
        do(any_shop, order, A.MARK_SHIPPED),
        do(any_shop, order, A.MARK_DELIVERED),
        do(any_shop, order, A.MARK_RETURNED, lines=[{"line_id": mugs, "quantity": 2}]),
        do(any_shop, order, A.REFUND, lines=[{"line_id": mugs, "quantity": 1}]),
    ]
    last = now(any_shop, order)
    assert steps[-1].order == last
    assert (last.payment_status, last.fulfilment_status) == ("partially_refunded", "delivered")
    assert (last.paid, last.refunded, last.lines[0].returned) == (Decimal(20), Decimal(15), 2)
    for step in reversed(steps):
        answer = undo(any_shop, order, step)
    assert answer.order == now(any_shop, order)
    assert same(now(any_shop, order), first)
    states = [message.state for message in now(any_shop, order).messages]
    assert states[:2] == ["waiting", "waiting"]
    assert set(states[2:]) == {"cancelled"}


def test_the_second_of_two_people_is_told_and_a_key_is_done_once(any_shop: Shop) -> None:
    order = taking.take(any_shop, BODY, API, None, NOW).order.id
    asked = Request(A.MARK_PROCESSING, order, 1, key="k")
    first = acting.do(any_shop, asked, MERCHANT, NOW)
    assert acting.answer_json(acting.do(any_shop, asked, MERCHANT, NOW + timedelta(hours=1))) == acting.answer_json(
        first
    )
    with pytest.raises(Conflict, match="The merchant: Processing started"):
        acting.do(any_shop, Request(A.CANCEL, order, 1), API, NOW)
    assert now(any_shop, order).version == 2
