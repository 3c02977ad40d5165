"""A tracking number on two orders is said before both parcels leave."""

from __future__ import annotations

from services.orders import elsewhere
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import do, undo
from tests.orders.sample import draft, keep

UPS, OTHER = "1Z5R89390357567127", "1Z879E930346834440"


def test_of_many_numbers_those_on_another_order_or_twice_among_them_are_told(any_shop: Shop) -> None:
    there, one, two, three = keep(any_shop, *(draft(number) for number in ("1001", "1002", "1003", "1004")))
    step = do(any_shop, there, ActionName.MARK_SHIPPED, tracking_number=UPS)
    told = elsewhere.on_several(any_shop, {one: UPS, two: OTHER, three: OTHER, there: UPS})
    assert told == {
        one: f"The tracking number {UPS} is on another order already: #1001.",
        two: f"The tracking number {OTHER} is on another order already: #1004.",
        three: f"The tracking number {OTHER} is on another order already: #1003.",
        there: f"The tracking number {UPS} is on another order already: #1002.",
    }
    undo(any_shop, there, step)
    assert elsewhere.on_several(any_shop, {one: UPS, two: ""}) == {}
