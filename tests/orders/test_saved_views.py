"""Views kept under a name."""

from __future__ import annotations

import pytest

from services.errors import Invalid
from services.orders import saved_views
from services.people import MERCHANT
from services.query import Misread
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, unpaid


def test_a_view_counts_what_matches_now(shop: Shop) -> None:
    saved_views.keep(shop, "  Paid   with PayPal ", "payment_method:paypal payment:paid", MERCHANT, NOW)
    assert [(view.name, view.count) for view in saved_views.every(shop)] == [("Paid with PayPal", 0)]
    keep(shop, draft("1"), unpaid("2"))
    assert [view.count for view in saved_views.every(shop)] == [1]


def test_a_name_is_kept_once_and_the_last_query_counts(shop: Shop) -> None:
    saved_views.keep(shop, "Mine", "payment:paid", MERCHANT, NOW)
    saved_views.keep(shop, "Mine", "payment:refunded", MERCHANT, NOW)
    assert [view.query for view in saved_views.every(shop)] == ["payment:refunded"]


def test_views_stand_in_the_order_in_which_they_were_kept(shop: Shop) -> None:
    for name in ("b", "a", "c"):
        saved_views.keep(shop, name, "", MERCHANT, NOW)
    assert [view.name for view in saved_views.every(shop)] == ["b", "a", "c"]


def test_a_forgotten_view_is_gone_and_forgetting_twice_is_no_fault(shop: Shop) -> None:
    saved_views.keep(shop, "Mine", "", MERCHANT, NOW)
    [view] = saved_views.every(shop)
    saved_views.forget(shop, view.id)
    saved_views.forget(shop, view.id)
    saved_views.forget(shop, "no id at all")
    assert saved_views.every(shop) == []


def test_a_name_must_be_there_and_short(shop: Shop) -> None:
    for name in ("", "   ", "x" * 61):
        with pytest.raises(Invalid, match="at most 60"):
            saved_views.keep(shop, name, "", MERCHANT, NOW)


def test_a_query_that_is_not_understood_is_not_kept(shop: Shop) -> None:
    with pytest.raises(Misread):
        saved_views.keep(shop, "Mine", "payment:payd", MERCHANT, NOW)
    assert saved_views.every(shop) == []


def test_there_is_an_end_to_views(shop: Shop) -> None:
    for number in range(saved_views.MOST):
        saved_views.keep(shop, f"view {number}", "", MERCHANT, NOW)
    with pytest.raises(Invalid, match="Delete one first"):
        saved_views.keep(shop, "one more", "", MERCHANT, NOW)
    saved_views.keep(shop, "view 3", "payment:paid", MERCHANT, NOW)
