"""What stands around a list and an order."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from data.filters import Sort
from services.errors import NotFound
from services.orders import reading
from services.orders.finding import View, change_mark, coverage, customer_history, neighbours, why
from services.orders.statuses import PaymentStatus
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep


def test_an_order_knows_its_neighbours_in_the_list(shop: Shop) -> None:
    first, second, third, other = keep(
        shop,
        *(draft(str(day), placed_at=NOW - timedelta(days=day)) for day in range(3)),
        draft("9", name="Jon", email="jon@example.com"),
    )
    list_of_ines = parse("email:ines")
    beside = neighbours(shop, View(list_of_ines), second)
    assert (beside.previous, beside.next, beside.position, beside.total) == (first, third, 2, 3)
    assert neighbours(shop, View(list_of_ines), first).previous is None
    assert neighbours(shop, View(list_of_ines, Sort.OLDEST), first).next is None
    assert neighbours(shop, View(sort=Sort.LAST_NUMBER), other).position == 1


def test_an_unknown_order_has_no_neighbours(shop: Shop) -> None:
    with pytest.raises(NotFound):
        neighbours(shop, View(), "01890a5d-ac96-774b-bcce-b302099a8057")


def test_a_customer_is_known_by_the_address(shop: Shop) -> None:
    order_id, *_ = keep(
        shop,
        draft("1"),
        draft("2", email="INES@example.com", placed_at=NOW - timedelta(days=9)),
        draft("3", currency="USD", payment_status=PaymentStatus.CANCELLED),
        draft("4", email="jon@example.com"),
    )
    history = customer_history(shop, reading.order(shop, order_id))
    assert [row["number"] for row in history.others] == ["3", "2"]
    assert (history.count, history.sums) == (3, {"EUR": Decimal("97.80")})


def test_a_screen_can_say_what_it_covers(shop: Shop) -> None:
    assert coverage(shop).first is None
    keep(shop, draft("1"), draft("2", source="woocommerce", placed_at=NOW - timedelta(days=9)))
    covered = coverage(shop)
    assert covered.sources == {"test": 1, "woocommerce": 1}
    assert (covered.first, covered.last, covered.last_import) == (NOW - timedelta(days=9), NOW, None)
    assert covered.zone == "Europe/Paris"


def test_the_mark_changes_with_every_change(any_shop: Shop) -> None:
    before = change_mark(any_shop)
    assert change_mark(any_shop) == before
    keep(any_shop, draft("1"))
    assert change_mark(any_shop) != before


def test_a_list_says_why_an_order_matched(any_shop: Shop) -> None:
    one, two = keep(any_shop, draft("1"), draft("2", name="Tasse Kaba"))
    reasons = why(any_shop, parse("tasse kaba"), [one, two])
    assert reasons == {one: ["Name", "Product", "SKU"], two: ["Name", "Product", "SKU"]}
    assert why(any_shop, parse("payment:paid"), [one]) == {one: []}
